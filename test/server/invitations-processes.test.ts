import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createDatabase } from '../postgres.ts';
import { startKith } from '../running-kith.ts';
import { personId, startNetwork, urn } from './network.ts';

const WAIT_MS = 10_000;

test('what is accepted in one process shows in the degrees of another', async () => {
  const database = await createDatabase();
  try {
    await using network = await startNetwork(database.url);
    await using second = await startKith({ store: database.url });
    const token = await second.token({ user: personId(4), scopes: ['User.Read.All'] });
    const degreeThere = async () => {
      const path = `/v1.0/decoratedProfiles/${personId(7)}?$select=connectionDegree`;
      const reply = await second.request(path, { token });
      assert.equal(reply.status, 200, reply.text);
      return reply.json.connectionDegree;
    };
    assert.equal(await degreeThere(), 'OUT_OF_NETWORK');
    const body = { invitee: urn(7) };
    const sent = await network.as(3)('/linkedIn/invitations', { method: 'POST', body });
    assert.equal(sent.status, 201, sent.text);
    const seen = await network.as(7)(`/decoratedProfiles/${personId(3)}`);
    const { '@odata.type': _, ...token7 } = seen.json.pendingInvitationSentFromViewee;
    const closed = await network.as(7)('/linkedIn/invitations/inviteeClosingInvitation', {
      method: 'POST',
      body: { inviteActionData: [token7], inviteeActionType: 'ACCEPT' },
    });
    assert.deepEqual(closed.json.inviteActionResults, [{ id: sent.json.id }], closed.text);
    const here = await network.as(4)(`/decoratedProfiles/${personId(7)}?$select=connectionDegree`);
    assert.equal(here.json.connectionDegree, 'DISTANCE_2');
    // Somebody else's transaction on the database may hold the event back for a moment.
    const late = AbortSignal.timeout(WAIT_MS);
    while ((await degreeThere()) !== 'DISTANCE_2') assert.ok(!late.aborted, 'it never shows');
  } finally {
    await database.drop();
  }
});
