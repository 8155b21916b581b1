import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compileModel } from '#model/compile.ts';
import { declarations } from '#model/declarations.ts';
import { kithService } from '#model/kith-service.ts';
import { resources } from '#model/resources.ts';
import { findDestination } from './find-destination.ts';

const model = compileModel(declarations, resources, 'store', kithService);

function guid(at: number): string {
  return `00000000-0000-4000-9000-${String(at).padStart(12, '0')}`;
}

/** Where a parent leads: the set, whose it is, the path, the keys, and the keys among the steps. */
function find(parent: string, name?: string) {
  const line = { '@parent': parent, ...(name === undefined ? {} : { '@set': name }) };
  const { set, ownerId, path, keys, steps } = findDestination(model, line, 'here');
  const stepped = steps.flatMap((step) => (step.kind === 'key' ? [step.value] : []));
  return { set, ownerId, path: path.join('/'), keys, stepped };
}

describe('the parent of a line', () => {
  test('leads the same way by each id', () => {
    for (const [one, other] of [
      [1, 2],
      [3, 4],
      [4, 3],
    ] as const) {
      assert.deepEqual(find(`users('${guid(one)}')/contacts('${guid(other)}')/photo`), {
        set: 'users',
        ownerId: guid(one),
        path: 'contacts/photo',
        keys: [guid(other)],
        stepped: [guid(one), guid(other)],
      });
    }
  });

  test('may name the part beside it', () => {
    const contacts = (id: string) => find(`users('${id}')`, 'contacts');
    for (const id of [guid(1), 'anna', guid(2), "o''neil"]) {
      const ownerId = id.replace("''", "'");
      const keys = { keys: [], stepped: [ownerId] };
      assert.deepEqual(contacts(id), { set: 'users', ownerId, path: 'contacts', ...keys });
      assert.equal(find(`users('${id}')`, 'photo').path, 'photo');
    }
  });

  test('is refused by every id where it contains nothing', () => {
    for (const at of [1, 2]) {
      assert.throws(() => find(`users('${guid(at)}')/manager`), /does not contain it/);
      assert.throws(() => find(`users('${guid(at)}')/nothing`), /nothing/);
    }
  });
});
