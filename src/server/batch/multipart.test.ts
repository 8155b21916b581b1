import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Refusal } from '#errors.ts';
import { readBoundary, readMessage, splitParts } from './multipart.ts';

const boundaries: readonly [string, string][] = [
  ['multipart/mixed; boundary=batch_1', 'batch_1'],
  ['multipart/mixed;boundary="batch 1"', 'batch 1'],
  ['multipart/mixed; BOUNDARY=batch_1; charset=utf-8', 'batch_1'],
  ['multipart/mixed; charset=utf-8; boundary="a\\"b"', 'a"b'],
  ["multipart/mixed; boundary=a'()+_,-./:=?", "a'()+_,-./:=?"],
];

const noBoundaries = [
  'multipart/mixed',
  'multipart/mixed; boundary=',
  'multipart/mixed; boundary=""',
  `multipart/mixed; boundary=${'b'.repeat(201)}`,
];

const bodies: readonly { name: string; body: string; contents: readonly string[] }[] = [
  {
    name: 'with CRLF',
    body: '--b\r\n\r\none\r\n--b\r\n\r\ntwo\r\n--b--\r\n',
    contents: ['one', 'two'],
  },
  { name: 'with LF', body: '--b\n\none\n--b\n\ntwo\n--b--', contents: ['one', 'two'] },
  {
    name: 'between a preamble and an epilogue',
    body: 'hello\r\n--b\r\n\r\none\r\n--b--\r\nbye\r\n--b\r\n\r\nlate',
    contents: ['one'],
  },
  { name: 'without parts', body: '--b--\r\n', contents: [] },
  {
    name: 'with spaces behind a delimiter',
    body: '--b \t\r\n\r\none\r\n--b-- \r\n',
    contents: ['one'],
  },
  {
    name: 'whose text looks like a delimiter',
    body: '--b\r\n\r\na --b\r\n--bc\r\n--b-\r\n x--b--\r\n--b--',
    contents: ['a --b\r\n--bc\r\n--b-\r\n x--b--'],
  },
  {
    name: 'that ends with empty lines',
    body: '--b\r\n\r\none\r\n\r\n\r\n--b--',
    contents: ['one\r\n\r\n'],
  },
  { name: 'with an empty part', body: '--b\r\n\r\n--b--', contents: [''] },
];

describe('multipart bodies', () => {
  for (const [mediaType, boundary] of boundaries) {
    test(`${mediaType} has the boundary ${boundary}`, () => {
      assert.equal(readBoundary(mediaType), boundary);
    });
  }

  for (const mediaType of noBoundaries) {
    test(`${mediaType.slice(0, 40)} is refused`, () => {
      assert.throws(() => readBoundary(mediaType), Refusal);
    });
  }

  for (const { name, body, contents } of bodies) {
    test(`a body ${name} is split`, () => {
      const parts = splitParts(body, 'b', 10);
      assert.deepEqual(
        parts.map(({ content }) => content),
        contents,
      );
    });
  }

  for (const body of ['', 'x', '--b', '--b\r\n\r\none', '--b\r\n\r\none\r\n--c--']) {
    test(`a body without its end is refused: ${JSON.stringify(body)}`, () => {
      assert.throws(() => splitParts(body, 'b', 10), /'--b--' that ends a batch is missing/);
    });
  }

  test('a body has as many parts as are allowed, and no more', () => {
    const body = (count: number) => `${'--b\r\n\r\nx\r\n'.repeat(count)}--b--`;
    assert.equal(splitParts(body(3), 'b', 3).length, 3);
    assert.throws(() => splitParts(body(4), 'b', 3), /at most 3 requests/);
  });

  test('headers have names in lower case, may go on in the next line, and are joined', () => {
    const text =
      'Content-Type : application/http\r\nX-A: 1\r\n\t2 \r\nx-a: 3\r\nY:\r\n\r\nrest\r\n';
    const { headers, rest } = readMessage(text);
    assert.deepEqual(Object.fromEntries(headers), {
      'content-type': 'application/http',
      'x-a': '1 2, 3',
      y: '',
    });
    assert.equal(rest, 'rest\r\n');
  });

  for (const text of [
    'no header\r\n\r\n',
    ': x\r\n',
    ' begins with a space: 1\r\n',
    'a b: c\r\n',
  ]) {
    test(`a line that is no header is refused: ${JSON.stringify(text)}`, () => {
      assert.throws(() => readMessage(text), /is no header/);
    });
  }

  test('more than a hundred headers are refused', () => {
    assert.throws(() => readMessage('a: b\r\n'.repeat(102)), /too many headers/);
  });
});
