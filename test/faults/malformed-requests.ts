import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { permissionRows } from '#model/permissions.ts';
import type { RequestOptions } from '../running-kith.ts';

/** A request that nobody in their right mind sends. */
export interface MalformedRequest {
  readonly path: string;
  readonly options: RequestOptions;
}

const pages = join(import.meta.dirname, '../contract/pages');
const examples = ['update-user', 'update-decorated-profile', 'update-profilephoto'].map((name) =>
  readFileSync(join(pages, `${name}.request.json`), 'utf8'),
);

const known = [
  ...['me', 'users', 'groups', 'teams', 'user', 'photo', 'photos', 'profile', 'contacts', 'team'],
  ...['joinedGroups', 'decoratedProfileConnections', 'decoratedProfiles', 'manager', 'memberOf'],
  ...['$value', '$ref', '$count', '$batch', '$metadata', '$all', '$crossjoin(users)', '$entity'],
  ...['48x48', '99999x1', 'mira@fernhollow.example', "users('mira@fernhollow.example')"],
  ...["users('", "users('')", "users(''')", 'users()', "users(id=')", "me('x')", 'photos(1)(2)'],
  ...['..', '.', '%2e%2e', '%2F', '%00', '%ff', '%', '%zz', '%C0%AF', '%ED%A0%80', '%25', ';', '*'],
  ...['microsoft.graph.user', 'displayName', '__proto__', 'constructor', 'toString', '()', ')('],
];
const keys = [
  '$select',
  '$filter',
  '$expand',
  '$top',
  '$orderby',
  'select',
  '$search',
  '$nope',
  '',
];
const values = ['id', '*', '%00', '%', "'", '((((', 'id,id', ',', '-1', '1e9', '$it/x', '%ff', '+'];

/** Every character that Node's parser lets through in a URL; what it refuses is no request yet. */
const rawText = fc.string({
  unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
  maxLength: 30,
});
const segment = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...known) },
  { weight: 1, arbitrary: rawText.map((text) => text.replaceAll(/[?#]/g, '')) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }).map(encode) },
  { weight: 1, arbitrary: fc.uuid() },
);
const option = fc
  .tuple(fc.oneof(fc.constantFrom(...keys), rawText), fc.oneof(fc.constantFrom(...values), rawText))
  .map(([key, value]) => `${key}=${value}`);
const root = fc.constantFrom('v1.0', 'beta', 'localtest', 'localtest', 'localtest', '', 'V1.0');
/** Paths that lead somewhere, but for their keys. */
const shaped = fc
  .tuple(
    fc.constantFrom('beta', 'localtest'),
    fc.constantFrom(...permissionRows.map(({ operation }) => operation.split(' ')[1]!)),
    fc.array(segment, { minLength: 2, maxLength: 2 }),
  )
  .map(([first, template, found]) => {
    const rest = [...found];
    return `/${first}${template.replaceAll('{id}', () => rest.pop() ?? 'x')}`;
  });
const unshaped = fc
  .tuple(root, fc.array(segment, { maxLength: 6 }), fc.array(option, { maxLength: 3 }))
  .map(([first, rest, options]) => {
    const query = options.length > 0 ? `?${options.join('&')}` : '';
    return `/${[first, ...rest].join('/')}${query}`;
  });
const path = fc.oneof(shaped, unshaped);

const strangeTexts = [
  ...['9999999-01-01T00:00:00Z', '40000-01-01T00:00:00Z', '-99999-12-31T00:00:00Z'],
  ...['2017-02-29T00:00:00Z', '\0', 'x'.repeat(10_000), '#microsoft.graph.user', 'null'],
];
const strangeNumbers = ['1e999', '-0', '1E-400', '12345678901234567890', '0.1e1'];
const deep = fc
  .integer({ min: 1, max: 60_000 })
  .chain((depth) =>
    fc.constantFrom(
      `${'['.repeat(depth)}${']'.repeat(depth)}`,
      `${'{"mailboxSettings":'.repeat(depth)}1${'}'.repeat(depth)}`,
      `{"@odata.type":${'['.repeat(depth)}${']'.repeat(depth)}}`,
      `{"skills":${'['.repeat(depth)}`,
    ),
  );
/** An example of the pages with a piece of it replaced. */
const mutated = fc
  .tuple(
    fc.constantFrom(...examples),
    fc.nat(),
    fc.nat({ max: 20 }),
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.constantFrom('"', '{', '}', '[', ']', ',', ':', 'null', '\\u0000', '\\ud800', '"@', '1e9'),
      fc.constantFrom(...strangeNumbers),
    ),
  )
  .map(([text, at, length, piece]) => {
    const start = at % text.length;
    return text.slice(0, start) + piece + text.slice(start + length);
  });
const members = fc.dictionary(
  fc.oneof(
    fc.constantFrom(
      'displayName',
      'id',
      'birthday',
      'createdDateTime',
      'skills',
      'mailboxSettings',
    ),
    fc.constantFrom('height', 'width', 'userPrincipalName', 'summary', 'bornOn', 'ims'),
    fc.constantFrom(
      '@odata.type',
      '@odata.bind',
      'manager@odata.bind',
      '@',
      'x@y',
      'photo',
      'firstName',
    ),
    fc.string({ unit: 'binary', maxLength: 12 }),
  ),
  fc.oneof(
    { weight: 3, arbitrary: fc.anything({ maxDepth: 4 }).map((value) => toJson(value)) },
    { weight: 1, arbitrary: fc.constantFrom(...strangeTexts) },
  ),
  { maxKeys: 5 },
);
const body: fc.Arbitrary<string | Buffer> = fc.oneof(
  { weight: 4, arbitrary: mutated },
  { weight: 3, arbitrary: members.map((each) => JSON.stringify(each)) },
  { weight: 1, arbitrary: fc.json() },
  { weight: 1, arbitrary: deep },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)) },
);

const target = fc.constantFrom(
  '/localtest/me',
  '/v1.0/me',
  '/beta/me/profile',
  '/beta/me/photo',
  '/beta/me/photos/48x48',
  '/localtest/user/mira@fernhollow.example/profile',
);
const header = fc.constantFrom<Record<string, string>>(
  {},
  {},
  { 'If-Match': '"' },
  { 'If-Match': 'W/"1", *' },
  { 'If-None-Match': ',,,' },
  { Prefer: 'return=;=,"' },
  { Accept: ';q=,' },
  { 'Accept-Encoding': 'gzip;q=x' },
  { 'Accept-Language': '-,*;q=9,\u00e9' },
  { 'Content-Type': 'application/json; charset=utf-16' },
  { Host: 'a"b' },
);
const method = fc.constantFrom('GET', 'GET', 'GET', 'PATCH', 'HEAD', 'OPTIONS', 'POST', 'DELETE');

const malformedUrl: fc.Arbitrary<MalformedRequest> = fc
  .tuple(path, method, header)
  .map(([written, verb, headers]) => {
    const content = verb === 'PATCH' ? { body: '{}' } : {};
    return { path: written, options: { method: verb, headers, ...content } };
  });
const malformedBody: fc.Arbitrary<MalformedRequest> = fc
  .tuple(target, body, header)
  .map(([written, content, headers]) => ({
    path: written,
    options: { method: 'PATCH', body: content, headers },
  }));

/** Malformed URLs and bodies, half and half, the same ones each time for a seed. */
export function makeMalformed(count: number, seed: number): MalformedRequest[] {
  return fc.sample(fc.oneof(malformedUrl, malformedBody), { numRuns: count, seed });
}

/** Percent-encodes text; what has no UTF-8 form is encoded byte by byte, malformed as it is. */
function encode(text: string): string {
  if (text.isWellFormed()) return encodeURIComponent(text);
  return [...Buffer.from(text, 'utf16le')].map((byte) => `%${byte.toString(16)}`).join('');
}

/** What JSON can carry of a value. */
function toJson(value: unknown): unknown {
  try {
    return JSON.parse(JSON.stringify(value) ?? 'null');
  } catch {
    return null;
  }
}
