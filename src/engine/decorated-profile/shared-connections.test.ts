import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ConnectionGraph } from '#plan/connection-graph.ts';
import type { Reader } from '#plan/store.ts';
import { readSharedConnections, sharedConnectionsValue } from './shared-connections.ts';

const users = new Map([
  [5, { displayName: 'Peter Pan', givenName: 'Peter', surname: 'Pan' }],
  [6, { displayName: '佐藤 遥', givenName: '遥', surname: '佐藤' }],
  [7, { displayName: 'Calibration Lab', givenName: null, surname: null }],
  [8, { displayName: null, givenName: 'Tom', surname: 'Lee' }],
]);

function connectionsOf(all: readonly number[]): ConnectionGraph {
  const graph: Partial<ConnectionGraph> = {
    shared: (_one, _other, limit) => ({ owners: all.slice(0, limit), count: all.length }),
  };
  return graph as ConnectionGraph;
}

function readerOf(all: readonly number[]): Reader {
  const reader: Partial<Reader> = {
    connections: connectionsOf(all),
    read: async () => undefined,
    findMany: async (_set, owners) =>
      owners.map((owner) => {
        return { owner, id: `${owner}`, version: 1, text: JSON.stringify(users.get(owner)) };
      }),
  };
  return reader as Reader;
}

const encounter = { viewer: { owner: 1, id: 'aa' }, viewee: { owner: 2, id: 'bb' } };

test('three of four are named, and all are counted', async () => {
  const shared = await readSharedConnections(readerOf([5, 6, 7, 8]), encounter);
  const person = { '@odata.type': 'microsoft.graph.SharedConnection' };
  assert.deepEqual(sharedConnectionsValue(shared), {
    '@odata.type': 'microsoft.graph.SharedConnections',
    topSharedConnections: [
      { ...person, firstName: 'Peter', lastName: 'Pan' },
      { ...person, firstName: '遥', lastName: '佐藤' },
      { ...person, firstName: 'Calibration Lab' },
    ],
    totalCount: 4,
    sharedConnectionPage:
      'https://www.linkedin.com/search/results/people/' +
      '?facetConnectionOf=%5B%22bb%22%5D&facetNetwork=%5B%22F%22%5D',
  });
});

test('a full name is the one that the directory displays, else both parts', async () => {
  const { top } = await readSharedConnections(readerOf([6, 8]), encounter);
  assert.deepEqual(
    top.map(({ fullName }) => fullName),
    ['佐藤 遥', 'Tom Lee'],
  );
});

test('where nobody is known to both, no names are read', async () => {
  const shared: Partial<Reader> = { connections: connectionsOf([]) };
  const { top, count } = await readSharedConnections(shared as Reader, encounter);
  assert.deepEqual([top, count], [[], 0]);
});
