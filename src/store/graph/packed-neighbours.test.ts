import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { NeighbourReader, packChanges, packNeighbours } from './packed-neighbours.ts';

function read(...chunks: readonly Uint8Array[]): { owners: number[]; chunks: number } {
  const reader = new NeighbourReader();
  reader.read(Buffer.concat(chunks));
  return { owners: [...reader.owners.subarray(0, reader.length)], chunks: reader.chunks };
}

function changes(added: readonly number[], removed: readonly number[] = []): Uint8Array {
  const all = new Map(added.map((owner) => [owner, true]));
  for (const owner of removed) all.set(owner, false);
  return packChanges(all);
}

describe('packed neighbours', () => {
  test('a row gives back what was packed, ascending', () => {
    assert.deepEqual(read(changes([300, 7, 128, 1])), { owners: [1, 7, 128, 300], chunks: 1 });
    assert.deepEqual(read(packNeighbours([1, 7, 128, 300])).owners, [1, 7, 128, 300]);
  });

  test('near neighbours take a byte each', () => {
    const row = Array.from({ length: 64 }, (_, index) => 1_000_000 + index * 60);
    assert.equal(packNeighbours(row).length, 1 + 3 + 63);
  });

  test('surrogates beyond 32 bits stay exact', () => {
    const owners = [2 ** 31, 2 ** 32 + 1, 2 ** 45, 2 ** 45 + 1];
    assert.deepEqual(read(packNeighbours(owners)).owners, owners);
  });

  test('later chunks add to earlier ones, each neighbour once', () => {
    const row = read(changes([5, 9]), changes([7]), changes([5, 1]));
    assert.deepEqual(row, { owners: [1, 5, 7, 9], chunks: 3 });
  });

  test('of what is added and removed the last word counts', () => {
    assert.deepEqual(read(changes([5, 9]), changes([], [9])).owners, [5]);
    assert.deepEqual(read(changes([5, 9]), changes([], [9]), changes([9])).owners, [5, 9]);
    assert.deepEqual(read(changes([5]), changes([6], [5, 8])).owners, [6]);
    assert.deepEqual(read(changes([5]), changes([], [5])).owners, []);
  });

  test('a row without bytes has nobody', () => {
    assert.deepEqual(read(), { owners: [], chunks: 0 });
  });

  test('a reader keeps nothing of the row before', () => {
    const reader = new NeighbourReader();
    reader.read(packNeighbours(Array.from({ length: 3000 }, (_, index) => index + 1)));
    assert.equal(reader.length, 3000);
    reader.read(changes([4]));
    assert.deepEqual([...reader.owners.subarray(0, reader.length)], [4]);
  });
});
