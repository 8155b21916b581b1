import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openOnPostgres } from '../contract/stores.ts';
import type { RunningKith } from '../running-kith.ts';
import { startModel } from './foreign-models.ts';
import { openShop } from './shop/open-shop.ts';

const stores = [
  { name: 'SQLite', open: () => startModel('bakery') },
  { name: 'PostgreSQL', open: () => openOnPostgres((store) => startModel('bakery', { store })) },
];

for (const { name, open } of stores) {
  describe(`relations of a model on ${name}`, () => {
    let kith: RunningKith;
    before(async () => {
      kith = await open();
    });
    after(() => kith.close());

    const get = async (path: string) => (await kith.request(`/v1.0/${path}`)).json;
    const status = async (path: string) => (await kith.request(`/v1.0/${path}`)).status;
    const send = (method: string, path: string, body?: object) =>
      kith.request(`/v1.0/${path}`, body === undefined ? { method } : { method, body });

    test('a dependent property moves the relation', async () => {
      assert.equal((await get('Goods(1)/Kind/Name')).value, 'Bread');
      assert.equal((await send('PATCH', 'Goods(1)', { KindID: 2 })).status, 200);
      assert.equal((await get('Goods(1)/Kind/Name')).value, 'Cake');
      assert.equal((await send('PATCH', 'Goods(1)', { KindID: null })).status, 200);
      assert.equal(await status('Goods(1)/Kind'), 204);
    });

    test('a relation sets the dependent property', async () => {
      const reference = { '@odata.id': `${kith.origin}/v1.0/Kinds(2)` };
      assert.equal((await send('PUT', 'Goods(2)/Kind/$ref', reference)).status, 204);
      assert.equal((await get('Goods(2)')).KindID, 2);
      assert.equal((await send('DELETE', 'Goods(2)/Kind/$ref')).status, 204);
      assert.equal((await get('Goods(2)')).KindID, null);
      const roll = { ID: 30, Name: 'Roll', IsSold: true, 'Kind@odata.bind': 'Kinds(1)' };
      assert.equal((await send('POST', 'Goods', roll)).json.KindID, 1);
    });

    test('what depends on an entity that is still to come waits for it', async () => {
      assert.equal(await status('Goods(4)/Kind'), 204);
      assert.equal((await send('POST', 'Kinds', { ID: 99, Name: 'Rest' })).status, 201);
      assert.equal((await get('Goods(4)/Kind/Name')).value, 'Rest');
      assert.equal((await get('Kinds(99)/Goods')).value[0].ID, 4);
      const found = await get("Goods?$filter=Kind/Name%20eq%20'Rest'&$select=ID");
      assert.equal(found.value.length, 1);
    });

    test('both ends of one relation are one', async () => {
      assert.equal((await get('Bakers?$filter=Helpers/any()&$select=Name')).value[0].Name, 'Ida');
      const [max] = (await get("Bakers?$filter=Name%20eq%20'Max'&$expand=Chief")).value;
      assert.equal(max.Chief.Name, 'Ida');
      const [ida] = (await get("Bakers?$filter=Name%20eq%20'Ida'&$expand=Helpers")).value;
      assert.equal(ida.Helpers[0].Badge, max.Badge);
    });

    test('a reset brings the relations of the seed back', async () => {
      assert.equal((await kith.request('/_kith/reset', { method: 'POST' })).status, 204);
      assert.equal((await get('Goods(1)/Kind/Name')).value, 'Bread');
      assert.equal(await status('Kinds(99)'), 404);
    });
  });
}

test('an entity is not deleted while keys of others depend on it', async () => {
  await using shop = await openShop();
  const send = (method: string, path: string) => shop.request(`/v1.0/${path}`, { method });
  const refused = await send('DELETE', 'Orders(2)');
  assert.equal(refused.status, 409);
  assert.match(refused.json.error.message, /'Details' leads to other entities/);
  assert.equal((await send('GET', 'OrderDetails(OrderID=2,ProductID=2)')).status, 200);
  assert.equal((await send('DELETE', 'OrderDetails(OrderID=2,ProductID=2)')).status, 204);
  assert.equal((await send('DELETE', 'Orders(2)')).status, 204);
});
