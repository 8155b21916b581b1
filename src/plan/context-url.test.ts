import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileModel } from '#model/compile.ts';
import type { ComplexType, EntityType } from '#model/model.ts';
import { complexType, entityType, many, one, toMany, toOne } from '#model/schema.ts';
import { type AnswerShape, formatContext } from './context-url.ts';
import type { CollectionQuery, Expansion, Selection } from './query.ts';

const namespace = 'shop';
const model = compileModel(
  [
    complexType('address', {
      namespace,
      properties: { city: one('Edm.String'), street: one('Edm.String') },
      navigation: { country: toOne('shop.order', { relation: 'country' }) },
    }),
    entityType('customer', {
      namespace,
      key: ['id'],
      properties: {
        id: one('Edm.String', { nullable: false }),
        name: one('Edm.String'),
        address: one('shop.address'),
        others: many('shop.address'),
      },
      navigation: {
        orders: toMany('shop.order', { relation: 'orders' }),
        friends: toMany('shop.customer', { relation: 'friends' }),
      },
    }),
    entityType('vip', { namespace, base: 'shop.customer', properties: { rank: one('Edm.Int32') } }),
    entityType('order', {
      namespace,
      key: ['id'],
      properties: { id: one('Edm.String', { nullable: false }), total: one('Edm.Decimal') },
    }),
  ],
  {},
  'store',
);
const customer = model.types.get('shop.customer') as EntityType;
const vip = model.types.get('shop.vip') as EntityType;
const order = model.types.get('shop.order') as EntityType;
const address = customer.properties.get('address')!.type as ComplexType;

const nothing: Selection = { properties: undefined, expand: [], compute: [] };

/** A selection of properties by name, of the customer if nothing else is said. */
function select(
  names: readonly string[],
  rest: Partial<Selection> = {},
  type: Pick<EntityType, 'properties'> = customer,
): Selection {
  const properties = names.map((name) => ({
    property: type.properties.get(name)!,
    inside: undefined,
  }));
  return { ...nothing, properties, ...rest };
}

function expansion(name: string, rest: Partial<Expansion> = {}): Expansion {
  const navigation = customer.navigation.get(name)!;
  const type = navigation.target;
  const query = {} as CollectionQuery;
  return { navigation, type, kind: 'entities', selection: nothing, query, levels: 1, ...rest };
}

const inside = {
  property: customer.properties.get('address')!,
  inside: select(['city'], {}, address),
};
const country: Expansion = {
  ...expansion('orders', { path: [{ kind: 'property', property: inside.property }] }),
  navigation: address.navigation.get('country')!,
};
const computed = { alias: 'sum', expression: { kind: 'not' } as never };

const cases: readonly (readonly [string, AnswerShape, string])[] = [
  ['a collection', { kind: 'collection', path: 'Customers' }, 'Customers'],
  ['an entity', { kind: 'entity', path: 'Customers' }, 'Customers/$entity'],
  ['a singleton', { kind: 'singleton', path: 'Owner' }, 'Owner'],
  [
    'a collection that is cast',
    { kind: 'collection', path: 'Customers', cast: vip },
    'Customers/shop.vip',
  ],
  [
    'a derived entity',
    { kind: 'entity', path: 'Customers', cast: vip },
    'Customers/shop.vip/$entity',
  ],
  [
    'what is contained',
    { kind: 'collection', path: "Orders(1)/Items('x')/Parts" },
    "Orders(1)/Items('x')/Parts",
  ],
  ['a contained entity', { kind: 'entity', path: 'Orders(1)/Items' }, 'Orders(1)/Items/$entity'],
  [
    'chosen properties',
    { kind: 'collection', path: 'Customers', selection: select(['id', 'name']) },
    'Customers(id,name)',
  ],
  [
    'chosen properties of an entity of a derived type',
    { kind: 'entity', path: 'Customers', cast: vip, selection: select(['id']) },
    'Customers/shop.vip(id)/$entity',
  ],
  [
    'everything by its star',
    {
      kind: 'collection',
      path: 'Customers',
      selection: select(['id', 'name'], { undeclared: 'all' }),
    },
    'Customers(*)',
  ],
  [
    'what is chosen inside a complex value',
    { kind: 'collection', path: 'Customers', selection: { ...nothing, properties: [inside] } },
    'Customers(address/city)',
  ],
  [
    'undeclared members and computed ones',
    {
      kind: 'entity',
      path: 'Customers',
      selection: select(['id'], { undeclared: ['nick'], compute: [computed] }),
    },
    'Customers(id,nick,sum)/$entity',
  ],
  [
    'a link that is selected',
    {
      kind: 'collection',
      path: 'Customers',
      selection: select(['id'], { links: [customer.navigation.get('orders')!] }),
    },
    'Customers(id,orders)',
  ],
  [
    'an expanded navigation',
    { kind: 'entity', path: 'Customers', selection: { ...nothing, expand: [expansion('orders')] } },
    'Customers(orders())/$entity',
  ],
  [
    'an expanded navigation with chosen members, beside chosen properties',
    {
      kind: 'collection',
      path: 'Customers',
      selection: select(['name'], {
        links: [customer.navigation.get('orders')!],
        expand: [expansion('orders', { selection: select(['id'], {}, order) })],
      }),
    },
    'Customers(name,orders(id))',
  ],
  [
    'a navigation that is followed again and again',
    {
      kind: 'collection',
      path: 'Customers',
      selection: { ...nothing, expand: [expansion('friends', { levels: 'max' })] },
    },
    'Customers(friends+())',
  ],
  [
    'a navigation that is cast',
    {
      kind: 'collection',
      path: 'Customers',
      selection: { ...nothing, expand: [expansion('friends', { type: vip })] },
    },
    'Customers(friends/shop.vip())',
  ],
  [
    'a navigation of a complex value',
    { kind: 'collection', path: 'Customers', selection: { ...nothing, expand: [country] } },
    'Customers(address/country())',
  ],
  [
    'references and numbers in place of entities',
    {
      kind: 'collection',
      path: 'Customers',
      selection: {
        ...nothing,
        expand: [
          expansion('orders', { kind: 'references' }),
          expansion('friends', { kind: 'count' }),
        ],
      },
    },
    'Customers(orders)',
  ],
  ['a reference', { kind: 'reference' }, '$ref'],
  ['references', { kind: 'references' }, 'Collection($ref)'],
  [
    'a property',
    { kind: 'property', path: "Customers('x')", steps: ['address', 'city'] },
    "Customers('x')/address/city",
  ],
  [
    'a complex property with chosen members',
    {
      kind: 'property',
      path: 'Customers(1)',
      steps: ['others'],
      selection: select(['city'], {}, address),
    },
    'Customers(1)/others(city)',
  ],
  [
    'changes',
    { kind: 'delta', path: 'Customers', selection: select(['id']) },
    'Customers(id)/$delta',
  ],
  ['a primitive result', { kind: 'value', type: 'Edm.Int32' }, 'Edm.Int32'],
  ['primitive results', { kind: 'values', type: 'Edm.String' }, 'Collection(Edm.String)'],
  [
    'complex results with chosen members',
    { kind: 'values', type: 'shop.address', selection: select(['city'], {}, address) },
    'Collection(shop.address)(city)',
  ],
];

for (const [what, shape, fragment] of cases) {
  test(`the context URL of ${what} ends with #${fragment}`, () => {
    assert.equal(formatContext(shape), fragment);
  });
}
