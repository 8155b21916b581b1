import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { BatchItem } from './batch-item.ts';
import { type Referables, referredId, remember, resolveReferences } from './resolve-references.ts';

const item = (url: string, more: Partial<BatchItem> = {}): BatchItem => ({
  id: 'new',
  method: 'POST',
  url,
  headers: {},
  body: undefined,
  ...more,
});
const LOCATION = "https://localhost/v1.0/users('7')";
const known: Referables = new Map([
  ['1', { url: LOCATION, etag: 'W/"3"' }],
  ['b2', { url: '/me/photo', etag: undefined }],
]);

const urls: readonly [string, string][] = [
  ['$1', LOCATION],
  ['/$1', LOCATION],
  ['$1/contacts?$top=1', `${LOCATION}/contacts?$top=1`],
  ['$1?$select=id', `${LOCATION}?$select=id`],
  ['$B2/$value', '/me/photo/$value'],
  ['$9/contacts', '$9/contacts'],
  ['/users/$1', '/users/$1'],
  ['$metadata', '$metadata'],
  ['$entity?$id=x', '$entity?$id=x'],
  ['/me?$filter=a eq $1', '/me?$filter=a eq $1'],
];

const bodies: readonly [string, unknown, unknown][] = [
  ['a bind', { 'manager@odata.bind': '$1' }, { 'manager@odata.bind': LOCATION }],
  ['a bind of 4.01', { 'manager@bind': '$1/x' }, { 'manager@bind': `${LOCATION}/x` }],
  [
    'binds in a list',
    { 'm@odata.bind': ['$1', '/users/2'] },
    { 'm@odata.bind': [LOCATION, '/users/2'] },
  ],
  ['a reference', { '@odata.id': '$1' }, { '@odata.id': LOCATION }],
  ['a nested one', { a: [{ 'm@bind': '$b2' }] }, { a: [{ 'm@bind': '/me/photo' }] }],
  ['a text that is none', { city: '$1', '@odata.id': '/x' }, { city: '$1', '@odata.id': '/x' }],
];

describe('references between the requests of a batch', () => {
  for (const [url, resolved] of urls) {
    test(`the URL ${url} becomes ${resolved}`, () => {
      assert.equal(resolveReferences(item(url), known).url, resolved);
    });
  }

  for (const [name, value, resolved] of bodies) {
    test(`in a body, ${name} is resolved`, () => {
      const body = Buffer.from(JSON.stringify(value));
      const result = resolveReferences(item('/users', { body }), known);
      assert.deepEqual(JSON.parse(result.body!.toString()), resolved);
    });
  }

  test('a body that is no JSON, or refers to nothing, stays as it is, byte for byte', () => {
    for (const text of ['{"a@odata.bind":"$1"', '{ "big": 9007199254740993 }']) {
      const body = Buffer.from(text);
      assert.equal(resolveReferences(item('/users', { body }), known).body, body);
    }
  });

  test('If-Match and If-None-Match take the entity tag of an earlier answer', () => {
    const headers = { 'if-match': '$1', 'if-none-match': '$b2', prefer: '$1' };
    const resolved = resolveReferences(item('/me', { headers }), known).headers;
    assert.deepEqual(resolved, { 'if-match': 'W/"3"', 'if-none-match': '$b2', prefer: '$1' });
  });

  test('what has been made is where its Location says; what has been read, at its own URL', () => {
    const referables: Referables = new Map();
    const headers = { Location: LOCATION, ETag: 'W/"1"' };
    remember(referables, { item: item('/users'), status: 201, headers, body: '{}' });
    assert.deepEqual(referables.get('new'), { url: LOCATION, etag: 'W/"1"' });
    const read = item('/me?$select=id', { id: 'Read' });
    remember(referables, { item: read, status: 200, headers: {}, body: '{}' });
    assert.deepEqual(referables.get('read'), { url: '/me', etag: undefined });
    const failed = item('/me', { id: 'failed' });
    remember(referables, { item: failed, status: 404, headers: {}, body: '{}' });
    assert.equal(referables.has('failed'), false);
  });

  test('names of system resources refer to nothing', () => {
    assert.equal(referredId('$A1/x'), 'a1');
    for (const url of ['$batch', '/$metadata', '$crossjoin(a,b)', 'me', '/users/$1']) {
      assert.equal(referredId(url), undefined);
    }
  });
});
