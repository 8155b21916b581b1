import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { assertError, INVITATIONS, Inviting, resultOf } from './inviting.ts';
import { type Network, pending, personId, startNetwork, urn } from './network.ts';

let network: Network;
let people: Inviting;
before(async () => {
  network = await startNetwork();
  people = new Inviting(network);
});
after(() => network?.[Symbol.asyncDispose]());

describe('an invitation', () => {
  test('is sent, seen by both, accepted, and shows in degrees at once', async () => {
    const message = { invitationMessage: { body: 'We met at the fair.' } };
    const sent = await people.invite(1, 7, { message, trackingId: 'x1' });
    assert.equal(sent.status, 201, sent.text);
    const { id } = sent.json;
    assert.equal(
      sent.headers.location,
      `${network.kith.origin}/v1.0/linkedIn/invitations('${id}')`,
    );
    assert.equal(sent.json.inviter, urn(1));
    assert.equal(sent.json.invitee, urn(7));
    assert.equal(sent.json.message.invitationMessage.body, 'We met at the fair.');
    assert.ok(Math.abs(sent.json.created - Date.now()) < 60_000);
    assert.ok(!sent.text.includes('validationToken'));
    for (const who of [1, 7])
      assert.deepEqual(
        (await people.list(who)).map((each) => each.id),
        [id],
      );
    assert.deepEqual(await people.list(3), []);

    const before = await people.seen(1, 7);
    assert.equal(before.invitationSentFromViewer, true);
    assert.equal(before.viewerCanConnectViewee, false);
    const waiting = await people.seen(7, 1);
    assert.equal(waiting.pendingInvitationSentFromViewee.invitationId, id);
    assert.equal(waiting.connectionDegree, 'OUT_OF_NETWORK');
    assert.equal((await people.seen(7, 4)).connectionDegree, 'OUT_OF_NETWORK');

    assert.deepEqual(resultOf(await people.answer(7, 1, 'ACCEPT')), [{ id }]);
    for (const [viewer, viewee] of [
      [1, 7],
      [7, 1],
    ] as const) {
      const relation = await people.seen(viewer, viewee);
      assert.equal(relation.connectionDegree, 'DISTANCE_1');
      assert.equal(relation.connected, true);
      assert.equal(relation.invitationSentFromViewer, null);
      assert.equal(relation.pendingInvitationSentFromViewee, null);
      assert.deepEqual(await people.list(viewer), []);
    }
    assert.equal((await people.seen(7, 2)).connectionDegree, 'DISTANCE_2');
    assert.equal((await people.seen(3, 7)).connectionDegree, 'DISTANCE_3');
    assert.equal((await people.seen(4, 7)).connectionDegree, 'OUT_OF_NETWORK');
    assert.equal((await people.seen(4, 7)).count, 1);
  });

  test('names its invitee by an address, too', async () => {
    const body = { invitee: 'urn:li:emailAddress:p11@mail.example' };
    const reply = await network.as(10)(INVITATIONS, { method: 'POST', body });
    assert.equal(reply.status, 201, reply.text);
    assert.equal(reply.json.invitee, urn(11));
  });

  test('gets another message by its inviter alone, and is withdrawn by them alone', async () => {
    const id = await people.invited(12, 13);
    const path = `${INVITATIONS}/${id}`;
    const body = { message: { invitationMessage: { body: 'Better words.' } } };
    const changed = await network.as(12)(path, { body });
    assert.equal(changed.json.message.invitationMessage.body, 'Better words.', changed.text);
    assertError(
      await network.as(13)(path, { body }),
      403,
      'Authorization_RequestDenied',
      /inviter/,
    );
    assertError(await network.as(14)(path, { body }), 404, 'Request_ResourceNotFound', /exist/);
    const other = await network.as(12)(path, { body: { invitee: urn(14) } });
    assertError(other, 400, 'Request_BadRequest', /invitee/);
    const byInvitee = await network.as(13)(path, { method: 'DELETE' });
    assertError(byInvitee, 403, 'Authorization_RequestDenied', /inviter/);
    assert.equal((await network.as(14)(path, { method: 'DELETE' })).status, 404);
    assert.equal((await network.as(12)(path, { method: 'DELETE' })).status, 204);
    assert.equal((await network.as(12)(path, { method: 'DELETE' })).status, 404);
    assert.equal((await network.as(12)(path)).status, 404);
    assert.equal((await people.seen(13, 12)).pendingInvitationSentFromViewee, null);
    assert.equal((await people.invite(12, 13)).status, 201);
  });

  test('has another entity tag once it says something else, and is changed by it', async () => {
    const path = `${INVITATIONS}/${await people.invited(27, 28)}`;
    const tagOf = async () => String((await network.as(27)(path)).headers.etag);
    const first = await tagOf();
    const known = (tag: string) => network.as(28)(path, { headers: { 'If-None-Match': tag } });
    assert.equal((await known(first)).status, 304, 'both see the same');
    const change = (tag: string) =>
      network.as(27)(path, { body: { trackingId: `x${tag}` }, headers: { 'If-Match': tag } });
    const changed = await change(first);
    assert.equal(changed.status, 200, changed.text);
    const second = await tagOf();
    assert.notEqual(second, first);
    assert.equal(changed.headers.etag, second);
    assert.equal((await known(first)).status, 200);
    assertError(await change(first), 412, 'PreconditionFailed', /If-Match/);
    const withdraw = (tag: string) =>
      network.as(27)(path, { method: 'DELETE', headers: { 'If-Match': tag } });
    assertError(await withdraw(first), 412, 'PreconditionFailed', /If-Match/);
    assert.equal((await withdraw(second)).status, 204);
  });

  test('that is rejected is gone for both, and may be sent again', async () => {
    await people.invited(15, 16);
    resultOf(await people.answer(16, 15, 'REJECT'));
    assert.equal((await people.seen(15, 16)).invitationSentFromViewer, false);
    assert.deepEqual([...(await people.list(15)), ...(await people.list(16))], []);
    assert.equal((await people.seen(15, 16)).connectionDegree, 'OUT_OF_NETWORK');
    await people.invited(15, 16);
  });

  test('that is ignored waits for the inviter and is gone for the invitee', async () => {
    const id = await people.invited(17, 18);
    const [, { validationToken }] = [
      id,
      (await people.seen(18, 17)).pendingInvitationSentFromViewee,
    ];
    const before = await people.list(17);
    resultOf(await people.answer(18, 17, 'IGNORE'));
    assert.equal((await people.seen(17, 18)).invitationSentFromViewer, true);
    assert.deepEqual(await people.list(17), before, 'nothing tells the inviter');
    assert.equal((await people.seen(18, 17)).pendingInvitationSentFromViewee, null);
    assert.deepEqual(await people.list(18), []);
    const again = await people.close(18, 'ACCEPT', [{ invitationId: id, validationToken }]);
    assert.equal(resultOf(again)[0].status, 404);
    // Who has put it aside may still invite; that takes its place.
    await people.invited(18, 17);
    assert.equal((await people.list(17)).length, 1);
    resultOf(await people.answer(17, 18, 'ACCEPT'));
    assert.equal((await people.seen(17, 18)).connectionDegree, 'DISTANCE_1');
  });

  test('that is reported blocks whoever sent it', async () => {
    await people.invited(25, 26);
    resultOf(await people.answer(26, 25, 'REPORT_SPAM'));
    const again = await people.invite(25, 26);
    assertError(again, 403, 'Authorization_RequestDenied', /cannot be invited/);
    const blocked = await network.as(26)('/linkedIn/blockedMembers');
    assert.deepEqual(
      blocked.json.value.map((each: { member: string }) => each.member),
      [urn(25)],
    );
    const release = `/linkedIn/blockedMembers/${personId(25)}`;
    assert.equal((await network.as(26)(release, { method: 'DELETE' })).status, 204);
    await people.invited(25, 26);
  });

  test('of the seed is answered; one of half a year ago is void', async () => {
    const [fresh, old, another] = pending;
    const token = ({ id }: { id: string }) => ({ invitationId: id, validationToken: `t${id}` });
    assert.deepEqual(
      (await people.list(20)).map((each) => each.id),
      [fresh!.id],
    );
    const results = resultOf(
      await people.close(20, 'ACCEPT', [
        token(old!),
        token(another!),
        token(fresh!),
        token(fresh!),
      ]),
    );
    const told = results.map((each: { id: string; status?: number }) => [each.id, each.status]);
    assert.deepEqual(told, [
      [old!.id, 404],
      [another!.id, 404],
      [fresh!.id, undefined],
      [fresh!.id, 404],
    ]);
    assert.equal((await people.seen(20, 21)).connectionDegree, 'DISTANCE_1');
    assert.equal((await people.seen(23, 24)).invitationSentFromViewer, true);
    await people.invited(22, 20);
  });

  test('is read as entities are: by key, filtered, selected, counted', async () => {
    const id = await people.invited(30, 31);
    const ask = network.as(30);
    const one = await ask(`${INVITATIONS}/${id}?$select=invitee`);
    assert.deepEqual([one.json.invitee, one.json.inviter], [urn(31), undefined]);
    const filter = encodeURIComponent(`invitee eq '${urn(31)}'`);
    assert.equal(
      (await ask(`${INVITATIONS}?$filter=${filter}&$count=true`)).json['@odata.count'],
      1,
    );
    const ordered = await ask(`${INVITATIONS}?$orderby=created%20desc&$filter=created%20gt%201`);
    assert.equal(ordered.json.value[0].id, id, ordered.text);
    const linkedIn = await ask('/linkedIn?$expand=invitations');
    assert.equal(linkedIn.json.id, personId(30), linkedIn.text);
    assert.match(linkedIn.json['@odata.context'], /#linkedIn\(invitations\(\)\)$/);
    assert.deepEqual(linkedIn.json.invitations[0].invitee, urn(31));
    assert.match((await ask('/linkedIn')).json['@odata.context'], /#linkedIn$/);
    const keyed = (await ask(`${INVITATIONS}/${id}`)).json['@odata.context'];
    assert.match(keyed, /#linkedIn\/invitations\/\$entity$/);
    assert.equal((await ask('/linkedIn', { body: {} })).status, 200);
  });
});

describe('blocking', () => {
  test('ends what lies between two people, both ways', async () => {
    const block = (from: number, to: number) => {
      const body = { member: urn(to) };
      return network.as(from)('/linkedIn/blockedMembers', { method: 'POST', body });
    };
    assert.equal((await people.seen(5, 6)).connectionDegree, 'DISTANCE_1');
    const reply = await block(6, 5);
    assert.equal(reply.status, 201, reply.text);
    assert.equal(reply.json.id, personId(5));
    assert.equal((await people.seen(5, 6)).connectionDegree, 'OUT_OF_NETWORK');
    assert.equal((await people.seen(4, 6)).connectionDegree, 'OUT_OF_NETWORK');
    assert.equal((await people.invite(5, 6)).status, 403);
    assert.equal((await people.invite(6, 5)).status, 403);
    assert.ok([400, 409].includes((await block(6, 5)).status));
    assertError(await block(6, 6), 400, 'Request_BadRequest', /themselves/);
    assertError(await block(6, 500), 404, 'Request_ResourceNotFound', /no member/);
    const nobody = await network.as(6)('/linkedIn/blockedMembers', { method: 'POST', body: {} });
    assertError(nobody, 400, 'Request_BadRequest', /member/);
  });
});

describe('people who leave', () => {
  test("are in nobody's network until they are back, and have no invitations", async () => {
    await people.invited(2, 14);
    const admin = network.as(1);
    const gone = await admin(`/users/${personId(2)}`, { method: 'DELETE' });
    assert.equal(gone.status, 204, gone.text);
    assert.equal((await people.seen(1, 3)).connectionDegree, 'OUT_OF_NETWORK');
    assert.equal((await people.seen(3, 4)).count, 2);
    assert.deepEqual(await people.list(14), []);
    assertError(await people.invite(3, 2), 404, 'Request_ResourceNotFound', /no member/);
    const restore = `/directory/deletedItems/${personId(2)}/restore`;
    const back = await admin(restore, { method: 'POST', body: {} });
    assert.equal(back.status, 200, back.text);
    assert.equal((await people.seen(1, 3)).connectionDegree, 'DISTANCE_2');
    // Invitations are not.
    assert.deepEqual(await people.list(14), []);
    await people.invited(2, 14);
    resultOf(await people.answer(14, 2, 'ACCEPT'));
    assert.equal((await people.seen(1, 14)).connectionDegree, 'DISTANCE_2');
  });

  test('for good leave no connections behind', async () => {
    const { kith } = network;
    const token = await kith.token({ app: 'reader', roles: ['User.Read.All'] });
    const connections = async () => {
      const reply = await kith.request('/v1.0/decoratedProfileConnections?$select=id', { token });
      return reply.json.value.map(({ id }: { id: string }) => id) as string[];
    };
    assert.ok((await connections()).includes(personId(604)));
    const admin = network.as(1);
    for (const path of ['/users', '/directory/deletedItems']) {
      const reply = await admin(`${path}/${personId(5)}`, { method: 'DELETE' });
      assert.equal(reply.status, 204, reply.text);
    }
    const left = await connections();
    assert.ok(!left.includes(personId(604)) && left.includes(personId(603)), `${left}`);
    assert.equal((await people.seen(3, 4)).count, 1);
  });
});
