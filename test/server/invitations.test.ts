import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Reply } from '../running-kith.ts';
import { type Network, pending, personId, startNetwork, urn } from './network.ts';

const INVITATIONS = '/linkedIn/invitations';
const CLOSE = `${INVITATIONS}/inviteeClosingInvitation`;

let network: Network;
before(async () => {
  network = await startNetwork();
});
after(() => network?.[Symbol.asyncDispose]());

function invite(from: number, to: number, more: object = {}): Promise<Reply> {
  return network.as(from)(INVITATIONS, { method: 'POST', body: { invitee: urn(to), ...more } });
}

async function invited(from: number, to: number): Promise<string> {
  const reply = await invite(from, to);
  assert.equal(reply.status, 201, reply.text);
  return reply.json.id;
}

/** What one person sees of another, as far as it is about the two. */
async function seen(viewer: number, viewee: number) {
  const reply = await network.as(viewer)(`/decoratedProfiles/${personId(viewee)}`);
  assert.equal(reply.status, 200, reply.text);
  const { connectionDegree, connected, invitationSentFromViewer } = reply.json;
  const { pendingInvitationSentFromViewee, viewerCanConnectViewee, connection } = reply.json;
  return {
    ...{ connectionDegree, connected, invitationSentFromViewer, viewerCanConnectViewee },
    ...{ pendingInvitationSentFromViewee, count: connection.count },
  };
}

function close(who: number, action: string, data: readonly object[]): Promise<Reply> {
  const body = { inviteActionData: data, inviteeActionType: action };
  return network.as(who)(CLOSE, { method: 'POST', body });
}

/** Answers the invitation that one person sees waiting from another. */
async function answer(who: number, from: number, action: string): Promise<Reply> {
  const { pendingInvitationSentFromViewee: waiting } = await seen(who, from);
  const { invitationId, validationToken } = waiting;
  return close(who, action, [{ invitationId, validationToken }]);
}

async function listOf(who: number): Promise<readonly Record<string, unknown>[]> {
  const reply = await network.as(who)(INVITATIONS);
  assert.equal(reply.status, 200, reply.text);
  return reply.json.value;
}

function assertError(reply: Reply, status: number, code: string, about: RegExp): void {
  assert.equal(reply.status, status, reply.text);
  assert.equal(reply.json.error.code, code);
  assert.match(reply.json.error.message, about);
}

function resultOf(reply: Reply) {
  assert.equal(reply.status, 200, reply.text);
  return reply.json.inviteActionResults;
}

describe('an invitation', () => {
  test('is sent, seen by both, accepted, and shows in degrees at once', async () => {
    const message = { invitationMessage: { body: 'We met at the fair.' } };
    const sent = await invite(1, 7, { message, trackingId: 'x1' });
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
        (await listOf(who)).map((each) => each.id),
        [id],
      );
    assert.deepEqual(await listOf(3), []);

    const before = await seen(1, 7);
    assert.equal(before.invitationSentFromViewer, true);
    assert.equal(before.viewerCanConnectViewee, false);
    const waiting = await seen(7, 1);
    assert.equal(waiting.pendingInvitationSentFromViewee.invitationId, id);
    assert.equal(waiting.connectionDegree, 'OUT_OF_NETWORK');
    assert.equal((await seen(7, 4)).connectionDegree, 'OUT_OF_NETWORK');

    assert.deepEqual(resultOf(await answer(7, 1, 'ACCEPT')), [{ id }]);
    for (const [viewer, viewee] of [
      [1, 7],
      [7, 1],
    ] as const) {
      const relation = await seen(viewer, viewee);
      assert.equal(relation.connectionDegree, 'DISTANCE_1');
      assert.equal(relation.connected, true);
      assert.equal(relation.invitationSentFromViewer, null);
      assert.equal(relation.pendingInvitationSentFromViewee, null);
      assert.deepEqual(await listOf(viewer), []);
    }
    assert.equal((await seen(7, 2)).connectionDegree, 'DISTANCE_2');
    assert.equal((await seen(3, 7)).connectionDegree, 'DISTANCE_3');
    assert.equal((await seen(4, 7)).connectionDegree, 'OUT_OF_NETWORK');
    assert.equal((await seen(4, 7)).count, 1);
  });

  test('names its invitee by an address, too', async () => {
    const body = { invitee: 'urn:li:emailAddress:p11@mail.example' };
    const reply = await network.as(10)(INVITATIONS, { method: 'POST', body });
    assert.equal(reply.status, 201, reply.text);
    assert.equal(reply.json.invitee, urn(11));
  });

  test('gets another message by its inviter alone, and is withdrawn by them alone', async () => {
    const id = await invited(12, 13);
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
    assert.equal((await seen(13, 12)).pendingInvitationSentFromViewee, null);
    assert.equal((await invite(12, 13)).status, 201);
  });

  test('that is rejected is gone for both, and may be sent again', async () => {
    await invited(15, 16);
    resultOf(await answer(16, 15, 'REJECT'));
    assert.equal((await seen(15, 16)).invitationSentFromViewer, false);
    assert.deepEqual([...(await listOf(15)), ...(await listOf(16))], []);
    assert.equal((await seen(15, 16)).connectionDegree, 'OUT_OF_NETWORK');
    await invited(15, 16);
  });

  test('that is ignored waits for the inviter and is gone for the invitee', async () => {
    const id = await invited(17, 18);
    const [, { validationToken }] = [id, (await seen(18, 17)).pendingInvitationSentFromViewee];
    resultOf(await answer(18, 17, 'IGNORE'));
    assert.equal((await seen(17, 18)).invitationSentFromViewer, true);
    assert.equal((await seen(18, 17)).pendingInvitationSentFromViewee, null);
    assert.deepEqual(await listOf(18), []);
    const again = await close(18, 'ACCEPT', [{ invitationId: id, validationToken }]);
    assert.equal(resultOf(again)[0].status, 404);
    // Who has put it aside may still invite; that takes its place.
    await invited(18, 17);
    assert.equal((await listOf(17)).length, 1);
    resultOf(await answer(17, 18, 'ACCEPT'));
    assert.equal((await seen(17, 18)).connectionDegree, 'DISTANCE_1');
  });

  test('that is reported blocks whoever sent it', async () => {
    await invited(25, 26);
    resultOf(await answer(26, 25, 'REPORT_SPAM'));
    const again = await invite(25, 26);
    assertError(again, 403, 'Authorization_RequestDenied', /cannot be invited/);
    const blocked = await network.as(26)('/linkedIn/blockedMembers');
    assert.deepEqual(
      blocked.json.value.map((each: { member: string }) => each.member),
      [urn(25)],
    );
    const release = `/linkedIn/blockedMembers/${personId(25)}`;
    assert.equal((await network.as(26)(release, { method: 'DELETE' })).status, 204);
    await invited(25, 26);
  });

  test('of the seed is answered; one of half a year ago is void', async () => {
    const [fresh, old, another] = pending;
    const token = ({ id }: { id: string }) => ({ invitationId: id, validationToken: `t${id}` });
    assert.deepEqual(
      (await listOf(20)).map((each) => each.id),
      [fresh!.id],
    );
    const results = resultOf(
      await close(20, 'ACCEPT', [token(old!), token(another!), token(fresh!), token(fresh!)]),
    );
    const told = results.map((each: { id: string; status?: number }) => [each.id, each.status]);
    assert.deepEqual(told, [
      [old!.id, 404],
      [another!.id, 404],
      [fresh!.id, undefined],
      [fresh!.id, 404],
    ]);
    assert.equal((await seen(20, 21)).connectionDegree, 'DISTANCE_1');
    assert.equal((await seen(23, 24)).invitationSentFromViewer, true);
    await invited(22, 20);
  });

  test('is read as entities are: by key, filtered, selected, counted', async () => {
    const id = await invited(30, 31);
    const ask = network.as(30);
    const one = await ask(`${INVITATIONS}/${id}?$select=invitee`);
    assert.deepEqual([one.json.invitee, one.json.inviter], [urn(31), undefined]);
    const filter = encodeURIComponent(`invitee eq '${urn(31)}'`);
    assert.equal(
      (await ask(`${INVITATIONS}?$filter=${filter}&$count=true`)).json['@odata.count'],
      1,
    );
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

describe('what cannot be sent', () => {
  test('goes to oneself, to nobody, to another tenant, in another name', async () => {
    assertError(await invite(8, 8), 400, 'Request_BadRequest', /themselves/);
    assertError(await invite(8, 500), 404, 'Request_ResourceNotFound', /no member/);
    assertError(await invite(8, 99), 404, 'Request_ResourceNotFound', /no member/);
    for (const invitee of [undefined, null, '']) {
      const reply = await invite(8, 9, { invitee });
      assert.equal(reply.status, 400, reply.text);
    }
    for (const invitee of ['nobody', 'urn:li:phoneAccount:1', 'urn:li:emailAddress:a@b.c']) {
      assertError(await invite(8, 9, { invitee }), 404, 'Request_ResourceNotFound', /no member/);
    }
    const inOther = await invite(8, 9, { inviter: urn(7) });
    assertError(inOther, 403, 'Authorization_RequestDenied', /inviter/);
    assert.equal((await invite(8, 9, { message: { invitationMessage: {} } })).status, 400);
    const long = { invitationMessage: { body: 'x'.repeat(2001) } };
    assertError(await invite(8, 9, { message: long }), 400, 'Request_BadRequest', /characters/);
    assert.equal((await invite(8, 9, { nonsense: 1 })).status, 400);
    assert.deepEqual(await listOf(8), []);
  });

  test('is sent twice, crosses another, or joins the connected', async () => {
    await invited(32, 33);
    assertError(await invite(32, 33), 409, 'Conflict', /pending already/);
    assertError(await invite(33, 32), 409, 'Conflict', /waits for the answer/);
    assertError(await invite(1, 2), 409, 'Conflict', /connected already/);
    const crossing = await Promise.all([invite(34, 35), invite(35, 34), invite(34, 35)]);
    const made = crossing.filter(({ status }) => status === 201);
    assert.equal(made.length, 1, crossing.map(({ text }) => text).join('\n'));
    assert.ok(crossing.every(({ status }) => [201, 400, 409].includes(status)));
  });

  test('is more than a day allows', async () => {
    const ask = network.as(36);
    let last: Reply | undefined;
    for (let number = 0; number < 101; number++) {
      last = await ask(INVITATIONS, { method: 'POST', body: { invitee: urn(37) } });
      if (last.status !== 201) break;
      const { id } = last.json;
      assert.equal((await ask(`${INVITATIONS}/${id}`, { method: 'DELETE' })).status, 204);
      if (number === 99) assert.equal(last.status, 201);
    }
    assertError(last!, 429, 'TooManyRequests', /100 invitations/);
    assert.ok(Number(last!.headers['retry-after']) > 0);
  });
});

describe('what cannot be closed', () => {
  test("is another's, unknown, without its token, or closed already", async () => {
    const id = await invited(27, 28);
    const { validationToken } = (await seen(28, 27)).pendingInvitationSentFromViewee;
    const own = { invitationId: id, validationToken };
    const status = async (who: number, data: object) =>
      resultOf(await close(who, 'ACCEPT', [data]))[0].status;
    assert.equal(await status(29, own), 404);
    assert.equal(await status(27, own), 403);
    assert.equal(await status(28, { ...own, validationToken: 'wrong' }), 403);
    assert.equal(await status(28, { invitationId: id }), 400);
    assert.equal(await status(28, { ...own, invitationId: personId(5) }), 404);
    assert.equal(await status(28, { ...own, invitationId: 'no guid' }), 404);
    assert.equal((await seen(27, 28)).connectionDegree, 'OUT_OF_NETWORK');
    const twice = resultOf(await close(28, 'ACCEPT', [own, own]));
    assert.deepEqual(
      twice.map((each: { status?: number }) => each.status),
      [undefined, 404],
    );
    assert.equal(await status(28, own), 404);
    assertError(await invite(28, 27), 409, 'Conflict', /connected already/);
  });

  test('comes in a call that is wrong as a whole', async () => {
    const data = [{ invitationId: personId(801), validationToken: 'x' }];
    assert.equal((await close(20, 'MAYBE', data)).status, 400);
    assert.equal((await close(20, 'ACCEPT', [])).status, 400);
    assert.equal((await close(20, 'ACCEPT', Array(101).fill(data[0]))).status, 400);
    assert.equal((await close(20, 'ACCEPT', [{}])).status, 400);
    const without = await network.as(20)(CLOSE, { method: 'POST', body: {} });
    assert.equal(without.status, 400);
    const typed = await network.as(20)(
      `${INVITATIONS}/microsoft.graph.linkedIn.inviteeClosingInvitation`,
      { method: 'POST', body: { inviteActionData: data, inviteeActionType: 'ACCEPT' } },
    );
    assert.equal(resultOf(typed)[0].status, 404);
  });

  test('is accepted by many at once: one of them connects', async () => {
    await invited(38, 39);
    const { pendingInvitationSentFromViewee: waiting } = await seen(39, 38);
    const { invitationId, validationToken } = waiting;
    const data = [{ invitationId, validationToken }];
    const replies = await Promise.all([1, 2, 3, 4, 5].map(() => close(39, 'ACCEPT', data)));
    const statuses = replies.map((each) => resultOf(each)[0].status);
    assert.equal(statuses.filter((each) => each === undefined).length, 1, `${statuses}`);
    assert.equal((await seen(38, 39)).count, 1);
  });
});

describe('blocking', () => {
  test('ends what lies between two people, both ways', async () => {
    const block = (from: number, to: number) => {
      const body = { member: urn(to) };
      return network.as(from)('/linkedIn/blockedMembers', { method: 'POST', body });
    };
    assert.equal((await seen(5, 6)).connectionDegree, 'DISTANCE_1');
    const reply = await block(6, 5);
    assert.equal(reply.status, 201, reply.text);
    assert.equal(reply.json.id, personId(5));
    assert.equal((await seen(5, 6)).connectionDegree, 'OUT_OF_NETWORK');
    assert.equal((await seen(4, 6)).connectionDegree, 'OUT_OF_NETWORK');
    assert.equal((await invite(5, 6)).status, 403);
    assert.equal((await invite(6, 5)).status, 403);
    assert.ok([400, 409].includes((await block(6, 5)).status));
    assertError(await block(6, 6), 400, 'Request_BadRequest', /themselves/);
    assertError(await block(6, 500), 404, 'Request_ResourceNotFound', /no member/);
    const nobody = await network.as(6)('/linkedIn/blockedMembers', { method: 'POST', body: {} });
    assertError(nobody, 400, 'Request_BadRequest', /member/);
  });
});

describe('methods and permissions', () => {
  test('artefacts of the old pages are refused properly', async () => {
    const ask = network.as(40);
    for (const [method, path] of [
      ['DELETE', '/linkedIn'],
      ['PATCH', INVITATIONS],
      ['DELETE', INVITATIONS],
      ['POST', `${INVITATIONS}/$ref`],
      ['PUT', `${INVITATIONS}/${personId(801)}`],
      ['DELETE', '/userFlagging'],
      ['DELETE', '/salesNavigatorSaveLead'],
    ] as const) {
      const body = method === 'DELETE' ? undefined : {};
      const reply = await ask(path, { method, body });
      assert.equal(reply.status, 405, `${method} ${path}: ${reply.text}`);
      assert.ok(reply.headers.allow);
    }
    const inside = await ask(`${INVITATIONS}/${personId(801)}/trackingId`, {
      method: 'PUT',
      body: { value: 'x' },
    });
    assert.ok([404, 405, 501].includes(inside.status), inside.text);
  });

  test('an application has no invitations, and a reader sends none', async () => {
    const { kith } = network;
    const token = await kith.token({ app: 'a', roles: ['User.ReadWrite.All'] });
    assert.equal((await kith.request(`/v1.0${INVITATIONS}`, { token })).status, 403);
    const body = { invitee: urn(2) };
    const sent = await network.as(40, ['User.Read'])(INVITATIONS, { method: 'POST', body });
    assertError(sent, 403, 'Authorization_RequestDenied', /privileges/);
    assert.equal((await network.as(40, ['User.Read'])(INVITATIONS)).status, 200);
  });
});
