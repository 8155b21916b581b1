import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { findSeeded } from '../contract/seeded.ts';
import { type RunningKith, startKith } from '../running-kith.ts';

/**
 * What a caller may not read, asked for in every way there is. `odata` fidelity, so that no rule of
 * Graph's refuses first what a permission should.
 */

const { mira, ingrid, group, groupOfOthers, connection, connectionOfOthers } = findSeeded();
const nobody = '00000000-0000-4000-8000-000000000000';
const me = 'mira@fernhollow.example';
const person = (...scopes: string[]) => ({ user: me, scopes });
const app = (...roles: string[]) => ({ app: 'test', roles });
const basic = person('User.ReadBasic.All');
const own = person('User.Read', 'User.ReadWrite');
const memberships = person('GroupMember.Read.All');
const groups = person('Group.ReadWrite.All');
const phones = app('User-Phone.ReadWrite.All');
const everyone = app('User.ReadWrite.All');

let kith: RunningKith;
let secrets: readonly string[] = [];
before(async () => {
  kith = await startKith({ flags: ['--fidelity', 'odata'] });
  const token = await kith.token();
  const { json } = await kith.request(`/localtest/users/${ingrid}`, { token });
  // What tells Ingrid from others and is no part of a basic profile.
  const hidden = ['mobilePhone', 'jobTitle', 'streetAddress', 'employeeId'];
  secrets = [...hidden.map((name) => json[name]), ...json.businessPhones].filter(
    (each): each is string => typeof each === 'string' && each.length > 3,
  );
  assert.ok(secrets.length >= 3, JSON.stringify(secrets));
});
after(() => kith?.close());

interface Ask {
  readonly as: object;
  readonly path: string;
  readonly method?: string;
  readonly body?: unknown;
  readonly status: number;
  /** A permission that the refusal names. */
  readonly names?: string;
}

async function ask({ as, path, method = 'GET', body }: Omit<Ask, 'status'>) {
  const token = await kith.token(as);
  const url = path.replaceAll(' ', '%20').replaceAll('"', '%22');
  const headers = {
    ConsistencyLevel: 'eventual',
    Prefer: 'odata.maxpagesize=2, odata.continue-on-error',
  };
  return kith.request(url, { method, token, body, headers });
}

const readAll = 'User.Read.All';

/** Ways to ask by what is not seen. */
const options = [
  "$filter=department eq 'Product'",
  "$filter=not (department eq 'Product')",
  "$filter=startswith(mobilePhone,'%2B')",
  "$filter=contains(tolower(concat(jobTitle,department)),'x')",
  "$filter=displayName eq 'x' or city eq null",
  "$filter=city in ('Bristol','Oslo')",
  '$filter=length(streetAddress) gt 1',
  "$filter=case(city eq 'x':true,true:false)",
  "$filter=businessPhones/any(p:startswith(p,'1'))",
  '$filter=businessPhones/any()',
  '$filter=businessPhones/$count gt 0',
  "$filter=employeeOrgData/costCenter eq 'x'",
  "$filter=@a eq 'x'&@a=department",
  "$filter=d eq 'x'&$compute=department as d",
  "$filter=manager/displayName eq 'x'",
  "$filter=directReports/any(r:r/displayName eq 'x')",
  '$filter=directReports/$count gt 1',
  "$filter=contacts/any(c:c/displayName eq 'x')",
  '$orderby=department',
  '$orderby=displayName,city desc',
  '$orderby=length(jobTitle)',
  '$orderby=manager/displayName',
  '$orderby=directReports/$count',
  '$search="department:Product"',
  '$search="displayName:ing" AND "jobTitle:chief"',
  '$search=NOT "city:Bristol"',
  '$compute=department as d&$select=d',
  '$compute=length(mobilePhone) as d&$select=d',
  '$expand=manager',
  '$expand=manager/$ref',
  '$expand=directReports/$count',
  '$expand=contacts',
  '$expand=contacts($select=displayName)',
  '$expand=memberOf',
];

for (const option of options) {
  test(`a basic reader of people cannot ask by ${option}`, async () => {
    const paths = [`/v1.0/users?${option}`, `/v1.0/users/$count?${option}`];
    for (const path of option.startsWith('$expand') ? paths.slice(0, 1) : paths) {
      const reply = await ask({ as: basic, path });
      assert.equal(reply.status, 403, `${path}: ${reply.text}`);
      assert.equal(reply.json.error.code, 'Authorization_RequestDenied');
    }
    const as = option.includes('contacts') ? app(...all, 'Contacts.Read') : person(...all);
    const wide = await ask({ as, path: paths[0]! });
    assert.notEqual(wide.status, 403, wide.text);
  });
}

const all = ['User.Read.All', 'GroupMember.Read.All'];

/** Asked by one who sees less, answered without any of it. */
const masked = [
  `/v1.0/users/${ingrid}`,
  `/beta/users/${ingrid}`,
  `/localtest/users/${ingrid}`,
  `/v1.0/users/ingrid@fernhollow.example`,
  `/v1.0/users/${ingrid}?$select=displayName,mobilePhone,department,jobTitle,businessPhones`,
  `/localtest/users/${ingrid}?$select=*`,
  `/v1.0/users/${ingrid}?$select=businessPhones($filter=startswith($this,'%2B');$count=true)`,
  `/v1.0/users?$filter=startswith(displayName,'Ingrid')`,
  `/v1.0/users?$filter=startswith(displayName,'Ingrid')&$select=mobilePhone,city,employeeId`,
  `/v1.0/users?$search="displayName:ingrid"&$orderby=displayName`,
  `/localtest/users?$top=5`,
];

for (const path of masked) {
  test(`a basic reader of people sees nothing more in ${path}`, async () => {
    for (const as of [basic, app('User.ReadBasic.All')]) {
      const { status, text } = await ask({ as, path });
      assert.equal(status, 200, text);
      for (const secret of secrets) assert.ok(!text.includes(secret), `${secret}: ${text}`);
    }
  });
}

for (const name of ['mobilePhone', 'mobilePhone/$value', 'jobTitle', 'passwordProfile', 'city']) {
  test(`what a basic reader does not see is nothing at /users/{id}/${name}`, async () => {
    const { status, text } = await ask({
      as: basic,
      path: `/localtest/users/${ingrid}/${name}`,
    });
    assert.deepEqual([status, text], [204, '']);
  });
}

const inGroup = `/v1.0/groups/${group}/members`;
const rows: readonly Ask[] = [
  // Ways that find by what is not seen.
  { as: basic, path: "/v1.0/users/$filter(department eq 'x')", status: 403, names: readAll },
  { as: basic, path: "/v1.0/users/$filter(city eq 'x')/$count", status: 403, names: readAll },
  { as: basic, path: `/v1.0/users/$filter(city eq 'x')/${ingrid}`, status: 403, names: readAll },
  { as: basic, path: `/v1.0/users/${ingrid}?$expand=manager`, status: 403, names: readAll },
  { as: basic, path: `/v1.0/users/${ingrid}/manager/$ref`, status: 403, names: readAll },
  { as: basic, path: `/v1.0/users/${ingrid}?$expand=contacts`, status: 403 },
  { as: basic, path: `/v1.0/users/${ingrid}/contacts/$count`, status: 403 },
  { as: basic, path: '/v1.0/users/delta', status: 403, names: readAll },
  // Members of a group are known by their ids alone.
  { as: memberships, path: `${inGroup}?$filter=startswith(displayName,'M')`, status: 403 },
  { as: memberships, path: `${inGroup}?$orderby=displayName`, status: 403 },
  { as: memberships, path: `${inGroup}?$search="displayName:mira"`, status: 403 },
  { as: memberships, path: `${inGroup}?$search="mira"`, status: 403 },
  { as: memberships, path: `${inGroup}/microsoft.graph.user?$orderby=mail`, status: 403 },
  {
    as: memberships,
    path: `${inGroup}/microsoft.graph.user(userPrincipalName='${me}')`,
    status: 403,
  },
  { as: memberships, path: "/v1.0/groups?$filter=members/any(m:m/id eq 'x')", status: 200 },
  {
    as: memberships,
    path: "/v1.0/groups?$filter=members/any(m:m/displayName eq 'x')",
    status: 403,
    names: 'User.ReadBasic.All',
  },
  { as: memberships, path: "/v1.0/groups?$filter=membershipRule eq 'x'", status: 403 },
  { as: memberships, path: '/v1.0/groups?$expand=members($orderby=displayName)', status: 403 },
  {
    as: memberships,
    path: '/v1.0/groups?$expand=members($expand=microsoft.graph.user/manager)',
    status: 403,
  },
  { as: memberships, path: '/v1.0/groups/delta?$select=membershipRule', status: 403 },
  // Only oneself.
  { as: own, path: '/v1.0/me/memberOf?$orderby=displayName', status: 403 },
  { as: own, path: '/v1.0/me/directReports?$orderby=displayName', status: 403 },
  { as: own, path: '/v1.0/me?$expand=directReports($levels=2)', status: 403, names: readAll },
  {
    as: own,
    path: '/v1.0/me?$expand=directReports($expand=microsoft.graph.user/contacts)',
    status: 403,
  },
  { as: own, path: '/v1.0/users', status: 403 },
  { as: own, path: '/v1.0/users/$count', status: 403 },
  { as: own, path: `/v1.0/users/${mira}`, status: 200 },
  { as: own, path: `/v1.0/users/${mira.toUpperCase()}`, status: 200 },
  { as: own, path: `/v1.0/users/${me}`, status: 200 },
  { as: own, path: `/v1.0/users(userPrincipalName='${me.toUpperCase()}')`, status: 200 },
  { as: own, path: "/v1.0/users(userPrincipalName='ingrid@fernhollow.example')", status: 403 },
  { as: own, path: `/v1.0/users/$filter(true)/${mira}`, status: 403 },
  { as: own, path: `/beta/me/joinedGroups/${groupOfOthers}`, status: 404 },
  { as: own, path: `/beta/me/joinedGroups/${nobody}`, status: 404 },
  { as: own, path: `/v1.0/decoratedProfileConnections/${connection}`, status: 200 },
  { as: own, path: `/v1.0/decoratedProfileConnections/${connectionOfOthers}`, status: 404 },
  { as: own, path: `/v1.0/decoratedProfileConnections/${connectionOfOthers}/profile`, status: 404 },
  { as: own, path: `/v1.0/decoratedProfiles/${ingrid}`, status: 403 },
  { as: own, path: `/beta/users/${ingrid}/profile/skills`, status: 403 },
  { as: own, path: `/beta/user/${ingrid}/profile/skills`, status: 403 },
  // Sensitive properties.
  { as: own, path: '/v1.0/me', method: 'PATCH', body: { accountEnabled: false }, status: 403 },
  { as: own, path: '/v1.0/me', method: 'PATCH', body: { identities: [] }, status: 403 },
  {
    as: own,
    path: '/v1.0/me',
    method: 'PATCH',
    body: { userPrincipalName: 'ingrid@fernhollow.example' },
    status: 403,
    names: 'User.ManageIdentities.All',
  },
  { as: own, path: '/v1.0/me/accountEnabled', method: 'PUT', body: { value: false }, status: 403 },
  { as: own, path: '/v1.0/me/accountEnabled', method: 'DELETE', status: 403 },
  { as: phones, path: `/v1.0/users/${ingrid}`, status: 403 },
  {
    as: phones,
    path: `/v1.0/users/${ingrid}`,
    method: 'PATCH',
    body: { jobTitle: 'x' },
    status: 403,
  },
  {
    as: phones,
    path: `/v1.0/users/${ingrid}`,
    method: 'PATCH',
    body: { mobilePhone: '1', otherMails: [] },
    status: 403,
    names: 'User-Mail.ReadWrite.All',
  },
  {
    as: everyone,
    path: `/v1.0/users/${ingrid}`,
    method: 'PATCH',
    body: { passwordProfile: { password: 'Sesame-Street-1' } },
    status: 403,
    names: 'User-PasswordProfile.ReadWrite.All',
  },
  {
    as: everyone,
    path: `/v1.0/users/${ingrid}`,
    method: 'PATCH',
    body: { passwordProfile: null },
    status: 403,
  },
  {
    as: everyone,
    path: '/localtest/users?$filter=signInActivity ne null',
    status: 403,
    names: 'AuditLog.Read.All',
  },
  { as: everyone, path: `/localtest/users/${ingrid}/mailboxSettings`, status: 403 },
  // Bodies that nest, bind and remove reach no further than their parts alone.
  {
    as: groups,
    path: `/v1.0/groups/${group}`,
    method: 'PATCH',
    body: { 'members@delta': [{ '@removed': { reason: 'deleted' }, '@id': `users('${ingrid}')` }] },
    status: 403,
    names: 'User.DeleteRestore.All',
  },
  {
    as: person('Group.ReadWrite.All', 'User.ReadWrite'),
    path: `/v1.0/groups/${group}`,
    method: 'PATCH',
    body: { members: [{ '@odata.type': '#microsoft.graph.user', id: ingrid, city: 'x' }] },
    status: 403,
  },
  {
    as: person('User.ReadWrite.All', 'Contacts.ReadWrite'),
    path: `/v1.0/users/${ingrid}`,
    method: 'PATCH',
    body: { 'contacts@delta': [{ displayName: 'planted' }] },
    status: 403,
  },
  { as: own, path: '/v1.0/me', method: 'PATCH', body: { 'memberOf@delta': [] }, status: 200 },
  ...['ingrid@fernhollow.example', 'nobody@fernhollow.example', `${ingrid}/manager`].map(
    (name) => ({
      as: groups,
      path: `${inGroup}/$ref`,
      method: 'POST',
      body: { '@odata.id': `users/${name}` },
      status: 403,
    }),
  ),
];

for (const row of rows) {
  const { as, path, method = 'GET', body, status, names } = row;
  const shown = body === undefined ? '' : ` ${JSON.stringify(body)}`;
  test(`${JSON.stringify(as)} gets ${status} for ${method} ${path}${shown}`, async () => {
    const reply = await ask(row);
    assert.equal(reply.status, status, reply.text);
    for (const secret of secrets) assert.ok(!reply.text.includes(secret), secret);
    if (names) assert.ok(JSON.stringify(reply.json.error.details).includes(names), reply.text);
  });
}

test('who may change a phone sees the phone and nothing else', async () => {
  const path = `/v1.0/users/${ingrid}`;
  const { status, json, text } = await ask({
    as: phones,
    path,
    method: 'PATCH',
    body: { mobilePhone: '+1 555 0100' },
  });
  assert.equal(status, 200, text);
  assert.equal(json.mobilePhone, '+1 555 0100');
  assert.deepEqual([json.displayName, json.mail, json.department], [null, null, null]);
});

test('members of a group are ids where people may not be read', async () => {
  const { json } = await ask({ as: memberships, path: `${inGroup}` });
  assert.equal(json.value.length, 2);
  for (const { '@odata.type': type, '@odata.etag': _, id, ...rest } of json.value) {
    assert.equal(type, '#microsoft.graph.user');
    assert.match(id, /^[0-9a-f-]{36}$/);
    const shown = Object.values(rest).filter((value) => value !== null && String(value) !== '');
    assert.deepEqual(shown, []);
  }
});

test('a batch asks no more than its parts', async () => {
  const requests = [
    { id: '1', method: 'GET', url: "/users?$filter=city%20eq%20'x'" },
    { id: '2', method: 'GET', url: `/users/${ingrid}` },
    { id: '3', method: 'GET', url: `/users/${ingrid}/contacts` },
  ];
  const { json, text } = await ask({
    as: basic,
    path: '/v1.0/$batch',
    method: 'POST',
    body: { requests },
  });
  const statuses = json.responses
    .toSorted((one: { id: string }, other: { id: string }) => one.id.localeCompare(other.id))
    .map(({ status }: { status: number }) => status);
  assert.deepEqual(statuses, [403, 200, 403]);
  for (const secret of secrets) assert.ok(!text.includes(secret), secret);
});

test('a page token fits no other person', async () => {
  const path = '/v1.0/me/contacts';
  const first = await ask({ as: person('Contacts.Read'), path });
  const next = new URL(first.json['@odata.nextLink']);
  const as = { user: 'ingrid@fernhollow.example', scopes: ['Contacts.Read'] };
  const reply = await ask({ as, path: next.pathname + next.search });
  assert.equal(reply.status, 400, reply.text);
  const again = await ask({
    as: person('Contacts.Read'),
    path: next.pathname + next.search,
  });
  assert.equal(again.status, 200, again.text);
});

test('the answer of an action shows no more than a read does', async () => {
  const body = { addLicenses: [], removeLicenses: [] };
  const path = `/v1.0/users/${ingrid}/assignLicense`;
  const as = app('LicenseAssignment.ReadWrite.All');
  const { status, text, json } = await ask({ as, path, method: 'POST', body });
  assert.ok(status < 300, text);
  assert.equal(json.id, ingrid);
  for (const secret of secrets) assert.ok(!text.includes(secret), secret);
});

test('what is worked out is asked no further than what is kept', async () => {
  const as = person('Team.ReadBasic.All');
  const { status } = await ask({ as, path: "/v1.0/me/joinedTeams?$filter=webUrl eq 'x'" });
  assert.equal(status, 403);
  assert.equal((await ask({ as, path: '/v1.0/me/joinedTeams' })).status, 200);
});

test('an action that is for oneself reaches nobody else, be they there or not', async () => {
  const body = { currentPassword: 'x', newPassword: 'y' };
  const as = person('User-PasswordProfile.ReadWrite.All');
  for (const name of [ingrid, nobody, 'ingrid@fernhollow.example', 'nobody@fernhollow.example']) {
    const reply = await ask({
      as,
      path: `/v1.0/users/${name}/changePassword`,
      method: 'POST',
      body,
    });
    assert.equal(reply.status, 403, reply.text);
  }
});
