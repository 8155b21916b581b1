import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { openShop } from './shop/open-shop.ts';

const shop = await openShop();
after(() => shop.close());

const none = { Accept: 'application/json;odata.metadata=none' };

function get(url: string, headers: Readonly<Record<string, string>> = {}) {
  return shop.request(`/v1.0/${encodeURI(url)}`, { headers });
}

/** A path, and the fragment of its context URL. */
const contexts: readonly (readonly [string, string])[] = [
  ['Products', 'Products'],
  ['Products(1)', 'Products/$entity'],
  ['Products(3)', 'Products/Shop.Book/$entity'],
  ['Products/Shop.Book', 'Products/Shop.Book'],
  ['Products(3)/Shop.Book', 'Products/Shop.Book/$entity'],
  ['Products?$select=Name,Origin/City', 'Products(Name,Origin/City)'],
  ['Products?$select=*', 'Products(*)'],
  ['Products?$select=Name,Shop.Book/Pages', 'Products(Name,Shop.Book/Pages)'],
  ['Products(1)?$expand=Category', 'Products(Category())/$entity'],
  ['Products?$select=Name&$expand=Category($select=Name)', 'Products(Name,Category(Name))'],
  ['Categories(1)/Products', 'Products'],
  ['Products(1)/Category', 'Categories/$entity'],
  ['Orders(1)/Notes', 'Orders(1)/Notes'],
  ['Products(1)/Name', 'Products(1)/Name'],
  ['Products(1)/Tags', 'Products(1)/Tags'],
  ['Products(1)/Origin', 'Products(1)/Origin'],
  ['Products(1)/Origin/City', 'Products(1)/Origin/City'],
  ['Products(1)/Origin?$select=City', 'Products(1)/Origin(City)'],
  ['Products(2)/Origin/Shop.FlatAddress/Floor', 'Products(2)/Origin/Shop.FlatAddress/Floor'],
  ['Products(1)/Category/$ref', '$ref'],
  ['Categories(1)/Products/$ref', 'Collection($ref)'],
];

for (const [path, fragment] of contexts) {
  test(`the context URL of ${path} ends with #${fragment}`, async () => {
    const { json, status, text } = await get(path);
    assert.equal(status, 200, text);
    assert.equal(json['@odata.context'], `${shop.origin}/v1.0/$metadata#${fragment}`);
  });
}

/** A path, and what is shown there without metadata. */
const bodies: readonly (readonly [string, unknown])[] = [
  ['Products(1)?$select=Name,Season', { ID: 1, Name: 'Bread', Season: 'all' }],
  ['Products(1)?$select=Origin/City,Name', { ID: 1, Name: 'Bread', Origin: { City: 'Lyon' } }],
  ['Products(1)?$select=Origin($select=City)', { ID: 1, Origin: { City: 'Lyon' } }],
  [
    "Products(1)?$select=Origin($select=City,Loud;$compute=concat(City,'!') as Loud)",
    { ID: 1, Origin: { City: 'Lyon', Loud: 'Lyon!' } },
  ],
  [
    "Products(1)?$select=Tags($filter=$this ne 'daily';$count=true)",
    { 'Tags@odata.count': 1, ID: 1, Tags: ['fresh'] },
  ],
  ['Products(1)?$select=Tags($orderby=$this;$top=1)', { ID: 1, Tags: ['daily'] }],
  ['Products(1)?$select=Origin($select=Codes($skip=1))', { ID: 1, Origin: { Codes: [2] } }],
  [
    'Products(1)?$compute=Price mul 2 as Twice,length(Name) as Size&$select=Twice,Size',
    { ID: 1, Twice: 5, Size: 5 },
  ],
  [
    'Products?$compute=Price add 0.5 as More&$select=ID,More&$orderby=More desc&$top=2',
    {
      value: [
        { ID: 3, More: 12.5 },
        { ID: 2, More: 8.5 },
      ],
    },
  ],
  [
    'Products(1)?$compute=Category/Name as Kind,concat(Name,Kind) as Both&$select=Kind,Both',
    { ID: 1, Kind: 'Food', Both: 'BreadFood' },
  ],
  [
    'Products?$compute=Category/Products/$count as All&$select=ID,All&$filter=All gt 1',
    {
      value: [
        { ID: 1, All: 2 },
        { ID: 2, All: 2 },
      ],
    },
  ],
  [
    'Categories(1)?$compute=Products/any(p:p/Price gt 3) as Dear&$select=Dear',
    { ID: 1, Dear: true },
  ],
  [
    'Categories?$select=ID&$expand=Products($compute=Price sub 1 as Less;$select=Less)',
    {
      value: [
        {
          ID: 1,
          Products: [
            { ID: 1, Less: 1.5 },
            { ID: 2, Less: 7 },
          ],
        },
        { ID: 2, Products: [{ ID: 3, Less: 11 }] },
      ],
    },
  ],
  [
    'Products(1)?$select=ID&$expand=Category($expand=Products($filter=Price gt $it/Price;$select=ID))',
    { ID: 1, Category: { ID: 1, Name: 'Food', Products: [{ ID: 2 }] } },
  ],
  [
    'Categories?$select=ID&$expand=Products($filter=$it/ID eq 2 and Name ne $it/Name;$select=ID)',
    {
      value: [
        { ID: 1, Products: [] },
        { ID: 2, Products: [{ ID: 3 }] },
      ],
    },
  ],
  [
    'Categories(1)?$select=ID&$expand=Products($filter=Price gt 3;$select=Name;$count=true)',
    { ID: 1, 'Products@odata.count': 1, Products: [{ ID: 2, Name: 'Tea' }] },
  ],
  [
    'Categories?$select=ID&$expand=Products/$count($filter=Price gt 3)',
    {
      value: [
        { ID: 1, 'Products@odata.count': 1 },
        { ID: 2, 'Products@odata.count': 1 },
      ],
    },
  ],
  [
    'Categories?$select=ID&$expand=Products/Shop.Book($select=Pages)',
    {
      value: [
        { ID: 1, Products: [] },
        { ID: 2, Products: [{ ID: 3, Pages: 400 }] },
      ],
    },
  ],
  [
    'Products(1)?$select=ID&$expand=Category($select=Name;$expand=Products($select=ID;$skip=1))',
    { ID: 1, Category: { ID: 1, Name: 'Food', Products: [{ ID: 2 }] } },
  ],
  [
    'Orders(2)?$expand=*',
    { ID: 2, Details: [{ OrderID: 2, ProductID: 2, Quantity: 9 }], Notes: [] },
  ],
  [
    'Products(2)?$compute=Tags as T,Origin as O,Season as S&$select=T,O,S',
    { ID: 2, T: [], O: { Street: null, City: 'Oslo', Codes: [], Floor: 3 }, S: null },
  ],
  ['Products(2)/Origin?$select=City', { City: 'Oslo' }],
  [
    'Products(1)/Tags?$orderby=$this desc&$count=true',
    { '@odata.count': 2, value: ['fresh', 'daily'] },
  ],
  ['Products(1)/Origin/Codes?$filter=$this gt 1', { value: [2] }],
  ['Products(2)/Origin/Shop.FlatAddress/Floor', { value: 3 }],
  ['Products(1)/Price', { value: 2.5 }],
];

for (const [path, expected] of bodies) {
  test(`${path} shows ${JSON.stringify(expected)}`, async () => {
    const { json, status, text } = await get(path, none);
    assert.equal(status, 200, text);
    assert.deepEqual(json, expected);
  });
}

/** A path that answers with text, and the text. */
const texts: readonly (readonly [string, string])[] = [
  ['Products(1)/Tags/$count', '2'],
  ["Products(1)/Tags/$count?$filter=$this eq 'fresh'", '1'],
  ['Products(1)/Price/$value', '2.5'],
  ['Products(1)/Colour/$value', 'Red'],
  ['Products(1)/Origin/City/$value', 'Lyon'],
];

for (const [path, expected] of texts) {
  test(`${path} is the text ${expected}`, async () => {
    const reply = await get(path);
    assert.deepEqual(
      [reply.text, reply.headers['content-type']],
      [expected, 'text/plain;charset=utf-8'],
    );
  });
}

const statuses: readonly (readonly [string, number])[] = [
  ['Products(3)/Origin', 204],
  ['Products(3)/Colour/$value', 204],
  ['Products(1)/Origin/Shop.FlatAddress/Floor', 404],
  ['Products(1)/Name?$filter=true', 400],
  ['Products(1)/Name?$select=x', 400],
  ['Products(1)/Tags?$filter=nothing eq 1', 400],
  ['Products(1)/Tags?$search=x', 501],
  ['Products(1)/Tags?$skiptoken=x', 400],
  ['Products(9)/$ref', 404],
  ['Categories(9)/Products/$ref', 404],
];

for (const [path, status] of statuses) {
  test(`${path} is ${status}`, async () => {
    const reply = await get(path);
    assert.equal(reply.status, status, reply.text);
  });
}

describe('control information of another service', () => {
  test('keys of any type stand in ids', async () => {
    const accept = { Accept: 'application/json;odata.metadata=full' };
    const ids = [
      ['OrderDetails', 'OrderDetails(OrderID=1,ProductID=1)'],
      ['Holidays', 'Holidays(2026-12-25)'],
      ['Members', "Members('O''Neil%2Fx')"],
      ['Products', 'Products(1)'],
    ] as const;
    for (const [set, id] of ids) {
      const { json } = await get(set, accept);
      const written = json.value[0]['@odata.id'];
      assert.equal(written, `${shop.origin}/v1.0/${id}`);
      const again = await shop.request(written.slice(shop.origin.length));
      assert.equal(again.status, 200, again.text);
    }
  });

  test('types that JSON does not tell are named, and operations that are bound', async () => {
    const { json } = await get('Products(2)', { Accept: 'application/json;odata.metadata=full' });
    assert.equal(json['Price@odata.type'], '#Decimal');
    assert.equal(json['Colour@odata.type'], '#Shop.Colour');
    assert.equal(json.Origin['@odata.type'], '#Shop.FlatAddress');
    assert.equal(json['Picture@odata.mediaReadLink'], `${json['@odata.id']}/Picture`);
    assert.deepEqual(json['#Shop.Rename'], {
      title: 'Rename',
      target: `${json['@odata.id']}/Shop.Rename`,
    });
    assert.equal('#Shop.Raise' in json, false);
  });

  test('decimals are strings where the client asks for that', async () => {
    const accept = { Accept: 'application/json;IEEE754Compatible=true' };
    assert.equal((await get('Products(1)', accept)).json.Price, '2.5');
    assert.equal((await get('Products(1)/Price', accept)).json.value, '2.5');
  });

  test('counts are strings then too', async () => {
    const accept = { Accept: 'application/json;IEEE754Compatible=true' };
    const all = await get('Products?$count=true&$top=1', accept);
    const [first] = (await get('Categories?$expand=Products($count=true)', accept)).json.value;
    assert.match(all.text, /"@odata.count":"\d+"/);
    assert.equal(first['Products@odata.count'], String(first.Products.length));
  });

  test('the edit link stands beside the id, and a stream only where it is selected', async () => {
    const full = { Accept: 'application/json;odata.metadata=full' };
    const { json } = await get('Products(2)', full);
    assert.equal(json['@odata.editLink'], json['@odata.id']);
    const { text } = await get('Products(2)?$select=Name', full);
    assert.doesNotMatch(text, /Picture/);
  });
});
