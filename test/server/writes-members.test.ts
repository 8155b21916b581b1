import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { assertError } from '../contract/expectations.ts';
import { type Shop, shops } from './writes-shop.ts';

const DELTA = '#$delta';
const isDeleted = { '@removed': { reason: 'deleted' } };

for (const { name, open } of shops) {
  describe(`members of a collection on ${name}`, () => {
    let shop: Shop;
    before(async () => {
      shop = await open();
    });
    after(() => shop?.close());

    const send = (method: string, path: string, body?: unknown, headers = {}) =>
      shop.send(path, { method, body, headers });
    const delta = (path: string, ...value: unknown[]) =>
      send('PATCH', path, { '@context': DELTA, value });
    const namesIn = async (path: string, property = 'name'): Promise<unknown[]> => {
      const { json } = await shop.send(path);
      return json.value.map((each: Record<string, unknown>) => each[property]);
    };
    /** A category of its own with products of these names. */
    const stocked = async (ID: number, ...names: string[]): Promise<number[]> => {
      const products = names.map((name, place) => ({ name, price: place }));
      const made = await shop.send('Categories', { body: { ID, products } });
      assert.equal(made.status, 201, made.text);
      return made.json.products.map((each: { ID: number }) => each.ID);
    };

    test('are all changed alike, and shown where that is wanted', async () => {
      await stocked(100, 'a', 'b', 'c');
      const cheap = 'Categories(100)/products/$filter(price%20lt%202)/$each';
      const silent = await send('PATCH', cheap, { stock: 1 });
      assert.deepEqual([silent.status, silent.text], [204, '']);
      const representation = { Prefer: 'return=representation' };
      const shown = await send(
        'PATCH',
        `${cheap}?$select=name,colour`,
        { colour: 'red' },
        representation,
      );
      assert.equal(shown.status, 200, shown.text);
      assert.equal(shown.headers['preference-applied'], 'return=representation');
      assert.match(shown.json['@odata.context'], /#Products\(name,colour\)$/);
      const shownNames = shown.json.value.map((each: { name: string }) => each.name);
      assert.deepEqual(shownNames, ['a', 'b']);
      assert.deepEqual(await namesIn('Categories(100)/products', 'colour'), ['red', 'red', null]);
      assert.deepEqual(await namesIn('Categories(100)/products', 'stock'), [1, 1, 7]);
    });

    test('are all deleted, and what is contained as well', async () => {
      const [first] = await stocked(101, 'a', 'b');
      const reviews = [1, 2, 3].map((no) => ({ no, text: no === 2 ? 'keep' : 'go' }));
      for (const body of reviews) await shop.send(`Products(${first})/reviews`, { body });
      const at = `Products(${first})/reviews`;
      const text = "$filter(text%20eq%20'go')";
      assert.equal((await send('PATCH', `${at}/${text}/$each`, { text: 'gone' })).status, 204);
      const gone = "$filter(text%20eq%20'gone')";
      assert.equal((await send('DELETE', `${at}/${gone}/$each`)).status, 204);
      assert.deepEqual(await namesIn(at, 'no'), [2]);
      assert.equal((await send('DELETE', 'Categories(101)/products/$each')).status, 204);
      assert.deepEqual(await namesIn('Categories(101)/products'), []);
      assertError(await shop.send(`Products(${first})`), 404);
    });

    test('are left alone where one of them refuses', async () => {
      await shop.send('Categories', { body: { ID: 102 } });
      await shop.send('Categories(102)/products', { body: { name: 'a', code: 'set' } });
      await shop.send('Categories(102)/products', { body: { name: 'b' } });
      const change = { code: 'set', stock: 9 };
      assertError(await send('PATCH', 'Categories(102)/products/$each', change), 400);
      assert.deepEqual(await namesIn('Categories(102)/products', 'stock'), [7, 7]);
      assertError(await send('PATCH', 'Fixed/$each', { name: 'x' }), 405);
      assertError(await send('DELETE', 'Fixed/$each'), 405);
      assertError(await send('PATCH', 'Categories(999)/products/$each', { stock: 1 }), 404);
      const allow = (await send('OPTIONS', 'Products/$each')).headers.allow;
      assert.equal(allow, 'PATCH, DELETE, OPTIONS');
    });

    test('of a set are added, changed and removed by a delta payload', async () => {
      for (const ID of [110, 111, 112]) await shop.send('Categories', { body: { ID } });
      const changes = [
        { ID: 110, name: 'by key' },
        { '@id': 'Categories(111)', name: 'by id' },
        { ...isDeleted, ID: 112 },
        { ID: 113, name: 'added', products: [{ name: 'nested' }] },
      ];
      const reply = await delta('Categories', ...changes);
      assert.deepEqual([reply.status, reply.text], [204, '']);
      const between = 'Categories?$filter=ID%20ge%20110%20and%20ID%20lt%20120';
      assert.deepEqual(await namesIn(between), ['by key', 'by id', 'added']);
      assert.deepEqual(await namesIn('Categories(113)/products'), ['nested']);
      const removed = { '@id': 'Categories(110)', ...isDeleted };
      assert.equal((await delta('Categories', removed)).status, 204);
      assertError(await shop.send('Categories(110)'), 404);
    });

    test('of a set stay as they are if one of the changes is refused', async () => {
      const added = { ID: 120, name: 'never' };
      assertError(await delta('Categories', added, { ...isDeleted, ID: 999 }), 400);
      assertError(await delta('Categories', added, { ...isDeleted }), 400);
      assertError(await delta('Categories', added, { '@id': 'Categories(999)', name: 'x' }), 400);
      assertError(await delta('Categories', added, { ID: 121, nothing: 1 }), 400);
      assertError(await delta('Categories', added, 5), 400);
      assertError(await delta('Products', { ID: 999_999, name: 'no such' }), 400);
      assertError(await delta('Fixed', { ID: 1, name: 'x' }), 405);
      assertError(await shop.send('Categories(120)'), 404);
      assertError(await send('PATCH', 'Categories', { value: [] }), 400);
      assertError(await send('PATCH', 'Categories', { '@context': DELTA }), 400);
      assertError(await send('PATCH', 'Categories/$filter(true)', { '@context': DELTA }), 405);
    });

    test('of a navigation are related, changed and let go by a delta payload', async () => {
      const [one, two] = await stocked(130, 'one', 'two');
      const [three] = await stocked(131, 'three');
      const changes = [
        { '@id': `Products(${three})` },
        { '@id': `Products(${one})`, name: 'first' },
        { '@id': `Products(${two})`, '@removed': { reason: 'changed' } },
        { name: 'four' },
      ];
      const reply = await delta('Categories(130)/products', ...changes);
      assert.equal(reply.status, 204, reply.text);
      assert.deepEqual(
        new Set(await namesIn('Categories(130)/products')),
        new Set(['first', 'three', 'four']),
      );
      assert.equal((await shop.send(`Products(${two})`)).json.categoryID, null);
      assertError(await delta('Categories(999)/products', { name: 'x' }), 404);
    });

    const link = (source: string, relationship: string, target?: string) => ({
      ...{ '@context': '#Categories/$link', source, relationship, target },
    });
    const unlink = (source: string, relationship: string, target?: string) => ({
      ...link(source, relationship, target),
      '@context': `${shop.origin}/v1.0/$metadata#Categories/$deletedLink`,
    });

    test('are linked and let go by links of a delta payload alone', async () => {
      const [one, two] = await stocked(140, 'one', 'two');
      const [three] = await stocked(141, 'three');
      const reply = await delta(
        'Categories',
        link('Categories(140)', 'products', `Products(${three})`),
        unlink('Categories(140)', 'products', `Products(${one})`),
        unlink('Categories(140)', 'products', `Products(${one})`),
        unlink(`Products(${two})`, 'category'),
        { ID: 142, name: 'made before it is linked' },
      );
      assert.deepEqual([reply.status, reply.text], [204, '']);
      assert.deepEqual(await namesIn('Categories(140)/products'), ['three']);
      assert.equal((await shop.send(`Products(${two})`)).json.categoryID, null);
      const linked = await delta(
        'Categories',
        link('Categories(142)', 'products', `Products(${two})`),
      );
      assert.equal(linked.status, 204, linked.text);
      const related = await delta(
        'Categories(140)/products',
        { name: 'four' },
        link('Categories(140)', 'products', `Products(${one})`),
      );
      assert.equal(related.status, 204, related.text);
      const now = new Set(await namesIn('Categories(140)/products'));
      assert.deepEqual(now, new Set(['one', 'three', 'four']));
    });

    test('are linked from complex values by links of a delta payload', async () => {
      const body = { name: 'far', origin: { city: 'x' } };
      const { ID } = (await shop.send('Products', { body })).json;
      const way = [`Products(${ID})`, 'origin/region'] as const;
      assert.equal((await delta('Categories', link(...way, 'Categories(1)'))).status, 204);
      assert.equal((await shop.send(`Products(${ID})/origin/region`)).json.name, 'Food');
      assert.equal((await delta('Categories', unlink(...way))).status, 204);
      assert.equal((await shop.send(`Products(${ID})/origin/region`)).status, 204);
    });

    test('stay as they are if one of the links is refused', async () => {
      const [one] = await stocked(150, 'one');
      const added = { ID: 151, name: 'never' };
      const product = `Products(${one})`;
      const wrong = [
        link('Categories(150)', 'nothing', product),
        link('Categories(150)', 'name', product),
        link('Categories(150)', 'products'),
        link('Categories(150)', 'products', 'Products(999999)'),
        link('Categories(999)', 'products', product),
        link('Categories(150)', 'products', 'Categories(1)'),
        link('Fixed(1)', 'products', product),
        link(product, 'reviews', product),
        link(product, 'origin', product),
        unlink('Categories(150)', 'products'),
        { ...link('Categories(150)', 'products', product), source: 5 },
        { ...link('Categories(150)', 'products', product), relationship: 5 },
      ];
      for (const each of wrong) assertError(await delta('Categories', added, each), 400);
      assertError(await shop.send('Categories(151)'), 404);
    });

    test('are replaced as a whole where the model declares it', async () => {
      for (const ID of [1, 2, 3]) await shop.send('Shelves', { body: { ID, name: `old ${ID}` } });
      const value = [{ ID: 2 }, { ID: 4, name: 'new' }, { '@id': 'Shelves(3)' }];
      const reply = await send('PUT', 'Shelves', { value });
      assert.deepEqual([reply.status, reply.text], [204, '']);
      assert.deepEqual(await namesIn('Shelves', 'ID'), [2, 3, 4]);
      assert.deepEqual(await namesIn('Shelves'), [null, 'old 3', 'new']);
      const products = [{ name: 'one' }, { name: 'two' }];
      assert.equal((await send('PUT', 'Shelves(4)/products', { value: products })).status, 204);
      const { value: there } = (await shop.send('Shelves(4)/products')).json;
      const kept = [{ '@id': `Products(${there[0].ID})` }, { name: 'three' }];
      assert.equal((await send('PUT', 'Shelves(4)/products', { value: kept })).status, 204);
      assert.deepEqual(await namesIn('Shelves(4)/products'), ['one', 'three']);
      for (const body of [{}, { value: 5 }, { value: [5] }, { value: [{ ID: 'x' }] }]) {
        assertError(await send('PUT', 'Shelves', body), 400);
      }
      assertError(await send('PUT', 'Shelves', { value: [{ ID: 9 }, { ID: 9 }] }), 409);
      assert.deepEqual(await namesIn('Shelves', 'ID'), [2, 3, 4]);
      assert.equal((await send('PUT', 'Shelves', { value: [] })).status, 204);
      assert.deepEqual(await namesIn('Shelves', 'ID'), []);
      assert.match((await send('OPTIONS', 'Shelves')).headers.allow!, /\bPUT\b/);
      for (const path of ['Categories', 'Products', 'Fixed', 'Categories(1)/products']) {
        const refused = await send('PUT', path, { value: [] });
        assertError(refused, 405);
        assert.doesNotMatch(refused.headers.allow!, /PUT/);
      }
    });
  });
}
