import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { assertError } from '../contract/expectations.ts';
import { type Reply, runKith } from '../running-kith.ts';
import { openShop, withBehaviours } from './shop/open-shop.ts';

const shop = await openShop(withBehaviours);
after(() => shop.close());

function get(url: string): Promise<Reply> {
  return shop.request(`/v1.0/${url}`);
}

function post(url: string, body?: unknown): Promise<Reply> {
  return shop.request(`/v1.0/${url}`, { method: 'POST', body });
}

function contextOf({ json }: Reply): string {
  return json['@odata.context'].split('#')[1];
}

const address = encodeURIComponent('{"Street":"x","Codes":[1]}');

/** What is asked, the fragment of the context URL, and what the answer holds beside it. */
const functions: readonly (readonly [url: string, context: string, holds: object])[] = [
  ["Cheapest(colour='Red')", 'Products/$entity', { ID: 1 }],
  ["Cheapest(colour=@c)?@c='Green'", 'Products/$entity', { ID: 2 }],
  ["Cheapest?colour='Green'", 'Products/$entity', { ID: 2 }],
  ["Cheapest(colour='Red')?$select=Name", 'Products(Name)/$entity', { Name: 'Bread' }],
  [
    "Cheapest(colour='Red')?$expand=Category",
    'Products(Category())/$entity',
    { ID: 1, Category: { ID: 1 } },
  ],
  ['Top(count=2)', 'Products', { value: [{ ID: 3 }, { ID: 2 }] }],
  ['Top(category=1,count=9)', 'Products', { value: [{ ID: 2 }, { ID: 1 }] }],
  ['Top?@category=1&@count=9', 'Products', { value: [{ ID: 2 }, { ID: 1 }] }],
  ['Top(count=3)?$skip=1&$top=1', 'Products', { value: [{ ID: 2 }] }],
  ['Top(count=2)?$count=true&$top=1', 'Products', { '@odata.count': 2, value: [{ ID: 3 }] }],
  ['Top(count=2)?$filter=Price%20lt%2010', 'Products', { value: [{ ID: 2 }] }],
  ['Top(count=2)?$orderby=Name%20desc', 'Products', { value: [{ ID: 2 }, { ID: 3 }] }],
  ['Top(count=2)(3)', 'Products/$entity', { ID: 3 }],
  ['Top(count=2)(3)/Category', 'Categories/$entity', { ID: 2 }],
  ['Top(count=2)/Shop.Book', 'Products/Shop.Book', { value: [{ ID: 3 }] }],
  ['Sum(values=[1,2])', 'Edm.Int32', { value: 3 }],
  ['Sum(values=@v)?@v=[4,5]', 'Edm.Int32', { value: 9 }],
  [`Move(address=@a,city='y')?@a=${address}`, 'Shop.Address', { Street: 'x', City: 'y' }],
  [`Move(address=@a,city=null)/Street?@a=${address}`, 'Edm.String', { value: 'x' }],
  ['Now', 'Edm.String', { value: 'string' }],
  ['Now()', 'Edm.String', { value: 'string' }],
  ['Products(1)/Shop.Discounted(percent=10)', 'Edm.Decimal', { value: 2.25 }],
  ['Products(1)/Discounted?percent=10', 'Edm.Decimal', { value: 2.25 }],
  ['Products(3)/Kind', 'Edm.String', { value: 'Shop.Product' }],
  ['Products(3)/Shop.Book/Kind', 'Edm.String', { value: 'Shop.Book' }],
  ['Products/MostExpensive', 'Products/$entity', { ID: 3 }],
  ['Categories(1)/Products/MostExpensive()', 'Products/$entity', { ID: 2 }],
  ['Products/$filter(Price%20lt%2010)/MostExpensive', 'Products/$entity', { ID: 2 }],
  ['Top(count=9)/MostExpensive', 'Products/$entity', { ID: 3 }],
  ['Products/MostExpensive/Category', 'Categories/$entity', { ID: 2 }],
  ['Products/MostExpensive/Kind', 'Edm.String', { value: 'Shop.Product' }],
  ['Products(1)/Name/Length', 'Edm.Int32', { value: 5 }],
];

const refused: readonly (readonly [url: string, status: number, reason: RegExp])[] = [
  ["Cheapest(colour='Blue')", 400, /colour/],
  ['Cheapest', 400, /No overload of 'Cheapest'/],
  ["Cheapest(colour='Red',more=1)", 400, /No overload/],
  ["Cheapest(colour='Red')/Name", 404, /'Name'/],
  ['Top?category=1', 400, /No overload/],
  ['Sum(values=1)', 400, /values/],
  ['Sum(values=[1,"x"])', 400, /values/],
  ['Sum(values=@v)', 400, /values/],
  ["Move(address='x',city=null)", 400, /address/],
  ['Move(address=@a,city=null)?@a={"Nothing":1,"Codes":"x"}', 400, /Codes/],
  ['Sum(values=[1])?$filter=true', 501, /\$filter/],
  ['Top(count=2)(1)/Name', 404, /'1'/],
  ['Products(9)/Shop.Discounted(percent=10)', 404, /'9'/],
  ['Orders(1)/Shop.Discounted(percent=10)', 404, /Discounted/],
];

describe('a function is called', () => {
  for (const [url, context, holds] of functions) {
    test(`by ${decodeURIComponent(url)}`, async () => {
      const reply = await get(url);
      assert.equal(reply.status, 200, reply.text);
      assert.equal(contextOf(reply), context);
      assert.partialDeepStrictEqual(reply.json, holds);
    });
  }

  for (const [url, status, reason] of refused) {
    test(`not by ${url}, which is answered with ${status}`, async () => {
      const reply = await get(url);
      assert.equal(reply.status, status, reply.text);
      assert.match(reply.json.error.message, reason);
    });
  }

  test('that gives nothing is answered with 204', async () => {
    assert.equal((await get('Silent')).status, 204);
  });

  test('and what of its result is counted is text', async () => {
    const reply = await get('Top(count=2)/$count');
    assert.deepEqual([reply.status, reply.text], [200, '2']);
  });

  test('with POST is refused with the methods that it has', async () => {
    const reply = await post('Now', {});
    assert.equal(reply.status, 405);
    assert.equal(reply.headers.allow, 'GET, HEAD, OPTIONS');
  });

  test('whose behaviour gives what is not of its type is an error of the server', async () => {
    const reply = await get('Wrong');
    assert.equal(reply.status, 500);
    assert.ok(!reply.text.includes('no number'));
    for (let tries = 0; shop.log() === '' && tries < 50; tries++) await sleep(20);
    assert.match(shop.log(), /not of its type/);
  });
});

describe('an action is called', () => {
  test('and gives the entity that it has changed', async () => {
    const body = { name: 'Brot', tags: ['warm'], origin: { City: 'Bonn', Codes: [] } };
    const reply = await post('Products(1)/Shop.Rename', body);
    assert.equal(reply.status, 200, reply.text);
    assert.equal(contextOf(reply), 'Products/$entity');
    assert.partialDeepStrictEqual(reply.json, { ID: 1, Name: 'Brot', Tags: ['warm'] });
    const read = await get('Products(1)');
    assert.partialDeepStrictEqual(read.json, { Name: 'Brot', Origin: { City: 'Bonn' } });
  });

  test('and gives nothing where no more is wanted', async () => {
    const reply = await shop.request('/v1.0/Products(1)/Rename', {
      ...{ method: 'POST', body: { name: 'Loaf' } },
      headers: { Prefer: 'return=minimal' },
    });
    assert.deepEqual([reply.status, reply.text], [204, '']);
    assert.equal(reply.headers['preference-applied'], 'return=minimal');
    assert.equal((await get('Products(1)')).json.Name, 'Loaf');
  });

  test('on a collection, without its namespace', async () => {
    const before = (await get('Products(2)')).json.Price;
    const reply = await post('Products/Raise', { by: 1.5 });
    assert.deepEqual([reply.status, reply.json.value], [200, 3]);
    assert.equal((await get('Products(2)')).json.Price, before + 1.5);
  });

  test('and what it refuses after writing has changed nothing', async () => {
    const before = (await get('Products(2)')).json.Price;
    const reply = await post('Products/Raise', { by: 5_000 });
    assert.equal(reply.status, 409);
    assert.equal(reply.json.error.message, 'That is too much.');
    assert.equal((await get('Products(2)')).json.Price, before);
  });

  test('for a version of what it is bound to', async () => {
    const send = (version: string) =>
      shop.request('/v1.0/Products(3)/Shop.Rename', {
        ...{ method: 'POST', body: { name: 'Tea' } },
        headers: { 'If-Match': version },
      });
    assertError(await send('W/"99"'), 412);
    const { headers } = await get('Products(3)');
    assert.equal((await send(String(headers.etag))).status, 200);
  });

  test('without a body where it needs none, and gives 204', async () => {
    const reply = await post('Tidy');
    assert.equal(reply.status, 204, reply.text);
    assert.equal((await get("Countries('NO')")).json.Name, 'Norway');
  });

  test('in an atomic group of a batch, and is undone with it', async () => {
    const headers = { 'Content-Type': 'application/json' };
    const rename = (id: string, url: string) => {
      return { id, method: 'POST', url, atomicityGroup: 'g', headers, body: { name: 'grouped' } };
    };
    const send = (requests: readonly object[]) => post('$batch', { requests });
    const bad = await send([
      rename('1', '/Products(2)/Rename'),
      rename('2', '/Products(9)/Rename'),
    ]);
    assert.deepEqual(
      bad.json.responses.map(({ status }: Reply) => status),
      [424, 404],
    );
    assert.notEqual((await get('Products(2)')).json.Name, 'grouped');
    const good = await send([rename('1', '/Products(2)/Rename')]);
    assert.equal(good.json.responses[0].status, 200, good.text);
    assert.equal((await get('Products(2)')).json.Name, 'grouped');
  });

  test('by what its body says, where there are several of its name', async () => {
    assert.equal((await post('Note', { text: 'a' })).json.value, 'a');
    assert.equal((await post('Note', { text: 'a', copies: 3 })).json.value, 'aaa');
    assertError(await post('Note', { copies: 3 }), 400);
    assertError(await post('Note', { text: 'a', more: 1 }), 400);
  });

  test('without a behaviour is refused with 501', async () => {
    const reply = await post('Undone', {});
    assert.equal(reply.status, 501);
    assert.equal(reply.json.error.target, 'Shop.Undone');
  });

  test('with GET is refused with the methods that it has', async () => {
    const reply = await get('Products(1)/Rename');
    assert.equal(reply.status, 405);
    assert.equal(reply.headers.allow, 'POST, OPTIONS');
  });

  const bodies: readonly (readonly [body: unknown, target: string])[] = [
    [{}, 'name'],
    [undefined, 'name'],
    [{ name: null }, 'name'],
    [{ name: 1 }, 'name'],
    [{ name: 'x', more: 1 }, 'more'],
    [{ name: 'x', tags: [1] }, 'tags'],
    [{ name: 'x', tags: 'y' }, 'tags'],
    [{ name: 'x', origin: { City: 'x', '@odata.type': '#Shop.FlatAddress' } }, 'origin/Floor'],
    [{ name: 'x', origin: { Floor: 1.5, '@odata.type': '#Shop.FlatAddress' } }, 'origin/Floor'],
  ];
  for (const [body, target] of bodies) {
    test(`with ${JSON.stringify(body)} is refused because of ${target}`, async () => {
      const reply = await post('Products(1)/Rename', body);
      assert.equal(reply.status, 400, reply.text);
      assert.equal(reply.json.error.target, target);
    });
  }
});

describe('a module of behaviours', () => {
  const start = (behaviour: string) =>
    runKith([
      ...['--port', '0', '--data-dir', `${shop.dataDir}/other`, '--behaviour', behaviour],
      ...['--model', `${import.meta.dirname}/shop/shop.csdl.xml`, '--anonymous'],
    ]);

  test('that is not there ends the start with a sentence', async () => {
    const { code, stderr } = await start('/nowhere/behaviours.ts');
    assert.equal(code, 2);
    assert.match(stderr, /^kith: The behaviours in \/nowhere\/behaviours\.ts cannot be used\./);
  });

  test('without operations ends the start with a sentence', async () => {
    const { code, stderr } = await start(`${import.meta.dirname}/scratch-folder.ts`);
    assert.equal(code, 2);
    assert.match(stderr, /a record named 'operations'/);
  });
});

test('an action is called for each member of a collection, for all or for none', async () => {
  const price = async (id: number) => (await get(`Products(${id})/Price`)).json.value;
  const nameOf = async (id: number) => (await get(`Products(${id})/Name`)).json.value;
  const [before, dear] = [[await price(1), await price(2), await price(3)], await nameOf(3)];
  const renamed = await post('Products/$filter(Price%20lt%2010)/$each/Shop.Rename', {
    name: 'Same',
  });
  assert.equal(renamed.status, 200, renamed.text);
  assert.equal(contextOf(renamed), 'Products');
  assert.deepEqual(
    renamed.json.value.map(({ Name }: { Name: string }) => Name),
    ['Same', 'Same'],
  );
  assert.equal(await nameOf(3), dear);
  const silent = await shop.request('/v1.0/Categories(1)/Products/$each/Rename', {
    ...{ method: 'POST', body: { name: 'Still' }, headers: { Prefer: 'return=minimal' } },
  });
  assert.deepEqual([silent.status, silent.text], [204, '']);
  assert.equal(await nameOf(2), 'Still');
  assert.deepEqual([await price(1), await price(2), await price(3)], before);
  assertError(await post('Products/$each/Shop.Rename', {}), 400);
  assertError(await get('Products/$each/Shop.Rename'), 405);
  for (const path of ['Shop.Nothing', 'Name', 'Shop.Discounted(percent=1)', 'Shop.Raise']) {
    assertError(await post(`Products/$each/${path}`, {}), 404);
  }
  await post('Products(1)/Shop.Rename', { name: 'Bread' });
  await post('Products(2)/Shop.Rename', { name: 'Tea' });
});
