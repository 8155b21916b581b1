import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseResourcePath } from './parse-resource-path.ts';
import type { SegmentSyntax } from './paths/syntax.ts';
import { SyntaxRefusal } from './syntax-refusal.ts';

/** A segment in short: what it is, and its text or the names and texts of its values. */
function show(segment: SegmentSyntax): string {
  if (segment.kind !== 'name') return `${segment.kind} ${segment.text}`;
  const values = [segment.parentheses, segment.key].map((list) =>
    list?.map(({ name, value }) => {
      const text = value.kind === 'literal' ? value.text : value.kind;
      return name === undefined ? text : `${name}=${text}`;
    }),
  );
  return [segment.name, ...values.flatMap((list) => (list ? [`(${list})`] : []))].join('');
}

const accepted: readonly [string, readonly string[]][] = [
  ['', []],
  ['/', []],
  ['/users/', ['users']],
  [
    'users/2e1281ae-81ae-2e12-ae81-122eae81122e',
    ['users', 'key 2e1281ae-81ae-2e12-ae81-122eae81122e'],
  ],
  [
    '/users/adele%40contoso.example/photo/$value',
    ['users', 'key adele@contoso.example', 'photo', 'system $value'],
  ],
  ["/users('a''b')/manager/$ref", ["users(a'b)", 'manager', 'system $ref']],
  ["/users(userPrincipalName='a@b')", ['users(userPrincipalName=a@b)']],
  ["/items(a=1,b='x')/microsoft.graph.user", ['items(a=1,b=x)', 'microsoft.graph.user']],
  ['/users/microsoft.graph.delta()', ['users', 'microsoft.graph.delta()']],
  [
    "/me/view(start='2020-01-01',end=@e)/$count",
    ['me', 'view(start=2020-01-01,end=path)', 'system $count'],
  ],
  ['/by(id=2)(3)', ['by(id=2)(3)']],
  ['/users/a%2Fb/x+y', ['users', 'key a/b', 'key x+y']],
  ["/people/O'Neil", ['people', "key O'Neil"]],
  ["/a/$filter(b/c eq 'x/(')/$each", ['a', "filter $filter(b/c eq 'x/(')", 'system $each']],
  ['/$crossjoin(A,B)/$query', ['crossjoin $crossjoin(A,B)', 'system $query']],
  ['/$all/Model.Customer', ['system $all', 'Model.Customer']],
];

test('a path is split before it is decoded, and its segments are told apart', () => {
  for (const [path, expected] of accepted) {
    assert.deepEqual(parseResourcePath(path).map(show), expected, path);
  }
});

test('positions count in the decoded path', () => {
  const [users, photo] = parseResourcePath('/users%28%27a%27%29/photo');
  assert.equal(users?.at, 1);
  assert.equal(photo?.at, 12);
});

test('what can only be a key says why it is no name', () => {
  const [, key] = parseResourcePath('/users/a%40b');
  assert.ok(key?.kind === 'key');
  assert.equal(key.problem.position, 8);
  assert.equal(key.problem.rawPosition, 8);
});

const refused: readonly [string, number, number][] = [
  ['/users//photo', 7, 7],
  ['/42', 1, 1],
  ["/users('a", 9, 9],
  ['/users(%27a', 9, 11],
  ['/users(a)', 7, 7],
  ['/users(1,2)', 8, 8],
  ['/Model.users', 6, 6],
  ['/$count', 0, 0],
  ['/users/$count/x', 13, 13],
  ['/users/$Count', 7, 7],
  ['/users/$batch', 6, 6],
  ['/us%FF', 3, 3],
  ['/%75sers%28%27a%27%28', 10, 18],
];

describe('a path is refused', () => {
  for (const [path, position, rawPosition] of refused) {
    test(`${path} at ${position}`, () => {
      assert.throws(
        () => parseResourcePath(path),
        (refusal) => {
          assert.ok(refusal instanceof SyntaxRefusal);
          assert.deepEqual(
            [refusal.position, refusal.rawPosition],
            [position, rawPosition],
            refusal.message,
          );
          return true;
        },
      );
    });
  }
});
