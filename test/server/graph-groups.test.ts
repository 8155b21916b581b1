import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { assertError } from '../contract/expectations.ts';
import { type Reply, type RunningKith, startKith } from '../running-kith.ts';

let kith: RunningKith;
let token: string;
let miraId: string;
let ingridId: string;
before(async () => {
  kith = await startKith({ flags: ['--fidelity', 'graph'] });
  token = await kith.token();
  miraId = (await send('GET', 'me')).json.id;
  ingridId = (await send('GET', 'users/ingrid@fernhollow.example')).json.id;
});
after(() => kith?.close());

const eventual = { ConsistencyLevel: 'eventual' };

function send(method: string, path: string, body?: unknown, headers = {}): Promise<Reply> {
  return kith.request(`/v1.0/${path}`, { method, token, headers, ...(body ? { body } : {}) });
}

function assertRefused(reply: Reply, status: number, message: RegExp): void {
  assertError(reply, status);
  assert.match(reply.json.error.message, message);
}

let count = 0;
function group(more: object = {}) {
  count += 1;
  const kind = { groupTypes: ['Unified'], mailEnabled: true, securityEnabled: false };
  return { displayName: 'Readers', mailNickname: `readers${count}`, ...kind, ...more };
}

async function make(more: object = {}): Promise<string> {
  const made = await send('POST', 'groups', group(more));
  assert.equal(made.status, 201, made.text);
  return made.json.id;
}

function reference(id: string) {
  return { '@odata.id': `${kith.origin}/v1.0/directoryObjects/${id}` };
}

const security = { groupTypes: [], mailEnabled: false, securityEnabled: true };

describe('a group', () => {
  const refused: readonly (readonly [object, RegExp])[] = [
    [{ mailEnabled: undefined }, /^A value is required for property 'mailEnabled' of resource/],
    [{ groupTypes: [] }, /does not currently support writes of mail-enabled groups/],
    [{ groupTypes: ['Other'] }, /^Invalid value specified for property 'groupTypes'/],
    [{ mailNickname: 'a b' }, /^Invalid value specified for property 'mailNickname'/],
    [{ mail: 'x@fernhollow.example' }, /^Property 'mail' is read-only/],
    [{ visibility: 'Secret' }, /^Invalid value specified for property 'visibility'/],
  ];
  for (const [more, message] of refused) {
    test(`is refused with ${JSON.stringify(more)}`, async () => {
      assertRefused(await send('POST', 'groups', group(more)), 400, message);
    });
  }

  test('gets an address and an owner, and a nickname that nobody else has', async () => {
    const made = await send('POST', 'groups', group({ mailNickname: 'lamps' }));
    const { id, mail, proxyAddresses, visibility, createdByAppId } = made.json;
    assert.deepEqual([mail, visibility], ['lamps@fernhollow.example', 'Public']);
    assert.deepEqual(proxyAddresses, ['SMTP:lamps@fernhollow.example']);
    assert.equal(createdByAppId, undefined, 'Beta alone has it.');
    assert.equal((await send('GET', `groups/${id}/owners`)).json.value[0].id, miraId);
    const taken = await send('POST', 'groups', group({ mailNickname: 'LAMPS' }));
    assertRefused(taken, 400, /for property mailNickname already exists/);
    assert.equal((await send('PATCH', `groups/${id}`, { description: 'x' })).status, 204);
    assertError(await send('PATCH', `groups/${id}`, { createdDateTime: null }), 400);
  });

  test('has a member once, keeps an owner, and finds those of its groups', async () => {
    const [inner, outer] = [await make(security), await make(security)];
    const add = (id: string, to: string) =>
      send('POST', `groups/${to}/members/$ref`, reference(id));
    assert.equal((await add(ingridId, inner)).status, 204);
    assertRefused(await add(ingridId, inner), 400, /^One or more added object references already/);
    assert.equal((await add(inner, outer)).status, 204);
    assertError(await add(outer, outer), 400);
    assertError(await add(inner, await make()), 400);
    const all = (await send('GET', `groups/${outer}/transitiveMembers`)).json.value;
    assert.deepEqual(
      new Set(all.map((each: { id: string }) => each.id)),
      new Set([inner, ingridId]),
    );
    const path = `groups/${outer}/transitiveMembers/microsoft.graph.user/$count`;
    assert.equal((await send('GET', path, undefined, eventual)).text, '1');
    const last = await send('DELETE', `groups/${inner}/owners/${miraId}/$ref`);
    assertRefused(last, 400, /at least one owner/);
    const asked = { groupIds: [outer, crypto.randomUUID()] };
    const checked = await send('POST', `users/${ingridId}/checkMemberGroups`, asked);
    assert.deepEqual(checked.json.value, [outer]);
    const ids = (await send('POST', `users/${ingridId}/getMemberGroups`, {})).json.value;
    assert.ok(ids.includes(inner) && ids.includes(outer));
    const query = '$filter=members/$count eq 0&$count=true&$select=id'.replaceAll(' ', '%20');
    const empty = await send('GET', `groups?${query}`, undefined, eventual);
    assert.equal(empty.status, 200, empty.text);
    assert.ok(!empty.text.includes(outer));
  });

  test('is bound to twenty at once', async () => {
    const bound = (size: number) => ({
      'members@odata.bind': Array.from({ length: size }, () => reference(ingridId)['@odata.id']),
    });
    assertError(await send('POST', 'groups', group(bound(21))), 400);
  });

  test('comes back if it is a Microsoft 365 group, and is gone if it is not', async () => {
    const [unified, plain] = [await make(), await make(security)];
    await send('POST', `groups/${unified}/members/$ref`, reference(ingridId));
    for (const id of [unified, plain])
      assert.equal((await send('DELETE', `groups/${id}`)).status, 204);
    assertError(await send('GET', `directory/deletedItems/${plain}`), 404);
    const restored = await send('POST', `directory/deletedItems/${unified}/restore`);
    assert.equal(restored.json['@odata.type'], '#microsoft.graph.group');
    const { value } = (await send('GET', `groups/${unified}/members`)).json;
    assert.equal(value[0].id, ingridId);
  });
});

test('objects are found by their ids, of the types that are asked for', async () => {
  const id = await make();
  const body = { ids: [id, ingridId, crypto.randomUUID()], types: ['group'] };
  const found = await send('POST', 'directoryObjects/getByIds', body);
  assert.deepEqual(
    found.json.value.map((each: { id: string }) => each.id),
    [id],
  );
  const one = await send('GET', `directoryObjects/${ingridId}`);
  assert.equal(one.json['@odata.type'], '#microsoft.graph.user');
  const names = { entityType: 'Group', mailNickname: 'admin' };
  assertError(await send('POST', 'directoryObjects/validateProperties', names), 422);
  const free = { entityType: 'Group', displayName: 'Free', mailNickname: 'nobodyhasthis' };
  assert.equal((await send('POST', 'directoryObjects/validateProperties', free)).status, 204);
});

test('people come in order of how near they are, and are searched', async () => {
  const { value } = (await send('GET', 'me/people')).json;
  assert.equal(value.length, 10);
  const scores = value.map((each: { scoredEmailAddresses: { relevanceScore: number }[] }) => {
    return each.scoredEmailAddresses[0]?.relevanceScore ?? Number.POSITIVE_INFINITY;
  });
  assert.deepEqual(
    scores,
    scores.toSorted((one: number, other: number) => other - one),
  );
  const query = `$search="ingrid"&$filter=personType/class eq 'Person'&$top=1`;
  const found = await send('GET', `me/people?${query.replaceAll(' ', '%20')}`);
  assert.equal(found.json.value[0].id, ingridId);
  assert.equal(found.json.value[0].personType.subclass, 'OrganizationUser');
  assert.equal((await send('GET', `me/people/${ingridId}`)).json.displayName, 'Ingrid Falkenrath');
});

test('the organization, its products and the own teams are worked out', async () => {
  const [organization] = (await send('GET', 'organization')).json.value;
  assert.equal(organization.verifiedDomains[0].name, 'fernhollow.example');
  assert.equal((await send('GET', `organization/${organization.id}`)).json.id, organization.id);
  const { value } = (await send('GET', 'me/joinedTeams')).json;
  assert.equal((await send('GET', `teams/${value[0].id}`)).json.id, value[0].id);
  assertError(await send('GET', 'me/presence'), 404);
  assertError(await send('GET', 'me/messages'), 501);
});

test('contacts lie in folders, and every change has a key', async () => {
  const folder = await send('POST', 'me/contactFolders', { displayName: 'Finance' });
  assert.equal(folder.status, 201, folder.text);
  const path = `me/contactFolders/${folder.json.id}/contacts`;
  const made = await send('POST', path, { givenName: 'Pavel', surname: 'Bansky' });
  const { id, parentFolderId, displayName, fileAs, changeKey } = made.json;
  assert.deepEqual([parentFolderId, displayName], [folder.json.id, 'Pavel Bansky']);
  assert.equal(fileAs, 'Bansky, Pavel');
  const patched = await send('PATCH', `${path}/${id}`, { title: 'Dr' });
  assert.equal(patched.status, 200, patched.text);
  assert.notEqual(patched.json.changeKey, changeKey);
  assert.ok(patched.json['@odata.etag']);
  assert.equal((await send('DELETE', `${path}/${id}`)).status, 204);
});

test('open extensions keep what an application wants to keep', async () => {
  const type = 'microsoft.graph.openTypeExtension';
  const body = { '@odata.type': type, extensionName: 'com.example.roaming', theme: 'dark' };
  assert.equal((await send('POST', 'me/extensions', body)).status, 201);
  const path = 'me/extensions/com.example.roaming';
  assert.equal((await send('PATCH', path, { theme: 'light', size: 2 })).status, 204);
  const { theme, size } = (await send('GET', path)).json;
  assert.deepEqual([theme, size], ['light', 2]);
  const big = { ...body, extensionName: 'com.example.big', text: 'x'.repeat(3000) };
  assertError(await send('POST', 'me/extensions', big), 400);
  assert.equal((await send('DELETE', path)).status, 204);
});

test('contacts have open extensions of their own, and typed addresses at beta', async () => {
  const address = { name: 'Pavel', address: 'pavel@fabrikam.example' };
  const { id } = (await send('POST', 'me/contacts', { emailAddresses: [address] })).json;
  const named = { '@odata.type': 'microsoft.graph.openTypeExtension', extensionName: 'com.x.crm' };
  const path = `me/contacts/${id}/extensions`;
  assert.equal((await send('POST', path, { ...named, lead: 7 })).status, 201);
  assert.equal((await send('PATCH', `${path}/com.x.crm`, { lead: 8 })).status, 204);
  const expanded = await send('GET', `me/contacts/${id}?$expand=extensions`);
  assert.equal(expanded.json.extensions[0].lead, 8, expanded.text);
  const long = `${path}/microsoft.graph.openTypeExtension.com.x.crm`;
  assert.equal((await send('GET', long)).json.lead, 8);
  const beta = `/beta/me/contacts/${id}`;
  const plain = await kith.request(beta, { token });
  assert.deepEqual(plain.json.emailAddresses, [address]);
  const emailAddresses = [{ ...address, type: 'other', otherLabel: 'Boat' }];
  const patch = { method: 'PATCH', token, body: { emailAddresses } };
  assert.equal((await kith.request(beta, patch)).status, 200);
  assert.deepEqual((await kith.request(beta, { token })).json.emailAddresses, emailAddresses);
  const { json } = await send('GET', `me/contacts/${id}`);
  assert.deepEqual(json.emailAddresses, [address]);
  assertError(await send('PATCH', `me/contacts/${id}`, { emailAddresses }), 400);
  assert.equal((await send('DELETE', `${path}/com.x.crm`)).status, 204);
  assert.equal((await send('DELETE', `me/contacts/${id}`)).status, 204);
});

test('a directory extension is a property once an application declares it', async () => {
  const { id } = (await send('POST', 'applications', { displayName: 'Extender' })).json;
  const declared = { name: 'shelf', dataType: 'String', targetObjects: ['User'] };
  const made = await send('POST', `applications/${id}/extensionProperties`, declared);
  const { name } = made.json;
  assert.match(name, /^extension_[\da-f]{32}_shelf$/);
  assert.equal((await send('PATCH', 'me', { [name]: 'A7' })).status, 204);
  assert.equal((await send('GET', `me?$select=${name}`)).json[name], 'A7');
  assert.ok(!(await send('GET', 'me')).text.includes(name));
  const found = await send('GET', `users?$filter=${name}%20eq%20'A7'&$select=id`);
  assert.deepEqual(found.json.value, [{ id: miraId }]);
  assertError(await send('PATCH', 'me', { [name]: 7 }), 400);
  assertError(await send('PATCH', 'me', { [name.replace('shelf', 'other')]: 'x' }), 400);
  assertError(await send('PATCH', 'me', { shelf: 'x' }), 400);
});

test('names in a path are written in any case', async () => {
  assert.equal((await send('GET', 'Me/MemberOf?$select=id')).status, 200);
  const deleted = await send('GET', 'directory/deleteditems/microsoft.graph.group');
  assert.match(deleted.json['@odata.context'], /\$metadata#groups$/);
  assert.equal((await send('POST', `users/${ingridId}/getmembergroups`, {})).status, 200);
});
