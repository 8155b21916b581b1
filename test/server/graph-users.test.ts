import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { assertError } from '../contract/expectations.ts';
import { type Reply, type RunningKith, startKith } from '../running-kith.ts';

let kith: RunningKith;
let token: string;
let miraId: string;
before(async () => {
  kith = await startKith({ flags: ['--fidelity', 'graph'] });
  token = await kith.token();
  miraId = (await send('GET', 'me')).json.id;
});
after(() => kith?.close());

function send(method: string, path: string, body?: unknown, headers = {}): Promise<Reply> {
  return kith.request(`/v1.0/${path}`, { method, token, headers, ...(body ? { body } : {}) });
}

/** The answer is Graph's refusal, with that in its message. */
function assertRefused(reply: Reply, status: number, message: RegExp): void {
  assertError(reply, status);
  assert.match(reply.json.error.message, message);
}

let count = 0;
function person(more: object = {}) {
  count += 1;
  return {
    accountEnabled: true,
    displayName: 'Nils Ek',
    mailNickname: `nils${count}`,
    userPrincipalName: `nils${count}@fernhollow.example`,
    passwordProfile: { password: 'Lantern-Quay-14' },
    ...more,
  };
}

async function make(more: object = {}): Promise<string> {
  const made = await send('POST', 'users', person(more));
  assert.equal(made.status, 201, made.text);
  return made.json.id;
}

describe('a new user', () => {
  test('gets what only the server sets', async () => {
    const id = await make({ mail: 'nils@fernhollow.example' });
    const names = 'createdDateTime,identities,lastPasswordChangeDateTime,proxyAddresses,userType';
    const { json } = await send('GET', `users/${id}?$select=${names},securityIdentifier`);
    assert.deepEqual(json.proxyAddresses, ['SMTP:nils@fernhollow.example']);
    assert.equal(json.userType, 'Member');
    assert.equal(json.createdDateTime, json.lastPasswordChangeDateTime);
    assert.equal(json.identities[0].signInType, 'userPrincipalName');
    assert.match(json.securityIdentifier, /^S-1-12-1-\d+-\d+-\d+-\d+$/);
  });

  const refused: readonly (readonly [object, RegExp])[] = [
    [{ mailNickname: undefined }, /^Property mailNickname value is required but is empty/],
    [{ passwordProfile: undefined }, /^A password must be specified to create a new user\.$/],
    [{ passwordProfile: { password: 'lantern-quay' } }, /^The specified password does not comply/],
    [{ userPrincipalName: 'nils@contoso.com' }, /^The domain portion of the userPrincipalName/],
    [{ userPrincipalName: 'a b@fernhollow.example' }, /^One or more properties contains invalid/],
    [{ userPrincipalName: 'MIRA@fernhollow.example' }, /for property userPrincipalName already/],
    [{ mail: 'mira@fernhollow.example' }, /for property proxyAddresses already exists/],
    [{ mailNickname: 'a@b' }, /^Invalid value specified for property 'mailNickname' of resource/],
    [{ usageLocation: 'Sweden' }, /^Invalid value specified for property 'usageLocation'/],
    [{ businessPhones: ['1', '2'] }, /^Invalid value specified for property 'businessPhones'/],
    [{ createdDateTime: '2020-01-01T00:00:00Z' }, /^Property 'createdDateTime' is read-only/],
  ];
  for (const [more, message] of refused) {
    test(`is refused with ${JSON.stringify(more)}`, async () => {
      assertRefused(await send('POST', 'users', person(more)), 400, message);
    });
  }

  test('may sign in with another identity, and has a user name made for it', async () => {
    const identities = [
      { signInType: 'emailAddress', issuer: 'fernhollow.example', issuerAssignedId: 'n@x.example' },
    ];
    const { displayName, passwordProfile } = person();
    const body = { displayName, passwordProfile, identities };
    const made = await send('POST', 'users', body);
    assert.equal(made.status, 201, made.text);
    const userName = `${made.json.id}@fernhollow.example`;
    assert.equal(made.json.userPrincipalName, userName);
  });
});

describe('a change of a user', () => {
  test('is answered with nothing, and the mail takes the addresses along', async () => {
    const id = await make();
    const path = `users/${id}`;
    for (const mail of ['one@fernhollow.example', 'two@fernhollow.example']) {
      const patched = await send('PATCH', path, { mail });
      assert.equal(patched.status, 204, patched.text);
      assert.equal(patched.headers.etag, undefined);
    }
    const { proxyAddresses } = (await send('GET', `${path}?$select=proxyAddresses`)).json;
    assert.deepEqual(proxyAddresses, [
      'SMTP:two@fernhollow.example',
      'smtp:one@fernhollow.example',
    ]);
    const other = await make();
    const taken = await send('PATCH', `users/${other}`, { mail: 'one@fernhollow.example' });
    assertRefused(taken, 400, /for property proxyAddresses already exists/);
    assert.equal((await send('PATCH', path, { jobTitle: 'x', aboutMe: null })).status, 400);
    assert.equal((await send('PATCH', path, { aboutMe: 'x', skills: ['y'] })).status, 204);
  });

  const refused: readonly (readonly [object, RegExp])[] = [
    [{ proxyAddresses: [] }, /^Property 'proxyAddresses' is read-only and cannot be set\.$/],
    [{ onPremisesSyncEnabled: true }, /^Property 'onPremisesSyncEnabled' is read-only/],
    [{ aboutMe: 'x', jobTitle: 'y' }, /^The request is currently not supported on the targeted/],
    [{ mobilePhone: '' }, /^Invalid value specified for property 'mobilePhone'/],
    [{ displayName: null }, /^Invalid value specified for property 'displayName'/],
    [{ ageGroup: 'Old' }, /^Invalid value specified for property 'ageGroup'/],
  ];
  for (const [body, message] of refused) {
    test(`is refused with ${JSON.stringify(body)}`, async () => {
      const id = await make();
      assertRefused(await send('PATCH', `users/${id}`, body), 400, message);
    });
  }

  test('at the root of the contract is bound by none of this', async () => {
    const id = await make();
    const body = { proxyAddresses: ['smtp:x@y.example'], aboutMe: '', jobTitle: 'z' };
    const patched = await kith.request(`/localtest/users/${id}`, { method: 'PATCH', token, body });
    assert.notEqual(patched.status, 400, patched.text);
    const { proxyAddresses } = (await send('GET', `users/${id}?$select=proxyAddresses`)).json;
    assert.deepEqual(proxyAddresses, body.proxyAddresses);
  });
});

describe('a user that is deleted', () => {
  test('is kept, found by its type, and restored with what it was related to', async () => {
    const id = await make();
    const manager = { '@odata.id': `${kith.origin}/v1.0/users/${miraId}` };
    assert.equal((await send('PUT', `users/${id}/manager/$ref`, manager)).status, 204);
    assert.equal((await send('DELETE', `users/${id}`)).status, 204);
    assertError(await send('GET', `users/${id}`), 404);
    const reports = await send('GET', 'me/directReports?$top=999');
    assert.ok(!reports.text.includes(id));
    const deleted = await send('GET', `directory/deletedItems/${id}`);
    assert.equal(deleted.json['@odata.type'], '#microsoft.graph.user');
    const list = await send('GET', 'directory/deletedItems/microsoft.graph.user');
    assert.ok(list.text.includes(id));
    assertError(await send('GET', 'directory/deletedItems'), 400);
    const restored = await send('POST', `directory/deletedItems/${id}/restore`);
    assert.equal(restored.status, 200, restored.text);
    assert.equal(restored.json.id, id);
    assert.equal((await send('GET', `users/${id}/manager`)).json.id, miraId);
    assertError(await send('GET', `directory/deletedItems/${id}`), 404);
  });

  test('leaves its name to another, and then comes back under a new one', async () => {
    const userPrincipalName = 'twice@fernhollow.example';
    const id = await make({ userPrincipalName });
    assert.equal((await send('DELETE', `users/${id}`)).status, 204);
    await make({ userPrincipalName });
    const restore = `directory/deletedItems/${id}/restore`;
    assertRefused(await send('POST', restore, {}), 400, /userPrincipalName already exists/);
    const newUserPrincipalName = 'thrice@fernhollow.example';
    assert.equal((await send('POST', restore, { newUserPrincipalName })).status, 200);
    assert.equal((await send('GET', `users/${newUserPrincipalName}`)).json.id, id);
  });

  test('is purged for good', async () => {
    const id = await make();
    assert.equal((await send('DELETE', `users/${id}`)).status, 204);
    assert.equal((await send('DELETE', `directory/deletedItems/${id}`)).status, 204);
    assertError(await send('GET', `directory/deletedItems/${id}`), 404);
    assertError(await send('POST', `directory/deletedItems/${id}/restore`), 404);
  });
});

test('nobody reports to themselves, however far up', async () => {
  const [one, two] = [await make(), await make()];
  const under = (id: string) => ({ '@odata.id': `${kith.origin}/v1.0/users/${id}` });
  assert.equal((await send('PUT', `users/${one}/manager/$ref`, under(two))).status, 204);
  assertError(await send('PUT', `users/${two}/manager/$ref`, under(one)), 400);
  assertError(await send('PUT', `users/${two}/manager/$ref`, under(two)), 400);
});

test('a password is changed by who knows it, and other sessions end', async () => {
  const id = await make();
  const own = await kith.token({ user: id });
  const change = (currentPassword: string, newPassword: string) =>
    kith.request('/v1.0/me/changePassword', {
      method: 'POST',
      token: own,
      body: { currentPassword, newPassword },
    });
  assertError(await change('Lantern-Quay-15', 'Harbour-Lamp-77'), 400);
  assertError(await change('Lantern-Quay-14', 'weak'), 400);
  assert.equal((await change('Lantern-Quay-14', 'Harbour-Lamp-77')).status, 204);
  const revoked = await send('POST', `users/${id}/revokeSignInSessions`);
  assert.deepEqual([revoked.status, revoked.json.value], [200, true]);
});

test('licences are assigned where the company has them, and taken away', async () => {
  const id = await make({ usageLocation: 'SE' });
  const [sku] = (await send('GET', 'subscribedSkus')).json.value;
  const path = `users/${id}/assignLicense`;
  const add = { addLicenses: [{ disabledPlans: [], skuId: sku.skuId }], removeLicenses: [] };
  const assigned = await send('POST', path, add);
  assert.deepEqual([assigned.status, assigned.json.id], [200, id]);
  const details = (await send('GET', `users/${id}/licenseDetails`)).json.value;
  assert.equal(details[0].skuPartNumber, sku.skuPartNumber);
  const unknown = { addLicenses: [{ skuId: crypto.randomUUID() }], removeLicenses: [] };
  assertRefused(await send('POST', path, unknown), 400, /valid company License/);
  const remove = { addLicenses: [], removeLicenses: [sku.skuId] };
  assert.equal((await send('POST', path, remove)).status, 200);
  assert.equal((await send('GET', `users/${id}/licenseDetails`)).json.value.length, 0);
});

test('an action answers with a person whose values are longer than its root allows', async () => {
  const id = await make();
  const employeeId = 'a number of twenty-nine signs';
  const written = await kith.request(`/localtest/users/${id}`, {
    method: 'PATCH',
    token: await kith.token({ user: id }),
    body: { employeeId },
  });
  assert.equal(written.status, 204);
  assertRefused(await send('PATCH', `users/${id}`, { employeeId }), 400, /employeeId/);
  const reprocessed = await send('POST', `users/${id}/reprocessLicenseAssignment`);
  assert.deepEqual([reprocessed.status, reprocessed.json.id], [200, id]);
});

test('of those who want one address at once, one has it', async () => {
  const mail = 'wanted@fernhollow.example';
  const made = await Promise.all(
    Array.from({ length: 8 }, () => send('POST', 'users', person({ mail }))),
  );
  const statuses = made.map(({ status }) => status).sort();
  assert.deepEqual(statuses, [201, ...Array<number>(7).fill(400)]);
  const refused = made.find(({ status }) => status === 400)!;
  assertRefused(refused, 400, /same value for property proxyAddresses already exists/);
});
