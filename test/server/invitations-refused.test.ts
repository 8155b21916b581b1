import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Reply } from '../running-kith.ts';
import { assertError, CLOSE, INVITATIONS, Inviting, resultOf } from './inviting.ts';
import { type Network, personId, startNetwork, urn } from './network.ts';

let network: Network;
let people: Inviting;
before(async () => {
  network = await startNetwork();
  people = new Inviting(network);
});
after(() => network?.[Symbol.asyncDispose]());

describe('what cannot be sent', () => {
  test('goes to oneself, to nobody, to another tenant, in another name', async () => {
    assertError(await people.invite(8, 8), 400, 'Request_BadRequest', /themselves/);
    assertError(await people.invite(8, 500), 404, 'Request_ResourceNotFound', /no member/);
    assertError(await people.invite(8, 99), 404, 'Request_ResourceNotFound', /no member/);
    for (const invitee of [undefined, null, '']) {
      const reply = await people.invite(8, 9, { invitee });
      assert.equal(reply.status, 400, reply.text);
    }
    for (const invitee of ['nobody', 'urn:li:phoneAccount:1', 'urn:li:emailAddress:a@b.c']) {
      assertError(
        await people.invite(8, 9, { invitee }),
        404,
        'Request_ResourceNotFound',
        /no member/,
      );
    }
    const inOther = await people.invite(8, 9, { inviter: urn(7) });
    assertError(inOther, 403, 'Authorization_RequestDenied', /inviter/);
    assert.equal((await people.invite(8, 9, { message: { invitationMessage: {} } })).status, 400);
    const long = { invitationMessage: { body: 'x'.repeat(2001) } };
    assertError(
      await people.invite(8, 9, { message: long }),
      400,
      'Request_BadRequest',
      /characters/,
    );
    assert.equal((await people.invite(8, 9, { nonsense: 1 })).status, 400);
    assert.deepEqual(await people.list(8), []);
  });

  test('is sent twice, crosses another, or joins the connected', async () => {
    await people.invited(32, 33);
    assertError(await people.invite(32, 33), 409, 'Conflict', /pending already/);
    assertError(await people.invite(33, 32), 409, 'Conflict', /waits for the answer/);
    assertError(await people.invite(1, 2), 409, 'Conflict', /connected already/);
    const crossing = await Promise.all([
      people.invite(34, 35),
      people.invite(35, 34),
      people.invite(34, 35),
    ]);
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
    const id = await people.invited(27, 28);
    const { validationToken } = (await people.seen(28, 27)).pendingInvitationSentFromViewee;
    const own = { invitationId: id, validationToken };
    const status = async (who: number, data: object) =>
      resultOf(await people.close(who, 'ACCEPT', [data]))[0].status;
    assert.equal(await status(29, own), 404);
    assert.equal(await status(27, own), 403);
    assert.equal(await status(28, { ...own, validationToken: 'wrong' }), 403);
    assert.equal(await status(28, { invitationId: id }), 400);
    assert.equal(await status(28, { ...own, invitationId: personId(5) }), 404);
    assert.equal(await status(28, { ...own, invitationId: 'no guid' }), 404);
    assert.equal((await people.seen(27, 28)).connectionDegree, 'OUT_OF_NETWORK');
    const twice = resultOf(await people.close(28, 'ACCEPT', [own, own]));
    assert.deepEqual(
      twice.map((each: { status?: number }) => each.status),
      [undefined, 404],
    );
    assert.equal(await status(28, own), 404);
    assertError(await people.invite(28, 27), 409, 'Conflict', /connected already/);
  });

  test('comes in a call that is wrong as a whole', async () => {
    const data = [{ invitationId: personId(801), validationToken: 'x' }];
    assert.equal((await people.close(20, 'MAYBE', data)).status, 400);
    assert.equal((await people.close(20, 'ACCEPT', [])).status, 400);
    assert.equal((await people.close(20, 'ACCEPT', Array(101).fill(data[0]))).status, 400);
    assert.equal((await people.close(20, 'ACCEPT', [{}])).status, 400);
    const without = await network.as(20)(CLOSE, { method: 'POST', body: {} });
    assert.equal(without.status, 400);
    const typed = await network.as(20)(
      `${INVITATIONS}/microsoft.graph.linkedIn.inviteeClosingInvitation`,
      { method: 'POST', body: { inviteActionData: data, inviteeActionType: 'ACCEPT' } },
    );
    assert.equal(resultOf(typed)[0].status, 403);
  });

  test('is accepted by many at once: one of them connects', async () => {
    await people.invited(38, 39);
    const { pendingInvitationSentFromViewee: waiting } = await people.seen(39, 38);
    const { invitationId, validationToken } = waiting;
    const data = [{ invitationId, validationToken }];
    const replies = await Promise.all([1, 2, 3, 4, 5].map(() => people.close(39, 'ACCEPT', data)));
    const statuses = replies.map((each) => resultOf(each)[0].status);
    assert.equal(statuses.filter((each) => each === undefined).length, 1, `${statuses}`);
    assert.equal((await people.seen(38, 39)).count, 1);
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
