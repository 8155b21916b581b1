import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Fidelity } from '#plan/request.ts';
import { parseJsonBatch } from './parse-json-batch.ts';

const get = (id: string, more: object = {}) => ({ id, method: 'GET', url: '/me', ...more });
const parse = (requests: readonly unknown[], fidelity: Fidelity = 'graph') =>
  parseJsonBatch({ requests }, fidelity);
const body = (value: unknown, type?: string) =>
  get('1', { body: value, ...(type === undefined ? {} : { headers: { 'content-TYPE': type } }) });

const PAYLOAD = /^Invalid batch payload format\.$/;
const SHAPE = /^Batch should be either fully sequential or fully parallel\.$/;

const malformed: readonly { name: string; value: unknown; target: string }[] = [
  { name: 'null', value: null, target: 'requests' },
  { name: 'a text', value: 'x', target: 'requests' },
  { name: 'an array', value: [get('1')], target: 'requests' },
  { name: 'without requests', value: {}, target: 'requests' },
  { name: 'with requests that are no array', value: { requests: {} }, target: 'requests' },
  { name: 'with no request', value: { requests: [] }, target: 'requests' },
  ...[null, 1, 'x', []].map((request) => ({
    name: `with the request ${JSON.stringify(request)}`,
    value: { requests: [request] },
    target: 'requests/0',
  })),
  ...(
    [
      ['id', undefined],
      ['id', ''],
      ['id', 1],
      ['method', null],
      ['method', 'G T'],
      ['method', {}],
      ['url', undefined],
      ['url', ''],
      ['url', ['/me']],
      ['headers', 'x'],
      ['headers', []],
      ['dependsOn', '1'],
      ['dependsOn', [1]],
      ['atomicityGroup', 7],
    ] as const
  ).map(([member, value]) => ({
    name: `with the ${member} ${JSON.stringify(value)}`,
    value: { requests: [get('1', { [member]: value })] },
    target: `requests/0/${member}`,
  })),
  {
    name: 'with a header that is an object',
    value: { requests: [get('1', { headers: { Prefer: {} } })] },
    target: 'requests/0/headers/Prefer',
  },
  {
    name: 'with bytes that are an object',
    value: { requests: [body({}, 'image/png')] },
    target: 'requests/0/body',
  },
  {
    name: 'with bytes that are not base64',
    value: { requests: [body('ä!', 'image/png')] },
    target: 'requests/0/body',
  },
  {
    name: 'with a group that has the name of a request',
    value: { requests: [get('a', { atomicityGroup: 'B' }), get('b')] },
    target: 'atomicityGroup',
  },
  {
    name: 'with a group that is torn apart',
    value: {
      requests: [get('1', { atomicityGroup: 'g' }), get('2'), get('3', { atomicityGroup: 'g' })],
    },
    target: 'atomicityGroup',
  },
];

const bodies: readonly [string, unknown, string, string | undefined][] = [
  ['JSON', { a: ['é', 1] }, 'application/json', '{"a":["é",1]}'],
  ['JSON of a subtype', [1], 'application/merge-patch+json; charset=utf-8', '[1]'],
  ['a text in JSON', 'x', 'application/json', '"x"'],
  ['false', false, 'application/json', 'false'],
  ['a text', 'é', 'text/plain', 'é'],
  ['base64', 'w6k/+w==', 'image/jpeg', 'é?\u{fffd}'],
  ['base64url', 'w6k_-w', 'application/octet-stream', 'é?\u{fffd}'],
  ['null', null, 'application/json', undefined],
];

const sequences: readonly { name: string; on: readonly (readonly string[])[]; why?: RegExp }[] = [
  { name: 'parallel', on: [[], [], []] },
  { name: 'sequential', on: [[], ['1'], ['2']] },
  { name: 'all on the first one', on: [[], ['1'], ['1']] },
  { name: 'the example of the documentation of 2022', on: [[], ['1'], [], ['3']], why: SHAPE },
  { name: 'partly parallel', on: [[], [], ['2']], why: SHAPE },
  { name: 'on two at once', on: [[], ['1'], ['1', '2']], why: SHAPE },
  { name: 'all on the second one', on: [[], [], ['2'], ['2']], why: SHAPE },
  { name: 'on a later one', on: [['2'], []], why: /^Invalid dependency for request Id 1/ },
  { name: 'on an unknown one', on: [[], ['9']], why: /^Invalid dependency for request Id 2/ },
  { name: 'on itself', on: [[], ['2']], why: /^Invalid dependency for request Id 2/ },
];

describe('JSON batches', () => {
  for (const { name, value, target } of malformed) {
    test(`a batch ${name} is refused, with the place`, () => {
      assert.throws(() => parseJsonBatch(value, 'graph'), {
        message: PAYLOAD,
        status: 400,
        target,
      });
    });
  }

  for (const [name, value, type, bytes] of bodies) {
    test(`a body may be ${name}`, () => {
      const [unit] = parse([body(value, type)]);
      assert.equal(unit!.items[0]!.body?.toString(), bytes);
    });
  }

  test('a body without its media type is refused, whatever the method', () => {
    const message = 'Write request id : 1 does not contain Content-Type header or body.';
    assert.throws(() => parse([body({})]), { message, code: 'BadRequest' });
  });

  test('ids are unique, in any case', () => {
    const message = 'Request Id aB has to be unique in a batch.';
    assert.throws(() => parse([get('Ab'), get('aB')]), { message, status: 400 });
  });

  test('a batch has at most 20 requests; to OData, a thousand', () => {
    const many = (count: number) => Array.from({ length: count }, (_, id) => get(`${id}`));
    assert.equal(parse(many(20)).length, 20);
    const message = 'Number of requests inside batch exceeds the limit.';
    assert.throws(() => parse(many(21)), { message });
    assert.throws(() => parse(many(21), 'pages'), { message });
    assert.equal(parse(many(1000), 'odata').length, 1000);
    assert.throws(() => parse(many(1001), 'odata'), { message });
  });

  test('methods are written in any case, headers too', () => {
    const [unit] = parse([get('1', { method: 'patch', headers: { ETag: 'x', 'X-N': 7 } })]);
    assert.equal(unit!.items[0]!.method, 'PATCH');
    assert.deepEqual(unit!.items[0]!.headers, { etag: 'x', 'x-n': '7' });
  });

  for (const { name, on, why } of sequences) {
    test(`dependencies ${name} are ${why ? 'refused' : 'taken'}`, () => {
      const requests = on.map((dependsOn, place) => get(`${place + 1}`, { dependsOn }));
      if (why) assert.throws(() => parse(requests), { message: why, status: 400 });
      else assert.equal(parse(requests).length, requests.length);
    });
  }

  test('to OData, requests depend on any that come before, and on groups', () => {
    const units = parse(
      [
        get('1'),
        get('2', { atomicityGroup: 'g', dependsOn: ['1'] }),
        get('3', { atomicityGroup: 'g', dependsOn: ['2'] }),
        get('4', { dependsOn: ['G', '1'] }),
        get('5', { url: '$3/manager' }),
      ],
      'odata',
    );
    assert.deepEqual(
      units.map(({ group, dependsOn }) => [group, dependsOn]),
      [
        [undefined, []],
        ['g', [0]],
        [undefined, [1, 0]],
        [undefined, [1]],
      ],
    );
  });

  test('a request in a group does not depend on that group', () => {
    const requests = [
      get('1', { atomicityGroup: 'g' }),
      get('2', { atomicityGroup: 'g', dependsOn: ['g'] }),
    ];
    assert.throws(() => parse(requests), /Invalid dependency for request Id 2/);
  });
});
