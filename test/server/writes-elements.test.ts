import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { assertError } from '../contract/expectations.ts';
import { type Shop, shops } from './writes-shop.ts';

const food = { 'region@odata.bind': 'Categories(1)' };
const tools = { region: { '@id': 'Categories(2)' } };

for (const { name, open } of shops) {
  describe(`complex values in a collection on ${name}`, () => {
    let shop: Shop;
    before(async () => {
      shop = await open();
    });
    after(() => shop?.close());

    const send = (method: string, path: string, body?: unknown) =>
      shop.send(path, { method, body });
    const make = async (...stops: object[]): Promise<number> => {
      const made = await shop.send('Products', { body: { name: 'made', stops } });
      assert.equal(made.status, 201, made.text);
      return made.json.ID;
    };
    /** The cities of the stops, each with the name of its region. */
    const stopsOf = async (id: number): Promise<unknown[]> => {
      const { json } = await shop.send(`Products(${id})?$expand=stops/region`);
      return json.stops.map((each: { city: string; region: { name: string } | null }) => [
        each.city,
        each.region?.name ?? null,
      ]);
    };
    const idsOf = async (filter: string): Promise<unknown[]> => {
      const path = `Products?$filter=${encodeURIComponent(filter)}&$select=ID`;
      const { json, text } = await shop.send(path);
      assert.ok(json.value, text);
      return json.value.map(({ ID }: { ID: number }) => ID);
    };

    test('are bound in a seed, at creation, and by either spelling', async () => {
      assert.deepEqual(await stopsOf(1), [
        ['y', null],
        ['z', 'Food'],
      ]);
      const id = await make({ city: 'a', ...food }, { city: 'b' }, { city: 'c', ...tools });
      assert.deepEqual(await stopsOf(id), [
        ['a', 'Food'],
        ['b', null],
        ['c', 'Tools'],
      ]);
    });

    test('bring along what they are related to', async () => {
      const id = await make({ city: 'a', region: { ID: 300, name: 'Garden' } });
      assert.deepEqual(await stopsOf(id), [['a', 'Garden']]);
      assert.equal((await shop.send('Categories(300)')).json.name, 'Garden');
    });

    test('lose what they were bound to when the collection is replaced', async () => {
      const id = await make({ city: 'a', ...food }, { city: 'b', ...food });
      await send('PATCH', `Products(${id})`, { name: 'other' });
      assert.deepEqual(await stopsOf(id), [
        ['a', 'Food'],
        ['b', 'Food'],
      ]);
      await send('PATCH', `Products(${id})`, { stops: [{ city: 'c' }, { city: 'd', ...food }] });
      assert.deepEqual(await stopsOf(id), [
        ['c', null],
        ['d', 'Food'],
      ]);
      await send('PUT', `Products(${id})`, { name: 'whole' });
      await send('PUT', `Products(${id})/stops`, { value: [{ city: 'e' }, { city: 'f' }] });
      assert.deepEqual(await stopsOf(id), [
        ['e', null],
        ['f', null],
      ]);
    });

    test('keep what they are bound to when another one joins them', async () => {
      const id = await make({ city: 'a', ...food });
      const joined = await send('POST', `Products(${id})/stops`, { city: 'b', ...tools });
      assert.ok(joined.status < 300, joined.text);
      assert.deepEqual(await stopsOf(id), [
        ['a', 'Food'],
        ['b', 'Tools'],
      ]);
      await send('DELETE', `Products(${id})/stops`);
      await send('POST', `Products(${id})/stops`, { city: 'c' });
      assert.deepEqual(await stopsOf(id), [['c', null]]);
    });

    test('are found by what they are related to', async () => {
      const id = await make({ city: 'a', ...tools }, { city: 'b', ...food });
      const alone = (filter: string) => `ID eq ${id} and stops/${filter}`;
      const region = "s/region/name eq 'Tools'";
      assert.deepEqual(await idsOf(alone(`any(s:${region} and s/city eq 'a')`)), [id]);
      assert.deepEqual(await idsOf(alone(`any(s:${region} and s/city eq 'b')`)), []);
      assert.deepEqual(await idsOf(alone('all(s:s/region ne null)')), [id]);
      assert.deepEqual(await idsOf(alone('any(s:s/region/products/any())')), []);
    });

    test('are shown with what they lead to where their property stands alone', async () => {
      const id = await make({ city: 'a', ...food }, { city: 'b' });
      const stops = `Products(${id})/stops`;
      const { json } = await shop.send(`${stops}?$expand=region($select=name)&$count=true`);
      assert.match(json['@odata.context'], /#Products\(\d+\)\/stops\(region\(name\)\)$/);
      assert.deepEqual(
        json.value.map((each: { region: { name: string } | null }) => each.region?.name),
        ['Food', undefined],
      );
      const origin = await shop.send('Products(1)/origin?$expand=region&$select=city');
      assert.equal(origin.json.region.name, 'Tools');
      assert.deepEqual(Object.keys(origin.json), ['@odata.context', 'city', 'region']);
      assert.equal((await shop.send('Products(1)/origin?$expand=nothing')).status, 400);
      assert.equal((await shop.send(`${stops}?$expand=region&$top=1`)).status, 501);
    });

    test('are refused where they lead to nothing, or contain anything', async () => {
      const id = await make({ city: 'a', ...food });
      for (const [stop, status] of [
        [{ city: 'b', 'region@odata.bind': 'Categories(999)' }, 400],
        [{ city: 'b', 'nothing@odata.bind': 'Categories(1)' }, 400],
        [{ city: 'b', region: { '@id': 'Products(1)' } }, 400],
        [{ city: 'b', notes: [{ no: 1 }] }, 501],
        [{ city: null, ...food }, 400],
        [5, 400],
        [null, 400],
      ] as const) {
        assertError(await send('PATCH', `Products(${id})`, { stops: [stop] }), status);
      }
      assert.deepEqual(await stopsOf(id), [['a', 'Food']]);
    });
  });
}
