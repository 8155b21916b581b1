import assert from 'node:assert/strict';
import type { Reply } from '../running-kith.ts';

type Json = unknown;

function isObject(value: Json): value is Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value without its annotations, at every depth. */
export function withoutAnnotations(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutAnnotations);
  if (!isObject(value)) return value;
  const members = Object.entries(value).filter(([name]) => !name.includes('@'));
  return Object.fromEntries(members.map(([name, each]) => [name, withoutAnnotations(each)]));
}

/** Objects have at least what is expected of them; everything else, arrays too, is just that. */
export function assertIncludes(actual: Json, expected: Json, where = 'the answer'): void {
  if (!isObject(expected)) {
    assert.deepEqual(actual, expected, `${where}: ${show(actual)}`);
    return;
  }
  assert.ok(isObject(actual), `${where} is ${show(actual)}`);
  for (const [name, value] of Object.entries(expected)) {
    assert.ok(name in actual, `${where} has no ${name}`);
    assertIncludes(actual[name], value, `${where}/${name}`);
  }
}

function show(value: Json): string {
  return `it is ${JSON.stringify(value)?.slice(0, 200)}`;
}

/** Graph's shape of an error, with the ids that the headers carry. */
export function assertError(reply: Reply, status: number, code?: string): void {
  assert.equal(reply.status, status, reply.text.slice(0, 500));
  assert.match(reply.headers['content-type'] ?? '', /^application\/json/);
  const { error, ...others } = reply.json;
  assert.deepEqual(others, {});
  assert.equal(typeof error.code, 'string');
  assert.ok(error.message.length > 0);
  if (code !== undefined) assert.equal(error.code, code);
  const { date, ...ids } = error.innerError;
  assert.match(date, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
  assert.deepEqual(ids, {
    'request-id': reply.headers['request-id'],
    'client-request-id': reply.headers['client-request-id'],
  });
}

/** The number inside an entity tag `W/"n"`. */
export function versionOf(reply: Reply): number {
  const match = /^W\/"(\d+)"$/.exec(reply.headers.etag ?? '');
  assert.ok(match, `The ETag is ${reply.headers.etag}.`);
  return Number(match[1]);
}
