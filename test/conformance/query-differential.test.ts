import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import type { EntityType } from '#model/model.ts';
import type { Expression } from '#plan/expression.ts';
import { NaiveEvaluator } from './naive-evaluate.ts';
import { compareValues, type Naive } from './naive-value.ts';
import { entitySpot, NaiveWorld } from './naive-world.ts';
import { makeWorld } from './query-data.ts';
import { conditions, values } from './query-expressions.ts';
import { queryModel } from './query-model.ts';
import { items, openQueried, type QueriedStore, queryOf, walk } from './query-stores.ts';
import { write } from './query-writing.ts';

const isFull = process.env.KITH_TEST_FULL === '1';
const filterRuns = isFull ? 14_000 : 300;
const orderRuns = isFull ? 6_000 : 150;

const world = makeWorld(150);
const naiveWorld = new NaiveWorld(world);
const evaluator = new NaiveEvaluator(naiveWorld);
const itemType = queryModel.types.get('test.item') as EntityType;
const spots = naiveWorld.entities
  .filter(({ set }) => set === 'items')
  .map((entity) => ({ key: entity.key, scope: new Map([['$it', entitySpot(entity, itemType)]]) }));

function naiveFilter(filter: Expression): string[] {
  return spots.filter(({ scope }) => evaluator.truth(filter, scope) === true).map(({ key }) => key);
}

/** Null first, then by value; rows that are equal keep the order in which they were made. */
function naiveOrder(expression: Expression, descending: boolean): string[] {
  const keyed = spots.map(({ key, scope }, at) => ({
    key,
    at,
    value: evaluator.value(expression, scope),
  }));
  const order = (one: Naive, other: Naive): number => {
    if (one === null || other === null) return Number(other === null) - Number(one === null);
    return compareValues(one, other);
  };
  const sign = descending ? -1 : 1;
  return keyed
    .sort((one, other) => sign * (order(one.value, other.value) || one.at - other.at))
    .map(({ key }) => key);
}

describe('compiled queries answer as the naive evaluator does', () => {
  let stores: QueriedStore[] = [];
  before(async () => {
    stores = await openQueried(world);
  });
  after(async () => {
    for (const store of stores) await store[Symbol.asyncDispose]();
  });

  test(`${filterRuns} random conditions`, async () => {
    const property = fc.asyncProperty(conditions(3), fc.boolean(), async (filter, count) => {
      const expected = naiveFilter(filter);
      const check = async ({ name, reader }: QueriedStore) => {
        const page = await reader.query(items, queryOf({ filter, count }), 'nothing');
        const found = page.members.map(({ key }) => key).sort();
        assert.deepEqual(found, expected, `${name}: ${write(filter)}`);
        if (count) assert.equal(page.count, expected.length, `${name} counts: ${write(filter)}`);
      };
      await Promise.all(stores.map(check));
    });
    await fc.assert(property, { numRuns: filterRuns, seed: 20261121 });
  });

  test(`${orderRuns} random orders, walked in pages`, async () => {
    const pageSizes = fc.constantFrom(1000, 1000, 70);
    const property = fc.asyncProperty(
      values(2),
      fc.boolean(),
      pageSizes,
      async (expression, descending, pageSize) => {
        const expected = naiveOrder(expression, descending);
        const query = queryOf({ orderBy: [{ expression, descending }], pageSize });
        const check = async ({ name, reader }: QueriedStore) =>
          assert.deepEqual(
            await walk(reader, items, query),
            expected,
            `${name}: ${write(expression)}`,
          );
        await Promise.all(stores.map(check));
      },
    );
    await fc.assert(property, { numRuns: orderRuns, seed: 20261121 });
  });
});
