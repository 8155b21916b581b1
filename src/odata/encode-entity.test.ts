import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileModel } from '#model/compile.ts';
import type { EntityType, PropertyType } from '#model/model.ts';
import { findPrimitive } from '#model/model-primitives.ts';
import { complexType, entityType, enumType, many, one, toMany, toOne } from '#model/schema.ts';
import type { Answer } from '#plan/answer.ts';
import type { Document } from '#plan/document.ts';
import {
  type EncodeOptions,
  encodeCollection,
  encodeEntity,
  memberStart,
} from './encode-entity.ts';
import { encodeProperty, encodeRaw } from './encode-property.ts';
import { defaultFormat, defaultMedia, type JsonFormat, jsonFormat } from './json-format.ts';

const namespace = 'shop';
const model = compileModel(
  [
    enumType('colour', ['red', 'blue'], { namespace }),
    complexType('size', { namespace, properties: { price: one('Edm.Decimal') } }),
    complexType('bigSize', {
      namespace,
      base: 'shop.size',
      properties: { weight: one('Edm.Int64'), made: one('Edm.Date') },
    }),
    entityType('thing', {
      namespace,
      key: ['id'],
      open: true,
      properties: {
        id: one('Edm.Int32', { nullable: false }),
        name: one('Edm.String'),
        price: one('Edm.Decimal'),
        big: one('Edm.Int64'),
        rate: one('Edm.Double'),
        guid: one('Edm.Guid'),
        colour: one('shop.colour', { initial: 'red' }),
        tags: many('Edm.String'),
        size: one('shop.size'),
        picture: one('Edm.Stream'),
      },
      navigation: {
        maker: toOne('shop.thing', { relation: 'maker' }),
        parts: toMany('shop.thing', { relation: 'parts' }),
      },
    }),
    entityType('photo', { namespace, base: 'shop.thing', hasStream: true }),
  ],
  {},
  'store',
);
const thing = model.types.get('shop.thing') as EntityType;
const photo = model.types.get('shop.photo') as EntityType;

const serviceRoot = 'http://x/v1.0';
const base: EncodeOptions = {
  serviceRoot,
  model,
  annotated: false,
  format: defaultFormat,
  linkTo: ({ path }) => `${serviceRoot}/${path}?next`,
  etagOf: ({ version }) => `W/"${version}"`,
};

function options(given: Partial<JsonFormat>): EncodeOptions {
  const { version = '4.0', omits } = given;
  const format = jsonFormat({ ...defaultMedia, ...given }, { version, omits });
  return { ...base, format };
}

function answer(members: Document, rest: Partial<Answer> = {}): Answer {
  const names = Object.keys(members);
  return {
    type: thing,
    actualType: thing,
    version: 3,
    path: 'things(1)',
    context: 'things/$entity',
    content: { kind: 'members', members, names },
    expanded: [],
    ...rest,
  };
}

function shown(members: Document, given: Partial<JsonFormat>, rest: Partial<Answer> = {}): object {
  return JSON.parse(String(encodeEntity(answer(members, rest), options(given))));
}

test('an entity has its context and tag, and no more, with minimal metadata', () => {
  assert.deepEqual(shown({ id: 1, tags: ['a'], size: { '@odata.type': 'shop.size' } }, {}), {
    '@odata.context': 'http://x/v1.0/$metadata#things/$entity',
    '@odata.etag': 'W/"3"',
    id: 1,
    tags: ['a'],
    size: {},
  });
});

test('what is of a derived type says so', () => {
  const size = { '@odata.type': 'shop.bigSize', price: 1 };
  const members = shown({ size }, {}, { actualType: photo }) as Record<string, unknown>;
  assert.equal(members['@odata.type'], '#shop.photo');
  assert.deepEqual(members.size, { '@odata.type': '#shop.bigSize', price: 1 });
});

test('without metadata nothing is said but what is counted', () => {
  const size = { '@odata.type': 'shop.bigSize', price: 1 };
  assert.deepEqual(shown({ id: 1, size }, { metadata: 'none' }, { actualType: photo }), {
    id: 1,
    size: { price: 1 },
  });
  const page = { context: 'things', members: [answer({ id: 1 })], count: 7, next: undefined };
  const text = encodeCollection(page, options({ metadata: 'none' }), 'http://x/next');
  assert.equal(text, '{"@odata.count":7,"@odata.nextLink":"http://x/next","value":[{"id":1}]}');
});

test('a page that comes as one text is sent as it is, behind what is said of the whole', () => {
  const text = Buffer.from('{"id":1,"name":"é"},{"id":2}');
  const page = { context: 'things', members: [], text, count: 2, next: undefined };
  assert.equal(
    String(encodeCollection(page, base, 'http://x/next')),
    '{"@odata.context":"http://x/v1.0/$metadata#things","@odata.count":2,' +
      '"@odata.nextLink":"http://x/next","value":[{"id":1,"name":"é"},{"id":2}]}',
  );
  assert.deepEqual(memberStart(defaultFormat, true), {
    before: '{"@odata.etag":"W/\\"',
    behind: '\\"",',
  });
  assert.equal(memberStart(defaultFormat, false), 'bare');
  assert.equal(memberStart(options({ metadata: 'none' }).format, true), undefined);
});

test('digits are kept: as numbers, or as strings where the client asks for them', () => {
  const members = {
    price: '0.1000000000000000000000000001',
    big: '9007199254740993',
    rate: 'INF',
    size: { '@odata.type': 'shop.bigSize', price: 1.5, weight: '-9223372036854775808' },
  };
  const exact = String(encodeEntity(answer(members), options({})));
  assert.match(exact, /"price":0\.1000000000000000000000000001,"big":9007199254740993,/);
  assert.match(exact, /"rate":"INF".*"price":1\.5,"weight":-9223372036854775808\}/);
  const strings = String(encodeEntity(answer(members), options({ isIeee754Compatible: true })));
  assert.match(strings, /"price":"0\.1000000000000000000000000001","big":"9007199254740993",/);
  assert.match(strings, /"price":"1\.5","weight":"-9223372036854775808"\}/);
});

test('full metadata names types that JSON does not tell, and all links', () => {
  const guid = '3f2504e0-4f89-11d3-9a0c-0305e82c3301';
  const members = {
    id: 1,
    name: 'a',
    price: 2,
    rate: 2,
    guid,
    colour: 'red',
    tags: [],
    size: { '@odata.type': 'shop.bigSize', made: '2026-01-01' },
    big: null,
  };
  const url = 'http://x/v1.0/things(1)';
  assert.deepEqual(shown(members, { metadata: 'full' }), {
    '@odata.context': 'http://x/v1.0/$metadata#things/$entity',
    '@odata.etag': 'W/"3"',
    '@odata.type': '#shop.thing',
    '@odata.id': url,
    '@odata.editLink': url,
    'picture@odata.mediaEditLink': `${url}/picture`,
    'picture@odata.mediaReadLink': `${url}/picture`,
    id: 1,
    name: 'a',
    'price@odata.type': '#Decimal',
    price: 2,
    'rate@odata.type': '#Double',
    rate: 2,
    'guid@odata.type': '#Guid',
    guid,
    'colour@odata.type': '#shop.colour',
    colour: 'red',
    'tags@odata.type': '#Collection(String)',
    tags: [],
    size: {
      '@odata.type': '#shop.bigSize',
      'made@odata.type': '#Date',
      made: '2026-01-01',
    },
    big: null,
    'maker@odata.associationLink': `${url}/maker/$ref`,
    'maker@odata.navigationLink': `${url}/maker`,
    'parts@odata.associationLink': `${url}/parts/$ref`,
    'parts@odata.navigationLink': `${url}/parts`,
  });
});

test('media are described by what is known of them', () => {
  const picture = { blob: 'AbC', contentType: 'image/png', length: 9 };
  const media = new Map([
    ['', picture],
    ['picture', { ...picture, blob: 'D' }],
  ]);
  const known = shown({ id: 1 }, {}, { actualType: photo, media }) as Record<string, unknown>;
  assert.equal(known['@odata.mediaContentType'], 'image/png');
  assert.equal(known['@odata.mediaEtag'], '"AbC"');
  assert.equal(known['picture@odata.mediaEtag'], '"D"');
  assert.equal('@odata.mediaReadLink' in known, false);
  const full = shown({ id: 1 }, { metadata: 'full' }, { actualType: photo }) as typeof known;
  assert.equal(full['@odata.mediaReadLink'], 'http://x/v1.0/things(1)/$value');
});

test('4.01 leaves out the prefix of control information, and the # of built-in types', () => {
  const members = { guid: 'x', 'tags@odata.count': 4, tags: [] };
  const written = shown(members, { version: '4.01', metadata: 'full' }, { links: [] });
  assert.deepEqual(written, {
    '@context': 'http://x/v1.0/$metadata#things/$entity',
    '@etag': 'W/"3"',
    '@type': '#shop.thing',
    '@id': 'http://x/v1.0/things(1)',
    '@editLink': 'http://x/v1.0/things(1)',
    'guid@type': 'Guid',
    guid: 'x',
    'tags@count': 4,
    'tags@type': 'Collection(String)',
    tags: [],
  });
});

test('nulls or defaults are left out where the client prefers it, in nested values too', () => {
  const size = { '@odata.type': 'shop.size', price: null };
  const members = { name: null, colour: null, tags: [], size };
  const rest = { metadata: 'none' } as const;
  assert.deepEqual(shown(members, { ...rest, omits: 'nulls' }), { tags: [], size: {} });
  assert.deepEqual(shown(members, { ...rest, omits: 'defaults' }), {
    colour: null,
    tags: [],
    size: {},
  });
  assert.deepEqual(shown({ colour: 'red' }, { ...rest, omits: 'defaults' }), {});
});

test('what the type does not declare is shown, and its type where JSON does not tell it', () => {
  const members = { id: 1, extra: [1, { a: true }], sum: '2026-01-01' };
  const computed = new Map<string, PropertyType>([['sum', findPrimitive('Edm.Date')!]]);
  const content = { kind: 'members', members, names: Object.keys(members), computed } as const;
  const written = shown({}, {}, { content }) as Record<string, unknown>;
  assert.deepEqual(written.extra, [1, { a: true }]);
  assert.equal(written['sum@odata.type'], '#Date');
});

test('stored text is sent as it is in the usual format, and written anew in any other', () => {
  const content = { kind: 'text', text: '{"id":1,"name":null}' } as const;
  const head = '{"@odata.context":"http://x/v1.0/$metadata#things/$entity","@odata.etag":';
  assert.equal(
    encodeEntity(answer({}, { content }), base),
    `${head}"W/\\"3\\"","id":1,"name":null}`,
  );
  assert.deepEqual(shown({}, { metadata: 'none', omits: 'nulls' }, { content }), { id: 1 });
  const empty = answer({}, { content: { kind: 'text', text: '{}' } });
  assert.equal(encodeEntity(empty, base), `${head}"W/\\"3\\""}`);
});

test('what is expanded stands behind its count, references in place of entities', () => {
  const [maker, parts] = ['maker', 'parts'].map((name) => thing.navigation.get(name)!);
  const expanded = [
    { kind: 'entities', navigation: maker!, count: undefined, value: undefined },
    { kind: 'references', navigation: parts!, count: 2, value: [{ path: "things('é b')" }] },
  ] as const;
  assert.deepEqual(shown({ id: 1 }, { metadata: 'none' }, { expanded }), {
    id: 1,
    maker: null,
    'parts@odata.count': 2,
    parts: [{ '@odata.id': "http://x/v1.0/things('%C3%A9%20b')" }],
  });
  const counted = [{ kind: 'count', navigation: parts!, count: 2 }] as const;
  assert.deepEqual(shown({}, { metadata: 'none' }, { expanded: counted }), {
    'parts@odata.count': 2,
  });
});

test('a navigation of a complex value is shown inside it, and nowhere where that is null', () => {
  const navigation = thing.navigation.get('maker')!;
  const inside = answer({ id: 2 });
  const expanded = [
    { kind: 'entities', navigation, within: ['size'], count: undefined, value: inside },
  ] as const;
  const size = { '@odata.type': 'shop.size' };
  assert.deepEqual(shown({ size }, { metadata: 'none' }, { expanded }), {
    size: { maker: { id: 2 } },
  });
  assert.deepEqual(shown({ size: null }, { metadata: 'none' }, { expanded }), { size: null });
});

test('a property is an object where it is complex, and under `value` where it is not', () => {
  const context = 'things(1)/x';
  const { type } = thing.properties.get('size')!;
  const value = { '@odata.type': 'shop.size', price: 1 };
  assert.equal(
    encodeProperty({ context, type, value }, base),
    '{"@odata.context":"http://x/v1.0/$metadata#things(1)/x","price":1}',
  );
  const none = options({ metadata: 'none' });
  assert.equal(encodeProperty({ context, type, value: {} }, none), '{}');
  assert.equal(
    encodeProperty({ context, type, value: [value], count: 3 }, none),
    '{"@odata.count":3,"value":[{"price":1}]}',
  );
  const decimal = thing.properties.get('price')!.type;
  assert.equal(encodeProperty({ context, type: decimal, value: '1.10' }, none), '{"value":1.10}');
});

test('a raw value is bytes where it is binary, and text where it is not', () => {
  const binary = { type: findPrimitive('Edm.Binary')! };
  assert.deepEqual(encodeRaw(binary, '_-8='), {
    contentType: 'application/octet-stream',
    body: Buffer.from([255, 239]),
  });
  assert.equal(encodeRaw({ type: findPrimitive('Edm.Boolean')! }, true).body, 'true');
});

test('a text that is kept in bytes is sent as the same text is', () => {
  const text = '{"id":"1","name":"Zoë 😀"}';
  const inBytes = answer({}, { content: { kind: 'bytes', bytes: Buffer.from(text) } });
  const inText = answer({}, { content: { kind: 'text', text } });
  for (const given of [{}, { metadata: 'full' }, { metadata: 'none' }] as const) {
    const sent = encodeEntity(inBytes, options(given));
    assert.equal(String(sent), encodeEntity(inText, options(given)));
  }
});
