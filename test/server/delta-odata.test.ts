import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createDatabase, type TestDatabase } from '../postgres.ts';
import type { RequestOptions, RunningKith } from '../running-kith.ts';
import { follow } from './delta-rounds.ts';
import { startModel } from './foreign-models.ts';

const tracked: RequestOptions = { headers: { Prefer: 'odata.track-changes' } };
const newer: RequestOptions = {
  headers: { Prefer: 'track-changes', 'OData-MaxVersion': '4.01' },
};

for (const database of ['SQLite', 'PostgreSQL'] as const) {
  describe(`changes of any model, on ${database}`, () => {
    let kith: RunningKith;
    let postgres: TestDatabase | undefined;
    before(async () => {
      postgres = database === 'SQLite' ? undefined : await createDatabase();
      kith = await startModel('bakery', postgres ? { store: postgres.url } : {});
    });
    after(async () => {
      await kith.close();
      await postgres?.drop();
    });

    const write = async (path: string, method: string, body?: object) => {
      const reply = await kith.request(`/v1.0/${path}`, { method, body });
      assert.ok(reply.status < 300, reply.text);
    };
    const metadata = () => `${kith.origin}/v1.0/$metadata`;

    test('a preference for changes is met with a delta link behind the last page', async () => {
      const { members, pages, deltaLink, last } = await follow(kith, '/v1.0/Kinds', {
        headers: { Prefer: 'odata.track-changes,odata.maxpagesize=1' },
      });
      assert.deepEqual(
        members.map(({ ID }) => ID),
        [1, 2],
      );
      assert.equal(pages, 2);
      assert.equal(last.headers['preference-applied'], 'odata.track-changes, odata.maxpagesize=1');
      assert.equal(last.json['@odata.context'], `${metadata()}#Kinds`);
      assert.match(deltaLink, /\/v1\.0\/Kinds\?\$deltatoken=[^&]+$/);
    });

    test('without the preference, and where it cannot be met, there is no delta link', async () => {
      for (const [path, options] of [
        ['/v1.0/Kinds', {}],
        ['/v1.0/Kinds?$top=1', tracked],
        ['/v1.0/Kinds?$orderby=Name', tracked],
        ['/v1.0/Kinds(1)/Goods', tracked],
      ] as const) {
        const { status, text } = await kith.request(path, options);
        assert.equal(status, 200);
        assert.doesNotMatch(text, /deltaLink/, path);
      }
    });

    test('what is added, changed and removed is told in the form of 4.0', async () => {
      const { deltaLink } = await follow(kith, '/v1.0/Goods', tracked);
      await write('Goods', 'POST', { ID: 40, Name: 'Pretzel', Price: 1.5 });
      await write('Goods', 'POST', { ID: 41, Name: 'Scone' });
      await write('Goods(1)', 'PATCH', { Price: 4.3 });
      await write('Goods(41)', 'DELETE');
      const oldest = { headers: { 'OData-MaxVersion': '4.0' } };
      const { members, last } = await follow(kith, deltaLink, oldest);
      assert.equal(last.json['@odata.context'], `${metadata()}#Goods/$delta`);
      assert.deepEqual(
        members.map(({ ID, Name, Price, reason }) => [ID, Name, Price, reason]),
        [
          [40, 'Pretzel', 1.5, undefined],
          [1, 'Rye loaf', 4.3, undefined],
          [undefined, undefined, undefined, 'deleted'],
        ],
      );
      assert.deepEqual(members[2], {
        '@odata.context': `${metadata()}#Goods/$deletedEntity`,
        id: `${kith.origin}/v1.0/Goods(41)`,
        reason: 'deleted',
      });
    });

    test('the same in the form of 4.01', async () => {
      const { deltaLink } = await follow(kith, '/v1.0/Kinds?$select=Name', newer);
      await write('Kinds(1)', 'PATCH', { Name: 'Loaves' });
      await write('Kinds', 'POST', { ID: 7, Name: 'Pies' });
      await write('Kinds(7)', 'DELETE');
      const { members, last } = await follow(kith, deltaLink, newer);
      assert.equal(last.json['@context'], `${metadata()}#Kinds(Name)/$delta`);
      const [changed, removed] = members;
      assert.equal(changed.Name, 'Loaves');
      assert.deepEqual(removed, {
        '@removed': { reason: 'deleted' },
        '@id': `${kith.origin}/v1.0/Kinds(7)`,
        ID: 7,
      });
      const unasked = await follow(kith, deltaLink);
      assert.equal(unasked.last.headers['odata-version'], '4.01');
      assert.deepEqual(unasked.members[1], {
        '@odata.removed': { reason: 'deleted' },
        '@odata.id': `${kith.origin}/v1.0/Kinds(7)`,
        ID: 7,
      });
    });

    test('what no longer meets the filter is removed, what comes to meet it is told', async () => {
      await write('Goods', 'POST', { ID: 60, Name: 'Dear', Price: 50 });
      await write('Goods', 'POST', { ID: 61, Name: 'Cheap', Price: 1 });
      const { deltaLink } = await follow(
        kith,
        '/v1.0/Goods?$filter=Price gt 40'.replaceAll(' ', '%20'),
        tracked,
      );
      await write('Goods(60)', 'PATCH', { Price: 2 });
      await write('Goods(61)', 'PATCH', { Price: 70 });
      await write('Goods(3)', 'PATCH', { Name: 'Plum tart' });
      const { members } = await follow(kith, deltaLink);
      assert.deepEqual(
        members.map(({ ID, '@odata.removed': removed }) => [ID, removed]),
        [
          [60, { reason: 'changed' }],
          [61, undefined],
        ],
      );
    });

    test('links that are expanded are told apart in 4.0, and by their entity in 4.01', async () => {
      const path = '/v1.0/Kinds?$expand=Goods($select=ID)';
      const older = await follow(kith, path, tracked);
      const later = await follow(kith, path, newer);
      await write('Kinds(2)/Goods/$ref', 'POST', { '@odata.id': 'Goods(40)' });
      await write('Kinds(2)/Goods(3)/$ref', 'DELETE');
      const { members } = await follow(kith, older.deltaLink);
      const link = (kind: string, good: number) => ({
        '@odata.context': `${metadata()}#Kinds/${kind}`,
        source: `${kith.origin}/v1.0/Kinds(2)`,
        relationship: 'Goods',
        target: `${kith.origin}/v1.0/Goods(${good})`,
      });
      assert.deepEqual(members, [link('$link', 40), link('$deletedLink', 3)]);
      const [kind] = (await follow(kith, later.deltaLink, newer)).members;
      const ids: readonly number[] = kind.Goods.map(({ ID }: { ID: number }) => ID);
      assert.equal(ids.includes(40) && !ids.includes(3), true);
    });

    test('a token of another collection is refused, and one that is no token', async () => {
      const { deltaLink } = await follow(kith, '/v1.0/Kinds', tracked);
      const token = deltaLink.slice(deltaLink.indexOf('$deltatoken='));
      for (const path of [
        `/v1.0/Goods?${token}`,
        '/v1.0/Kinds?$deltatoken=1',
        '/v1.0/Kinds?$skiptoken=a.b',
        `/v1.0/Kinds?${token}&$filter=ID%20eq%201`,
        `/v1.0/Kinds(1)?${token}`,
        `/v1.0/Kinds/$count?${token}`,
      ]) {
        const { status, text } = await kith.request(path);
        assert.equal(status, 400, `${path} ${text}`);
      }
    });

    test('what is told while changes go on is in the end the collection as it is', async () => {
      const state = new Map<string, unknown>();
      const take = (members: readonly Record<string, unknown>[]) => {
        for (const { '@odata.etag': _, ...each } of members) {
          const key = String(each.ID);
          if ('@odata.removed' in each) state.delete(key);
          else state.set(key, each);
        }
      };
      let round = follow(kith, '/v1.0/Kinds', {
        headers: { Prefer: 'odata.track-changes, odata.maxpagesize=1' },
      });
      for (let turn = 0; turn < 6; turn++) {
        const writes = Array.from({ length: 8 }, async (_, at) => {
          const id = 100 + at;
          if (turn % 2 === 0) await write('Kinds', 'POST', { ID: id, Name: `${turn}` });
          else if (at % 3 === 0) await write(`Kinds(${id})`, 'PATCH', { Name: `${turn}` });
          if (turn % 2 === 1) await write(`Kinds(${id})`, 'DELETE');
        });
        const [{ members, deltaLink }] = await Promise.all([round, ...writes]);
        take(members);
        round = follow(kith, deltaLink, { headers: { Prefer: 'odata.maxpagesize=3' } });
      }
      take((await round).members);
      const { json } = await kith.request('/v1.0/Kinds');
      const now = json.value.map(({ '@odata.etag': _, ...rest }: Record<string, unknown>) => rest);
      const byId = (one: { ID: number }, other: { ID: number }) => one.ID - other.ID;
      assert.deepEqual(([...state.values()] as { ID: number }[]).sort(byId), now.sort(byId));
    });
  });
}

test('what an entity contains is followed on its own, and entities of one type', async () => {
  await using kith = await startModel('observatory');
  const nights = '/v1.0/Instruments(2)/Nights';
  const start = await follow(kith, nights, tracked);
  const ofType = await follow(kith, '/v1.0/Instruments/Sky.Telescope', tracked);
  for (const [path, method, body] of [
    [nights, 'POST', { Date: '2026-02-01', Sky: 'Clear' }],
    [`${nights}(2026-01-05)`, 'DELETE', undefined],
    [`${nights}(2026-02-01)/Sightings`, 'POST', { Object: 'Mars', Hour: 3 }],
    ['/v1.0/Instruments(2)', 'PATCH', { Name: 'Renamed' }],
  ] as const) {
    const reply = await kith.request(path, { method, body });
    assert.ok(reply.status < 300, reply.text);
  }
  const { members } = await follow(kith, start.deltaLink);
  assert.deepEqual(
    members.map((each) => [each.Date, each['@odata.id'], each['@odata.removed']]),
    [
      ['2026-02-01', undefined, undefined],
      ['2026-01-05', `${kith.origin}${nights}(2026-01-05)`, { reason: 'deleted' }],
    ],
  );
  const changed = await follow(kith, ofType.deltaLink);
  const all = await kith.request('/v1.0/Instruments/Sky.Telescope?$select=ID');
  const isTelescope = all.json.value.some(({ ID }: { ID: number }) => ID === 2);
  assert.deepEqual(
    changed.members.map(({ ID }) => ID),
    isTelescope ? [2] : [],
  );
});
