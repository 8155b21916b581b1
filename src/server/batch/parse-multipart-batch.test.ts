import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseMultipartBatch } from './parse-multipart-batch.ts';

const TYPE = 'multipart/mixed; boundary=b';
const HTTP = 'Content-Type: application/http\r\n';
const parse = (...parts: string[]) =>
  parseMultipartBatch(
    Buffer.from(`${parts.map((part) => `--b\r\n${part}\r\n`).join('')}--b--`),
    TYPE,
  );
const changeSet = (...parts: string[]) =>
  `Content-Type: multipart/mixed;boundary=c\r\n\r\n${parts
    .map((part) => `--c\r\n${part}\r\n`)
    .join('')}--c--`;
const one = (part: string) => parse(part)[0]!.items[0]!;

const requestLines: readonly [string, string, string][] = [
  ['GET /v1.0/me HTTP/1.1', 'GET', '/v1.0/me'],
  ['get me', 'GET', 'me'],
  ['GET http://localhost:1/v1.0/me?a=b HTTP/1.0', 'GET', 'http://localhost:1/v1.0/me?a=b'],
  ["GET users?$filter=city eq 'a b' HTTP/1.1", 'GET', "users?$filter=city eq 'a b'"],
  ["GET users('é') HTTP/1.1", 'GET', "users('é')"],
  ['MERGE  $1/x\tHTTP/1.1 ', 'MERGE', '$1/x'],
  ['DELETE users(1) HTTP/2', 'DELETE', 'users(1)'],
];

const refused: readonly { name: string; parts: readonly string[]; why: RegExp }[] = [
  {
    name: 'without a media type',
    parts: ['\r\nGET me HTTP/1.1\r\n\r\n'],
    why: /application\/http/,
  },
  {
    name: 'of another media type',
    parts: ['Content-Type: application/json\r\n\r\n{}'],
    why: /application\/http/,
  },
  { name: 'without a request line', parts: [`${HTTP}\r\n\r\n`], why: /is no request line/ },
  { name: 'without a URL', parts: [`${HTTP}\r\nGET\r\n\r\n`], why: /is no request line/ },
  {
    name: 'with a broken header',
    parts: [`${HTTP}\r\nGET me\r\nbroken\r\n\r\n`],
    why: /no header/,
  },
  {
    name: 'in base64',
    parts: [`${HTTP}Content-Transfer-Encoding: base64\r\n\r\nR0VUIG1l`],
    why: /send binary/,
  },
  {
    name: 'with a change set in a change set',
    parts: [changeSet(changeSet(`${HTTP}\r\nPATCH me\r\n\r\n`))],
    why: /application\/http/,
  },
  {
    name: 'with a change set without a boundary',
    parts: ['Content-Type: multipart/mixed\r\n\r\n'],
    why: /no boundary/,
  },
  {
    name: 'with equal ids in a change set',
    parts: [
      changeSet(
        `${HTTP}Content-ID: 1\r\n\r\nPATCH me\r\n\r\n`,
        `${HTTP}Content-ID: 1\r\n\r\nPATCH me\r\n\r\n`,
      ),
    ],
    why: /the Content-ID '1'/,
  },
  {
    name: 'with more than 1,000 requests in its change sets',
    parts: Array.from({ length: 3 }, () =>
      changeSet(...Array.from({ length: 400 }, () => `${HTTP}\r\nPATCH me\r\n\r\n`)),
    ),
    why: /at most 1000 requests/,
  },
];

describe('multipart batches', () => {
  for (const [line, method, url] of requestLines) {
    test(`the request line '${line}' is read`, () => {
      const item = one(`${HTTP}\r\n${line}\r\n\r\n`);
      assert.deepEqual([item.method, item.url, item.body], [method, url, undefined]);
    });
  }

  test('a request has its id, its headers and its body, byte for byte', () => {
    const bytes = Buffer.from([0, 13, 10, 255, 128, 10]);
    const line = 'PUT me/photo/$value HTTP/1.1\nContent-Type: image/png';
    const head = `--b\n${HTTP}content-id: <7>\n\n${line}\n\n`;
    const body = Buffer.concat([Buffer.from(head), bytes, Buffer.from('\n--b--')]);
    const [unit] = parseMultipartBatch(body, TYPE);
    assert.deepEqual(unit, {
      items: [
        {
          id: '7',
          method: 'PUT',
          url: 'me/photo/$value',
          headers: { 'content-type': 'image/png' },
          body: bytes,
        },
      ],
      group: undefined,
      dependsOn: [],
    });
  });

  test('a body is as long as its Content-Length says, if that is possible', () => {
    const part = (length: string) =>
      `${HTTP}\r\nPATCH me\r\nContent-Length: ${length}\r\n\r\n{}\r\n\r\n`;
    assert.equal(one(part('2')).body?.toString(), '{}');
    for (const length of ['200', 'x', '-1']) {
      assert.equal(one(part(length)).body?.toString(), '{}\r\n\r\n');
    }
  });

  test('the id may stand among the headers of the request itself', () => {
    assert.equal(one(`${HTTP}\r\nPATCH me HTTP/1.1\r\nContent-ID: 3\r\n\r\n{}`).id, '3');
  });

  test('a change set is one unit, in the place where it stands', () => {
    const units = parse(
      `${HTTP}\r\nGET me\r\n\r\n`,
      changeSet(`${HTTP}\r\nPATCH a\r\n\r\n{}`, `${HTTP}\r\nPATCH b\r\n\r\n{}`),
      `${HTTP}\r\nGET me\r\n\r\n`,
    );
    assert.deepEqual(
      units.map(({ items, group }) => [items.map(({ url }) => url), group]),
      [
        [['me'], undefined],
        [['a', 'b'], 'change set 2'],
        [['me'], undefined],
      ],
    );
  });

  for (const { name, parts, why } of refused) {
    test(`a batch ${name} is refused`, () => {
      assert.throws(() => parse(...parts), why);
    });
  }
});
