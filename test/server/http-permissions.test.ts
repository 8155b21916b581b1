import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { findPermissions } from '#model/permissions.ts';
import { assertError } from '../contract/expectations.ts';
import { findSeeded } from '../contract/seeded.ts';
import { type RunningKith, startKith } from '../running-kith.ts';

const { connection, contact, group } = findSeeded();
const mira = 'mira@fernhollow.example';
const other = 'ingrid@fernhollow.example';
const nobody = 'nobody@fernhollow.example';
const user = (...scopes: string[]) => ({ user: mira, scopes });
const app = (...roles: string[]) => ({ app: 'test', roles });

/** One row for each kind of caller; a body makes it a PATCH. */
interface Row {
  readonly as: object;
  readonly path: string;
  readonly body?: object;
  readonly status: number;
  /** Permissions that the refusal names. */
  readonly names?: readonly string[];
}

const photo = { height: 6, width: 5 };
const writeOther = ['User.ReadWrite.All', 'Directory.ReadWrite.All'];
const rows: readonly Row[] = [
  // No permission at all, and one that has nothing to do with it.
  { as: user(), path: '/v1.0/me', status: 403, names: ['User.Read', 'User.ReadWrite'] },
  { as: user('Mail.Read'), path: '/v1.0/me', body: {}, status: 403, names: ['User.ReadWrite'] },
  { as: app(), path: `/v1.0/users/${other}`, status: 403, names: ['User.Read.All'] },
  // Too little: reading is not writing.
  { as: user('User.Read'), path: '/v1.0/me', status: 200 },
  { as: user('User.Read'), path: '/v1.0/me', body: {}, status: 403, names: ['User.ReadWrite'] },
  { as: user('user.read'), path: '/v1.0/me', status: 403 },
  { as: user('User.Read.All'), path: `/v1.0/users/${other}`, status: 200 },
  {
    as: user('User.Read.All'),
    path: `/v1.0/users/${other}`,
    body: {},
    status: 403,
    names: writeOther,
  },
  // One's own, and others'.
  { as: user('User.ReadWrite'), path: '/v1.0/me', body: {}, status: 200 },
  { as: user('User.ReadWrite'), path: `/v1.0/users/${mira}`, body: {}, status: 200 },
  {
    as: user('User.ReadWrite'),
    path: `/v1.0/users/${other}`,
    body: {},
    status: 403,
    names: writeOther,
  },
  {
    as: user('User.ReadWrite'),
    path: `/v1.0/users/${nobody}`,
    body: {},
    status: 403,
    names: writeOther,
  },
  { as: user('User.Read'), path: `/v1.0/users/${other}`, status: 403, names: ['User.Read.All'] },
  { as: user('User.ReadWrite'), path: '/beta/me/profile', body: {}, status: 200 },
  { as: user('User.ReadWrite'), path: `/beta/users/${mira}/profile`, body: {}, status: 200 },
  {
    as: user('User.ReadWrite'),
    path: `/beta/users/${other}/profile`,
    body: {},
    status: 403,
    names: ['User.ReadWrite.All'],
  },
  {
    as: user('User.ReadWrite'),
    path: `/beta/user/${other}/profile`,
    body: {},
    status: 403,
    names: ['User.ReadWrite.All'],
  },
  { as: user('User.ReadWrite'), path: '/beta/me/photo', body: photo, status: 200 },
  {
    as: user('User.ReadWrite'),
    path: `/beta/users/${other}/photo`,
    body: photo,
    status: 403,
    names: ['ProfilePhoto.ReadWrite.All'],
  },
  { as: user('User.ReadWrite.All'), path: `/v1.0/users/${other}`, body: {}, status: 200 },
  { as: user('User.ReadWrite.All'), path: `/v1.0/users/${nobody}`, body: {}, status: 404 },
  // What is nobody's own.
  {
    as: user('User.ReadWrite.All'),
    path: `/v1.0/groups/${group}/photo`,
    body: photo,
    status: 403,
    names: ['ProfilePhoto.ReadWrite.All', 'Group.ReadWrite.All'],
  },
  {
    as: user('Group.ReadWrite.All'),
    path: `/v1.0/groups/${group}/photo`,
    body: photo,
    status: 200,
  },
  {
    as: user('Group.ReadWrite.All'),
    path: `/beta/me/joinedGroups/${group}/team/photo`,
    body: photo,
    status: 200,
  },
  {
    as: user('User.ReadWrite.All'),
    path: `/v1.0/me/contacts/${contact}/photo`,
    body: photo,
    status: 403,
    names: ['Contacts.ReadWrite'],
  },
  {
    as: user('Contacts.ReadWrite'),
    path: `/v1.0/me/contacts/${contact}/photo`,
    body: photo,
    status: 200,
  },
  {
    as: user('User.ReadWrite'),
    path: `/v1.0/decoratedProfileConnections/${connection}/profile`,
    body: {},
    status: 403,
    names: ['User.ReadWrite.All'],
  },
  {
    as: user('User.Read'),
    path: `/v1.0/decoratedProfileConnections/${connection}/profile`,
    status: 200,
  },
  // An application that acts as itself.
  { as: app('User.ReadWrite.All'), path: `/v1.0/users/${other}`, body: {}, status: 200 },
  {
    as: app('User.ReadWrite'),
    path: `/v1.0/users/${other}`,
    body: {},
    status: 403,
    names: writeOther,
  },
  { as: app('User.ReadWrite.All'), path: '/v1.0/me', status: 400 },
  { as: app('Group.ReadWrite.All'), path: `/v1.0/teams/${group}/photo`, body: photo, status: 200 },
  { as: app('User.ReadWrite.All'), path: `/v1.0/me/contacts/${contact}/photo`, status: 400 },
];

let kith: RunningKith;
before(async () => {
  kith = await startKith();
});
after(() => kith?.close());

for (const { as, path, body, status, names = [] } of rows) {
  const method = body ? 'PATCH' : 'GET';
  test(`${JSON.stringify(as)} gets ${status} for ${method} ${path}`, async () => {
    const token = await kith.token(as);
    const before = await kith.request(`/localtest/users/${other}`, { token: await kith.token() });
    const reply = await kith.request(path, { token, body });
    assert.equal(reply.status, status, reply.text);
    if (status !== 403) return;
    assertError(reply, 403, 'Authorization_RequestDenied');
    const told = JSON.stringify(reply.json.error);
    for (const name of names) assert.match(told, new RegExp(`\\b${name}\\b(?!\\.\\w)`), told);
    const after = await kith.request(`/localtest/users/${other}`, { token: await kith.token() });
    assert.equal(after.headers.etag, before.headers.etag);
  });
}

test('whoever may reach only their own does not learn who is missing', async () => {
  const token = await kith.token(user('User.ReadWrite'));
  for (const body of [undefined, {}]) {
    const replies = await Promise.all(
      [other, nobody].map((name) => kith.request(`/v1.0/users/${name}`, { token, body })),
    );
    const told = replies.map(({ status, json }) => {
      const { innerError: _, ...rest } = json.error;
      return { status, ...rest };
    });
    assert.deepEqual(told[0], told[1]);
  }
});

test('the table of permissions is published', async () => {
  const { json } = await kith.request('/_kith/permissions');
  const row = json.value.find((each: { operation: string }) => each.operation === 'PATCH /me');
  assert.deepEqual(row, findPermissions('PATCH /me'));
});
