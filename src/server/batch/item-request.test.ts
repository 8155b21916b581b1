import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ServiceRequest } from '../service-request.ts';
import type { BatchItem } from './batch-item.ts';
import { makeItemRequest } from './item-request.ts';

const batch: ServiceRequest = {
  method: 'POST',
  root: 'v1.0',
  path: '/$batch',
  query: '',
  headers: {
    authorization: 'Bearer all',
    'accept-language': 'de',
    'client-request-id': 'c',
    accept: 'multipart/mixed',
    prefer: 'odata.continue-on-error',
    'content-type': 'application/json',
    'content-length': '7',
    'if-match': '*',
    consistencylevel: 'eventual',
  },
  body: undefined,
  origin: 'https://localhost:8443',
};
const item = (url: string, headers: Record<string, string> = {}): BatchItem => ({
  id: '1',
  method: 'GET',
  url,
  headers,
  body: undefined,
});

const urls: readonly [string, string, string][] = [
  ['/me', '/me', ''],
  ['me', '/me', ''],
  ['/me?$select=id', '/me', '$select=id'],
  ['me?', '/me', ''],
  ['/v1.0/me', '/me', ''],
  ['v1.0/me', '/me', ''],
  ['/v1.0', '', ''],
  ['/v1.0?$format=json', '', '$format=json'],
  ['/v1.0x/me', '/v1.0x/me', ''],
  ['/beta/me', '/beta/me', ''],
  ['https://localhost:8443/v1.0/me?a=/b', '/me', 'a=/b'],
  ['HTTPS://LOCALHOST:8443/v1.0/me', '/me', ''],
  ['http://localhost:8443/v1.0/me', '/me', ''],
  ['https://localhost:8443', '/', ''],
  ["/users?$filter=a eq 'b?c'#d", '/users', "$filter=a eq 'b?c'"],
  ['#x', '/', ''],
  ["users('http://x')", "/users('http://x')", ''],
];

describe('requests of a batch', () => {
  for (const [url, path, query] of urls) {
    test(`the URL ${url} leads to '${path}'`, () => {
      const request = makeItemRequest(item(url), batch);
      assert.deepEqual([request.path, request.query], [path, query]);
    });
  }

  for (const url of ['https://graph.example/v1.0/me', 'http://localhost/v1.0/me', 'https:///me']) {
    test(`the URL ${url} is refused: it leads elsewhere`, () => {
      assert.throws(() => makeItemRequest(item(url), batch), { status: 400, target: 'url' });
    });
  }

  for (const url of ['/$batch', '$batch', '/v1.0/$batch', '/%24batch/', '$batch?x=1']) {
    test(`${url} is refused: batches do not nest`, () => {
      const message = 'A batch cannot contain another batch.';
      assert.throws(() => makeItemRequest(item(url), batch), { status: 400, message });
    });
  }

  test('a URL of a batch may be longer than one of HTTP, up to 64 KiB', () => {
    const url = `/users?$filter=${'a'.repeat(60_000)}`;
    assert.equal(makeItemRequest(item(url), batch).query.length, 60_008);
    assert.throws(() => makeItemRequest(item(url + url), batch), { status: 414 });
  });

  test('who asks and in which language is inherited; what concerns the batch alone is not', () => {
    assert.deepEqual(makeItemRequest(item('/me'), batch).headers, {
      authorization: 'Bearer all',
      'accept-language': 'de',
      'client-request-id': 'c',
    });
  });

  test('the own headers of a request go before those of the batch', () => {
    const own = { authorization: 'Bearer one', accept: 'text/plain', 'if-match': 'W/"1"' };
    assert.deepEqual(makeItemRequest(item('/me', own), batch).headers, {
      'accept-language': 'de',
      'client-request-id': 'c',
      ...own,
    });
  });
});
