import assert from 'node:assert/strict';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { runKith, startKith } from '../running-kith.ts';
import { flagsFor, modelPath, startModel } from './foreign-models.ts';

const edmx = 'http://docs.oasis-open.org/odata/ns/edmx';
const edm = 'http://docs.oasis-open.org/odata/ns/edm';

/** A document with this inside its one schema. */
function csdl(inside: string): string {
  return `<edmx:Edmx Version="4.01" xmlns:edmx="${edmx}"><edmx:DataServices>
<Schema Namespace="S" xmlns="${edm}">
${inside}
</Schema></edmx:DataServices></edmx:Edmx>`;
}

const thing = '<EntityType Name="Thing"><Property Name="ID" Type="Edm.Int32"/></EntityType>';
const set =
  '<EntityContainer Name="C"><EntitySet Name="Things" EntityType="S.Thing"/></EntityContainer>';

/** Models that are not served, each with what the one sentence says. */
const bad: readonly (readonly [what: string, text: string, says: RegExp])[] = [
  ['is no XML', '<edmx', /Line 1: .*XML/],
  ['has no container', csdl(thing), /EntityContainer/],
  ['has a set without a key', csdl(thing + set), /Things.*key/],
  ['names an unknown type', csdl('\n<ComplexType Name="X" BaseType="S.Y"/>'), /Line 4: .*S\.Y/],
  ['is broken JSON', '{\n"$Version": "4.01",\n"S": }', /Line 3: .*JSON/],
  [
    'lacks a type',
    '{"$Version":"4.01","S":{"C":{"$Kind":"EntityContainer","E":{"$Collection":true}}}}',
    /'E' lacks \$EntityType/,
  ],
];

describe('a start with --model', () => {
  for (const [what, text, says] of bad) {
    test(`a model that ${what} ends it with one sentence`, async () => {
      const folder = await mkdtemp(join(tmpdir(), 'kith-model-'));
      const file = join(folder, 'model.csdl');
      await writeFile(file, text);
      const flags = ['--port', '0', '--data-dir', join(folder, 'data'), '--model', file];
      const { code, stdout, stderr } = await runKith(flags);
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, says);
      assert.equal(stderr.trim().split('\n').length, 1, stderr);
    });
  }

  test('a model file that is missing, and a fidelity that is not odata, are refused', async () => {
    const missing = await runKith([
      '--model',
      '/no/such.xml',
      '--data-dir',
      join(tmpdir(), 'kith-no'),
    ]);
    assert.equal(missing.code, 2);
    assert.match(missing.stderr, /does not exist/);
    const pages = await runKith([...flagsFor('bakery'), '--fidelity', 'graph']);
    assert.equal(pages.code, 2);
    assert.match(pages.stderr, /plain OData/);
  });

  test('a line of a seed that does not fit the model is named', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kith-model-'));
    const seed = join(folder, 'bad.jsonl');
    await writeFile(seed, '{"@set":"Kinds","ID":1,"Name":"Bread"}\n{"@set":"Kinds","ID":"x"}\n');
    const model = ['--model', modelPath('bakery.csdl.json')];
    const flags = ['--port', '0', '--data-dir', join(folder, 'data'), ...model, '--seed', seed];
    const { code, stderr } = await runKith(flags);
    assert.equal(code, 2);
    assert.match(stderr, /bad\.jsonl:2: .*'ID'/);
  });

  test('the same model is served at every root, without a type that is not derived', async () => {
    await using kith = await startModel('bakery');
    for (const root of ['v1.0', 'beta', 'localtest']) {
      const reply = await kith.request(`/${root}/Kinds(1)`);
      assert.equal(reply.json['@odata.context'], `${kith.origin}/${root}/$metadata#Kinds/$entity`);
      assert.equal('@odata.type' in reply.json, false);
      const openapi = await kith.request(`/${root}/openapi.json`);
      assert.equal(openapi.json.servers[0].url, `${kith.origin}/${root}`);
      assert.ok(openapi.json.paths['/Kinds'].get);
      assert.ok(openapi.json.paths['/Kinds'].post);
    }
    const document = await kith.request('/v1.0/');
    const names = document.json.value.map(({ name }: { name: string }) => name);
    assert.deepEqual(names, ['Kinds', 'Goods', 'Orders', 'Lines', 'Guests', 'Bakers', 'Owner']);
  });

  test('without --anonymous any token of the server opens it, and nothing else', async () => {
    await using kith = await startKith({ flags: flagsFor('bakery') });
    assert.equal((await kith.request('/v1.0/Kinds')).status, 401);
    const token = await kith.token({ app: '00000000-0000-4000-8000-000000000001', roles: [] });
    assert.equal((await kith.request('/v1.0/Kinds', { token })).status, 200);
    const kind = { ID: 3, Name: 'Tart' };
    const made = await kith.request('/v1.0/Kinds', { token, method: 'POST', body: kind });
    assert.equal(made.status, 201);
  });

  test('a reset brings the seed back, and a store without a seed is empty again', async () => {
    await using kith = await startModel('bakery');
    await kith.request('/v1.0/Kinds(1)', { body: { Name: 'Changed' } });
    assert.equal((await kith.request('/_kith/reset', { method: 'POST' })).status, 204);
    assert.equal((await kith.request('/v1.0/Kinds(1)/Name')).json.value, 'Bread');
    await using bare = await startKith({
      flags: ['--model', modelPath('bakery.csdl.json'), '--anonymous'],
    });
    assert.deepEqual((await bare.request('/v1.0/Kinds')).json.value, []);
    const kind = { ID: 3, Name: 'Tart' };
    await bare.request('/v1.0/Kinds', { method: 'POST', body: kind });
    assert.equal((await bare.request('/v1.0/Kinds/$count')).text, '1');
    await bare.request('/_kith/reset', { method: 'POST' });
    assert.equal((await bare.request('/v1.0/Kinds/$count')).text, '0');
  });

  test("a data folder keeps one service's data", async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'kith-model-'));
    const first = await startModel('bakery', { dataDir });
    await first.close();
    const again = await startModel('bakery', { dataDir });
    assert.equal((await again.request('/v1.0/Goods/$count')).text, '5');
    await again.close();
    const flags = ['--port', '0', '--data-dir', dataDir, ...flagsFor('observatory')];
    const { code, stderr } = await runKith(flags);
    assert.equal(code, 2);
    assert.match(stderr, /keeps the data of Bakery\.Shop, not of Sky\.Observatory/);
  });
});
