import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { PermissionRow } from '#model/permissions/permission-row.ts';
import {
  applicationPermissions,
  delegatedPermissions,
  permissionRows,
} from '#model/permissions.ts';
import { findSeeded } from '../contract/seeded.ts';
import { type Reply, type RunningKith, startKith } from '../running-kith.ts';

/**
 * Each operation of the table, asked by callers with no permission, with all but those that would
 * do, with the least one and with the last one; by a person for their own, by a person for
 * another's, and by an application. Without KITH_TEST_FULL two facets of a profile stand for all.
 */

const isFull = process.env.KITH_TEST_FULL === '1';
const { mira, ingrid, group, connection } = findSeeded();
const unknown = '00000000-0000-4000-8000-000000000000';

/** Who asks, and whose it is. */
interface Kind {
  readonly name: string;
  readonly person: string;
  /** What they may hold, and what of it does. */
  readonly all: readonly string[];
  readonly list: (row: PermissionRow) => readonly string[];
  readonly token: (permissions: readonly string[]) => object;
}

const asMira = (scopes: readonly string[]) => ({ user: mira, scopes });
const kinds: readonly Kind[] = [
  {
    name: 'a person, their own',
    person: mira,
    all: delegatedPermissions,
    list: ({ self }) => self,
    token: asMira,
  },
  {
    name: "a person, another's",
    person: ingrid,
    all: delegatedPermissions,
    list: ({ delegated }) => delegated,
    token: asMira,
  },
  {
    name: 'an application',
    person: ingrid,
    all: applicationPermissions,
    list: ({ application }) => application,
    token: (roles) => ({ app: 'test', roles }),
  },
];

const FACET = /\/profile\/(?!skills|names)/;
/** Asked at the end: they end what other callers stand on. */
const ENDS = /Sessions|RefreshTokens|Password/;
const rows = permissionRows
  .filter(({ operation }) => isFull || !FACET.test(operation))
  .toSorted((one, other) => Number(ENDS.test(one.operation)) - Number(ENDS.test(other.operation)));

let kith: RunningKith;
const tokens = new Map<string, Promise<string>>();
before(async () => {
  kith = await startKith();
});
after(() => kith?.close());

function tokenOf(options: object): Promise<string> {
  const key = JSON.stringify(options);
  const known = tokens.get(key);
  if (known) return known;
  const token = kith.token(options);
  tokens.set(key, token);
  return token;
}

/** What functions need to be found at all. */
const given: Readonly<Record<string, string>> = {
  viewees: '(viewees=[])',
  batchGet: '(ids=[])',
  batchQuery: '(queries=[])',
};

/** Ids for a template: of the first key those of the seed; what lies behind it needs not be there. */
function pathOf(operation: string, person: string): string {
  const template = operation.split(' ')[1]!;
  const first = /^\/(users?|decoratedProfiles)\//.test(template)
    ? person
    : /^\/(groups|teams)\//.test(template)
      ? group
      : template.startsWith('/decoratedProfileConnections')
        ? connection
        : unknown;
  const ids = template.includes('/me/') || template.startsWith('/me') ? [] : [first];
  const path = template.replaceAll('{id}', () => ids.shift() ?? unknown);
  const name = path.slice(path.lastIndexOf('/') + 1);
  return `/localtest${path.replace(/photos\/[\w-]+/, 'photos/48x48')}${given[name] ?? ''}`;
}

/** Asks so that whoever is let in changes nothing: another version is wanted, nothing is named. */
async function ask(operation: string, kind: Kind, permissions: readonly string[]): Promise<Reply> {
  const [method] = operation.split(' ') as [string];
  const token = await tokenOf(kind.token(permissions));
  const isReference = operation.endsWith('/$ref');
  const reference = { '@odata.id': `${kith.origin}/localtest/directoryObjects/${unknown}` };
  return kith.request(pathOf(operation, kind.person), {
    method,
    token,
    body: method === 'GET' || method === 'DELETE' ? undefined : isReference ? reference : {},
    headers: method === 'GET' ? {} : { 'If-Match': 'W/"987654321"' },
  });
}

/** Whether the operation is not there yet, whoever asks. */
function isUnserved(operation: string, { status, json }: Reply): boolean {
  const code = json?.error?.code;
  // As long as there is no function of that name, it is a key.
  if (operation.endsWith('/delta') && status === 404) return true;
  return (
    status === 405 ||
    status === 501 ||
    code === 'RequestBroker--ParseUri' ||
    code === 'ResourceNotFound'
  );
}

function assertLetIn({ status, text }: Reply, what: string): void {
  assert.ok(status !== 401 && status !== 403, `${what}: ${status} ${text.slice(0, 300)}`);
}

function assertRefused(reply: Reply, list: readonly string[], what: string): void {
  assert.equal(reply.status, 403, `${what}: ${reply.status} ${reply.text.slice(0, 300)}`);
  assert.equal(reply.json.error.code, 'Authorization_RequestDenied', what);
  const told = String(reply.json.error.details[0].message);
  if (list.length > 0) assert.ok(told.endsWith(`least first: ${list.join(', ')}.`), told);
}

const unserved: string[] = [];

for (const row of rows) {
  const { operation } = row;
  const isMine = / \/me(\/|$)/.test(operation);
  test(`${operation}: none, too little, least, more`, async () => {
    const whole = await ask(operation, kinds[0]!, delegatedPermissions);
    if (isUnserved(operation, whole)) {
      unserved.push(operation);
      return;
    }
    assert.ok(whole.status < 500, whole.text);
    for (const kind of kinds) {
      if (isMine && kind.person === ingrid) {
        if (kind.name !== 'an application') continue;
        const reply = await ask(operation, kind, kind.all);
        assert.equal(reply.status, 400, reply.text);
        assert.match(reply.json.error.message, /only valid with delegated/);
        continue;
      }
      const list = kind.list(row);
      const what = `${operation} as ${kind.name}`;
      const others = kind.all.filter((each) => !list.includes(each));
      const shownList = kind.name === "a person, another's" ? [] : list;
      assertRefused(await ask(operation, kind, []), shownList, `${what}, none`);
      assertRefused(await ask(operation, kind, others), [], `${what}, all others`);
      const [least] = list;
      if (least === undefined) continue;
      assertLetIn(await ask(operation, kind, [least]), `${what}, ${least}`);
      const more = list.at(-1)!;
      assertLetIn(await ask(operation, kind, [more]), `${what}, ${more}`);
    }
  });
}

test('most of the table is served', (context) => {
  context.diagnostic(`${unserved.length} of ${rows.length} rows wait for their operation:`);
  context.diagnostic(unserved.join(', '));
  assert.ok(rows.length - unserved.length >= 130);
  for (const operation of ['GET /me', 'PATCH /me', 'GET /users', 'PATCH /groups/{id}/photo']) {
    assert.ok(!unserved.includes(operation), operation);
  }
});
