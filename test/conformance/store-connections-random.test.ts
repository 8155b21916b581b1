import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { compileModel } from '#model/compile.ts';
import { entityType, one } from '#model/schema.ts';
import type { Tenant } from '#plan/caller.ts';
import type { Store, Writer } from '#plan/store.ts';
import { Draws, PlainGraph } from './random-graph.ts';
import { parse, root, storeTests } from './store-cases.ts';
import { databases } from './stores.ts';

const isFull = process.env.KITH_TEST_FULL === '1';
const transactions = isFull ? 5_000 : 150;
/** Operations of one transaction. */
const TOGETHER = 20;
const PEOPLE = 60;

const model = compileModel(
  [
    entityType('person', {
      namespace: 'test',
      key: ['id'],
      properties: { id: one('Edm.String', { nullable: false }) },
    }),
  ],
  {
    users: { type: 'test.person', collection: true, roots: [] },
    leavers: { type: 'test.person', collection: true, roots: [], reachedBy: 'attic/leavers' },
  },
  'store',
);

/** People who are connected, as far as they are there, and who is not. */
class World {
  readonly draws = new Draws(9);
  readonly all = new PlainGraph();
  readonly gone = new Set<number>();
  readonly people: readonly number[];

  constructor(people: readonly number[]) {
    this.people = people;
  }

  /** The graph without those who have left. */
  present(): PlainGraph {
    const graph = new PlainGraph();
    for (const one of this.people) {
      for (const other of this.all.of(one)) {
        if (!this.gone.has(one) && !this.gone.has(other)) graph.set(one, other, true);
      }
    }
    return graph;
  }

  pick(): number {
    return this.people[this.draws.below(this.people.length)]!;
  }

  /** Changes edges of people who are there. */
  changeEdges(tx: Writer): void {
    for (let count = 0; count < TOGETHER; count++) {
      const [one, other] = [this.pick(), this.pick()];
      if (one === other || this.gone.has(one) || this.gone.has(other)) continue;
      const isConnected = this.draws.below(5) > 1;
      this.all.set(one, other, isConnected);
      if (isConnected) tx.connect(one, other);
      else tx.disconnect(one, other);
    }
  }

  /** Lets somebody leave, or come back. */
  async movePerson(tx: Writer): Promise<void> {
    const person = this.pick();
    const isGone = this.gone.has(person);
    const address = root(isGone ? 'leavers' : 'users', person);
    const record = (await tx.read(address))!;
    tx.move(address, isGone ? 'users' : 'leavers', parse(record), record);
    if (isGone) this.gone.delete(person);
    else this.gone.add(person);
  }
}

async function check(store: Store, tenant: Tenant, world: World): Promise<void> {
  const { connections } = store.reader(tenant);
  const plain = world.present();
  for (const person of world.people) {
    const neighbours = [...plain.of(person)].sort((one, other) => one - other);
    assert.deepEqual(await connections.neighbours(person, 0, PEOPLE), neighbours);
  }
  for (let count = 0; count < 5; count++) {
    const from = world.pick();
    const degrees = await connections.degrees(from, world.people);
    assert.deepEqual(degrees, plain.degrees(from, world.people));
  }
}

for (const { name, place } of databases) {
  describe(`random connections on ${name}`, () => {
    const withStore = storeTests(place, model);

    withStore(
      `${transactions * TOGETHER} operations leave the graph true, here and after a start`,
      async ({ store, tenant, place }) => {
        const people = await store.transact(tenant, async (tx) => {
          const ids = Array.from({ length: PEOPLE }, (_, index) => `p${index}`);
          const owners: number[] = [];
          for (const id of ids) owners.push(await tx.insert('users', { id }));
          return owners;
        });
        const world = new World(people);
        for (let round = 0; round < transactions; round++) {
          const isMove = world.draws.below(6) === 0;
          await store.transact(tenant, async (tx) =>
            isMove ? world.movePerson(tx) : world.changeEdges(tx),
          );
          // The first question, which reads the graph, comes when some of it is there.
          if (round % 25 === 24) await check(store, tenant, world);
        }
        await check(store, tenant, world);
        for (let start = 0; start < 2; start++) {
          const again = await place.open(model);
          await check(again, tenant, world);
          await again.close();
        }
      },
    );
  });
}
