import assert from 'node:assert/strict';
import { test } from 'node:test';
import { securityIdentifierOf } from '#ids.ts';
import { makeGuid } from './guid.ts';
import { Random } from './random.ts';

test('a stream draws the same numbers on every machine', () => {
  const random = new Random(1, 'person', 2);
  assert.deepEqual(
    [random.next(), random.next(), random.next()],
    [4_066_906_273, 1_651_541_004, 1_264_396_748],
  );
});

test('streams of another seed, purpose, index or part draw other numbers', () => {
  const streams = [
    new Random(1, 'person', 2, 3),
    new Random(2, 'person', 2, 3),
    new Random(1, 'name', 2, 3),
    new Random(1, 'person', 3, 3),
    new Random(1, 'person', 2, 4),
  ];
  const drawn = new Set(streams.map((stream) => stream.next()));
  assert.equal(drawn.size, streams.length);
});

test('below draws each number about as often as the others', () => {
  const random = new Random(1, 'person', 0);
  const counts = new Array<number>(10).fill(0);
  for (let draw = 0; draw < 100_000; draw++) counts[random.below(10)]!++;
  for (const count of counts) assert.ok(count > 9_600 && count < 10_400, `${counts}`);
});

test('between reaches both of its ends', () => {
  const random = new Random(1, 'person', 0);
  const drawn = new Set(Array.from({ length: 200 }, () => random.between(3, 5)));
  assert.deepEqual([...drawn].sort(), [3, 4, 5]);
});

test('pickSome picks different items in order, and all when there are too few', () => {
  const random = new Random(1, 'person', 0);
  const items = ['a', 'b', 'c', 'd', 'e'];
  const seen = new Set<string>();
  for (let draw = 0; draw < 100; draw++) {
    const picked = random.pickSome(items, 2);
    assert.equal(picked.length, 2);
    assert.ok(picked[0]! < picked[1]!);
    seen.add(picked.join(''));
  }
  assert.equal(seen.size, 10);
  assert.deepEqual(random.pickSome(items, 9), items);
});

test('a guid is lower case, of version 4 and variant 1, and unique', () => {
  const guids = new Set<string>();
  for (let index = 0; index < 20_000; index++) {
    const guid = makeGuid(7, 'person', index);
    assert.match(guid, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    guids.add(guid);
  }
  assert.equal(guids.size, 20_000);
});

test('a security identifier is the guid as little-endian words', () => {
  assert.equal(
    securityIdentifierOf('01020304-0506-4708-890a-0b0c0d0e0f10'),
    `S-1-12-1-${0x01020304}-${0x47080506}-${0x0c0b0a89}-${0x100f0e0d}`,
  );
});
