import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createDatabase, type TestDatabase } from '../postgres.ts';
import { type RunningKith, startKith } from '../running-kith.ts';

interface Page {
  value: Record<string, unknown>[];
  '@odata.context': string;
  '@odata.nextLink'?: string;
  '@odata.count'?: number;
}

const advanced = { ConsistencyLevel: 'eventual' };

/** Who asks, what is answered: path, headers, how many members, what the first one shows. */
const served: readonly (readonly [string, object, number, object])[] = [
  ['/v1.0/users?$top=999', {}, 50, { displayName: 'Ingrid Falkenrath' }],
  ["/v1.0/users?$filter=startswith(displayName,'mIR')", {}, 1, { displayName: 'Mira Oakley' }],
  ["/v1.0/users?$filter=surname eq 'o''BRIEN'&$select=givenName", {}, 1, { givenName: 'Siobhán' }],
  ["/v1.0/users?$filter=surname ne 'x'&$count=true&$top=999", advanced, 50, {}],
  ['/v1.0/users?$search="displayName:oakley"', advanced, 1, { displayName: 'Mira Oakley' }],
  ["/v1.0/groups?$filter=groupTypes/any(g:g eq 'Unified')&$top=999", {}, 10, {}],
  ['/v1.0/me/directReports?$select=displayName', {}, 7, { '@odata.type': '#microsoft.graph.user' }],
  ['/v1.0/me/memberOf?$select=displayName', {}, 4, { '@odata.type': '#microsoft.graph.group' }],
  ['/v1.0/me/memberOf/microsoft.graph.group?$select=displayName', {}, 4, {}],
  ['/v1.0/me/memberOf/microsoft.graph.user', {}, 0, {}],
  [
    "/v1.0/me/memberOf?$count=true&$filter=displayName ne 'x'&$orderby=displayName",
    advanced,
    4,
    {},
  ],
  [
    '/v1.0/me/directReports?$search="displayName:김민준"',
    advanced,
    1,
    { displayName: '김민준', '@odata.type': '#microsoft.graph.user' },
  ],
  ["/beta/me/contacts?$filter=startswith(displayName,'g')", {}, 1, { displayName: 'Götz Möller' }],
  ['/beta/me/joinedGroups?$select=displayName', {}, 4, {}],
];

const refused: readonly (readonly [string, number, RegExp])[] = [
  ["/v1.0/users?$filter=endswith(mail,'x')", 400, /ConsistencyLevel/],
  ['/v1.0/users?$search="displayName:x"', 400, /special request header/],
  ['/v1.0/users?$skip=5', 400, /skip/],
  ['/v1.0/users?$filter=nmae eq 1', 400, /Could not find a property named 'nmae'/],
  ["/v1.0/users?$filter=displayName eq 'a", 400, /^.*Invalid \$filter: .* at character \d+\./],
  ['/v1.0/users?$expand=photo', 400, /Expand is not allowed for property 'Photo'/],
  ['/v1.0/users?$top=1000', 400, /page size/],
  ['/v1.0/users/$count', 400, /\$count is not currently supported/],
  ['/v1.0/users?$skiptoken=AAAAAAAAAAAAAAAAAAAAAAW10', 400, /skiptoken/],
  ['/v1.0/users?$apply=aggregate($count as n)', 501, /not served/],
];

for (const name of ['SQLite', 'PostgreSQL']) {
  describe(`collections on ${name}`, () => {
    let database: TestDatabase | undefined;
    let kith: RunningKith;
    let token: string;
    before(async () => {
      database = name === 'SQLite' ? undefined : await createDatabase();
      kith = await startKith(database ? { flags: ['--store', database.url] } : {});
      token = await kith.token();
    });
    after(async () => {
      await kith?.close();
      await database?.drop();
    });

    for (const [path, headers, count, first] of served) {
      test(`${path} has ${count} members`, async () => {
        const reply = await kith.request(encodeURI(path), { token, headers: { ...headers } });
        assert.equal(reply.status, 200, reply.text);
        const { value } = reply.json as Page;
        assert.equal(value.length, count);
        for (const [member, expected] of Object.entries(first)) {
          assert.deepEqual(value[0]![member], expected);
        }
      });
    }

    for (const [path, status, reason] of refused) {
      test(`${path} is ${status}`, async () => {
        const reply = await kith.request(encodeURI(path), { token });
        assert.equal(reply.status, status, reply.text);
        assert.match(reply.text, reason);
      });
    }

    test('pages follow each other without a gap or a repetition', async () => {
      const seen: unknown[] = [];
      let path: string | undefined =
        '/v1.0/users?$top=7&$orderby=displayName&$select=id,displayName';
      while (path !== undefined) {
        const { value, '@odata.nextLink': next }: Page = (await kith.request(path, { token })).json;
        seen.push(...value.map(({ id }) => id));
        assert.ok(next === undefined || next.startsWith(kith.origin));
        path = next?.slice(kith.origin.length);
      }
      assert.equal(seen.length, 50);
      assert.equal(new Set(seen).size, 50);
    });

    test('a count stands on the first page, and alone behind /$count', async () => {
      const headers = advanced;
      const page: Page = (await kith.request('/v1.0/users?$count=true&$top=3', { token, headers }))
        .json;
      assert.equal(page['@odata.count'], 50);
      const next = page['@odata.nextLink']!.slice(kith.origin.length);
      assert.equal('@odata.count' in (await kith.request(next, { token, headers })).json, false);
      const counted = await kith.request('/v1.0/users/$count', { token, headers });
      assert.deepEqual(
        [counted.text, counted.headers['content-type']],
        ['50', 'text/plain;charset=utf-8'],
      );
    });

    test('what is related is shown inline, and one of it alone', async () => {
      const path = '/v1.0/me?$select=displayName&$expand=manager($select=displayName)';
      const { json } = await kith.request(path, { token });
      assert.equal(json.manager.displayName, 'Ingrid Falkenrath');
      assert.match(
        json['@odata.context'],
        /#users\(displayName,manager\(displayName\)\)\/\$entity$/,
      );
      const manager = await kith.request('/v1.0/me/manager', { token });
      assert.equal(manager.json['@odata.type'], '#microsoft.graph.user');
    });

    test('a property is read alone, as JSON and as text', async () => {
      const { json } = await kith.request('/v1.0/me/displayName', { token });
      assert.equal(json.value, 'Mira Oakley');
      assert.match(json['@odata.context'], /#users\('[^']+'\)\/displayName$/);
      assert.equal(
        (await kith.request('/v1.0/me/displayName/$value', { token })).text,
        'Mira Oakley',
      );
      assert.equal((await kith.request('/localtest/me/deletedDateTime', { token })).status, 204);
    });

    test('a caller without permission gets no list', async () => {
      const little = await kith.token({ user: 'mira@fernhollow.example', scopes: ['User.Read'] });
      const reply = await kith.request('/v1.0/users', { token: little });
      assert.equal(reply.status, 403);
      assert.match(reply.text, /User\.ReadBasic\.All/);
    });

    test('the service describes itself without a token', async () => {
      const xml = await kith.request('/v1.0/$metadata');
      assert.match(xml.text, /^<\?xml[\s\S]*EntityType Name="user"/);
      const json = await kith.request('/beta/$metadata?$format=json');
      assert.equal(json.json.$Version, '4.01');
      assert.equal((await kith.request('/localtest/openapi.json')).json.openapi, '3.1.0');
      assert.ok((await kith.request('/v1.0')).json.value.length > 3);
    });
  });
}
