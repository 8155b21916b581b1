import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Reply } from '../running-kith.ts';
import { type Network, personId, startNetwork, urn } from './network.ts';

let network: Network;
before(async () => {
  network = await startNetwork();
});
after(() => network?.[Symbol.asyncDispose]());

function post(who: number, path: string, body: object, scopes?: readonly string[]) {
  return network.as(who, scopes)(path, { method: 'POST', body });
}

function assertError(reply: Reply, status: number, about: RegExp): void {
  assert.equal(reply.status, status, reply.text);
  assert.match(reply.json.error.message, about);
}

async function statusOf(who: number): Promise<string> {
  const reply = await network.as(who)('/me/getLinkedInStatus');
  assert.equal(reply.status, 200, reply.text);
  return reply.json.value;
}

describe('the binding of an account', () => {
  const set = (who: number, status: string) => post(who, '/me/setLinkedInStatus', { status });

  test('stands for people of a seed, and not for whoever is made later', async () => {
    const reply = await network.as(1)('/me/getLinkedInStatus()');
    assert.equal(reply.json.value, 'Bound');
    assert.equal(reply.json.scopes, 'r_basicprofile r_network');
    assert.match(reply.json['@odata.context'], /#microsoft\.graph\.linkedInStatus$/);
    const made = await post(1, '/users', {
      ...{ displayName: 'New', accountEnabled: true, mailNickname: 'new' },
      userPrincipalName: 'new@net.example',
      passwordProfile: { password: 'Correct-Horse-9' },
    });
    assert.equal(made.status, 201, made.text);
    const fresh = await network.as(1)(`/users/${made.json.id}/getLinkedInStatus`);
    assert.deepEqual([fresh.json.value, fresh.json.scopes], ['Unbound', null]);
  });

  test('is set, enabled, disabled and revoked', async () => {
    for (const status of ['Unbound', 'OptOut', 'MicrosoftBound', 'Bound']) {
      assert.equal((await set(2, status)).status, 204);
      assert.equal(await statusOf(2), status);
    }
    const enable = (value: boolean) => post(2, '/me/setLinkedInEnabled', { value });
    assert.equal((await enable(false)).status, 204);
    assert.equal(await statusOf(2), 'DisableBound');
    await enable(true);
    assert.equal(await statusOf(2), 'Bound');
    const local = await post(2, '/me/revokeLocalGrant', {});
    assert.deepEqual([local.status, local.json.value], [200, 'LinkedInBound']);
    const foreign = await post(2, '/me/revokeDualGrant', { memberId: urn(3) });
    assertError(foreign, 400, /not the member/);
    const dual = await post(2, '/me/revokeDualGrant', { IDP: 'LinkedIn', memberId: urn(2) });
    assert.equal(dual.status, 204);
    assert.equal(await statusOf(2), 'Unbound');
    await enable(false);
    assert.equal(await statusOf(2), 'OptOut');
    assert.equal((await set(2, 'Sometimes')).status, 400);
    assert.equal((await post(2, '/me/setLinkedInStatus', {})).status, 400);
    assert.equal((await post(2, '/me/setLinkedInEnabled', { value: 'yes' })).status, 400);
  });

  test('of others is for those who may write them', async () => {
    const path = `/users/${personId(4)}/setLinkedInStatus`;
    const body = { status: 'OptOut' };
    assertError(await post(3, path, body, ['User.ReadWrite']), 403, /privileges/);
    assert.equal((await post(3, path, body)).status, 204);
    assert.equal(await statusOf(4), 'OptOut');
    const missing = `/users/${personId(500)}/setLinkedInStatus`;
    assert.equal((await post(3, missing, body)).status, 404);
  });

  test('begins with consent and ends by a member URN', async () => {
    const consent = { userId: personId(4), clientId: personId(1), resourceId: personId(2) };
    assert.equal((await post(1, '/users/notifyConsent', consent)).status, 204);
    assert.equal(await statusOf(4), 'Bound');
    const wrong = { ...consent, clientId: 'x' };
    assertError(await post(1, '/users/notifyConsent', wrong), 400, /clientId/);
    const nobody = { ...consent, userId: personId(500) };
    assert.equal((await post(1, '/users/notifyConsent', nobody)).status, 404);
    const ended = await post(1, '/users/revokeLocalGrantByMid', { mid: urn(4) });
    assert.deepEqual([ended.status, ended.json.value], [200, 'LinkedInBound']);
    const unknown = await post(1, '/users/revokeLocalGrantByMid', { mid: urn(500) });
    assertError(unknown, 404, /no member/);
  });
});

describe('an organization', () => {
  const details = async () => (await network.as(1)('/organization/getAppFamilyDetails')).json;
  const decide = (body: object) => post(1, '/organization/setAppFamilyStatus', body);
  const listEnabled = async (token?: string, options = '') => {
    const call = `${token === undefined ? '' : `(pageToken='${token}')`}${options}`;
    const reply = await network.as(1)(`/users/getEnabledUsersForLinkedIn${call}`);
    assert.equal(reply.status, 200, reply.text);
    return reply.json.value.map(({ id }: { id: string }) => id) as string[];
  };

  test('lets everybody in, a group, or nobody', async () => {
    assert.equal((await details()).status, 'OptIn');
    const all = await listEnabled();
    assert.ok(all.includes(personId(9)) && all.includes(personId(1)));
    assert.ok(!all.includes(personId(2)), 'who has opted out');
    const after = await listEnabled(personId(9));
    assert.ok(!after.includes(personId(9)) && after.includes(personId(10)));
    assert.deepEqual(await listEnabled("x''y"), []);
    // What only the store knows is asked of them as of any people.
    const expanded = await listEnabled(undefined, '?$expand=manager&$select=id&$top=999');
    assert.deepEqual(expanded.toSorted(), all.toSorted());
    assert.deepEqual(await listEnabled("x''y", '?$expand=manager'), []);

    const selected = { status: 'OptIn_Selected', groupId: personId(700) };
    assert.equal((await decide(selected)).status, 204);
    const { status, groupId, groupDisplayName } = await details();
    assert.deepEqual([status, groupId, groupDisplayName], [...Object.values(selected), 'Chosen']);
    assert.deepEqual(await listEnabled(), [personId(9)]);
    const text = await network.as(1)('/organization/getGroupSupportedAppFamilyStatus');
    assert.equal(text.json.value, 'OptIn_Selected');

    assert.equal((await decide({ status: 'NotProvisioned' })).status, 204);
    assert.equal((await details()).groupId, null);
    assert.deepEqual(await listEnabled(), []);
    assert.equal((await post(1, '/organization/provisionAppFamily', {})).status, 204);
    const now = await network.as(1)('/organization/getAppFamilyStatus');
    assert.equal(now.json.value, 'OptIn');
  });

  test('names a group where it has to, one that is there, and no other time', async () => {
    assertError(await decide({ status: 'OptIn_Selected' }), 400, /needs the group/);
    assertError(await decide({ status: 'OptIn', groupId: personId(700) }), 400, /alone/);
    const missing = { status: 'OptIn_Selected', groupId: personId(1) };
    assertError(await decide(missing), 404, /no group/);
    assert.equal((await decide({ status: 'Perhaps' })).status, 400);
    const reader = await post(1, '/organization/setAppFamilyStatus', { status: 'OptOut' }, [
      'Organization.Read.All',
    ]);
    assertError(reader, 403, /privileges/);
  });
});

describe('leads and flags', () => {
  const NAVIGATOR = '/salesNavigatorSaveLead';

  test('a member is saved as a lead, and is none any more', async () => {
    const save = (viewee: string, more: object = {}) =>
      post(1, `${NAVIGATOR}/saveVieweeAsLead`, { viewee, ...more });
    const unsave = (viewee: string) => post(1, `${NAVIGATOR}/unsaveVieweeAsLead`, { viewee });
    const saved = await save(urn(3), { accountName: 'Wren' });
    assert.deepEqual([saved.status, saved.json.value], [200, true], saved.text);
    assert.equal((await save(personId(3))).json.value, true);
    assert.equal((await unsave(urn(3))).json.value, true);
    assert.equal((await unsave(urn(3))).json.value, false);
    assertError(await save(urn(1)), 400, /own/);
    assertError(await save(urn(99)), 404, /no member/);
    assertError(await unsave('nobody'), 404, /no member/);
    assertError(await save(urn(3), { accountName: 'x'.repeat(201) }), 400, /characters/);
    assert.equal((await post(1, `${NAVIGATOR}/saveVieweeAsLead`, {})).status, 400);
    assert.equal((await network.as(1)(NAVIGATOR)).json.id, personId(1));
  });

  test('content is flagged by its URN, for a reason', async () => {
    const flag = (contentUrn: unknown, flaggingReason: unknown) =>
      post(1, '/userFlagging/flagContent', { flagContentRequest: { contentUrn, flaggingReason } });
    assert.equal((await flag('urn:li:share:1', 'SPAM_CONTENT')).status, 204);
    assert.equal((await flag('urn:li:share:1', 'OTHER')).status, 204);
    assert.equal((await flag('urn:li:share:1', 'BOREDOM')).status, 400);
    assertError(await flag('share 1', 'OTHER'), 400, /URN/);
    assertError(await flag(`urn:li:${'x'.repeat(2000)}`, 'OTHER'), 400, /URN/);
    assert.equal((await post(1, '/userFlagging/flagContent', {})).status, 400);
    assert.equal((await network.as(1)('/userFlagging')).json.id, personId(1));
  });
});
