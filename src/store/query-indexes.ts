import type { QueryIndexes } from '#plan/store.ts';
import type { Database, Statement } from './database.ts';
import type { Dialect } from './dialect.ts';
import { createIndex, dropIndex, type SetLayout } from './layout.ts';

/** Follows the fingerprint of a set that is up to date but for its indexes. */
const UNINDEXED = ' unindexed';

/** One process at a time prepares the tables of a store. */
export const PREPARING = 'preparing';

/** The indexes of all sets of a store. */
export class SqlIndexes implements QueryIndexes {
  private readonly database: Database;
  private readonly dialect: Dialect;
  private readonly layouts: ReadonlyMap<string, SetLayout>;

  constructor(parts: {
    database: Database;
    dialect: Dialect;
    layouts: ReadonlyMap<string, SetLayout>;
  }) {
    this.database = parts.database;
    this.dialect = parts.dialect;
    this.layouts = parts.layouts;
  }

  async drop(): Promise<void> {
    const layouts = [...this.layouts.values()];
    // What is unique stays: a second one has to be found when it is written.
    const drops = layouts.flatMap((layout) =>
      layout.indexes.filter(({ unique }) => !unique).map((index) => dropIndex(layout, index)),
    );
    const marks = layouts.map((layout) => mark(layout, layout.fingerprint + UNINDEXED));
    const { before } = this.dialect.loading;
    await this.prepare([...before.map(plain), ...drops.map(plain), ...marks]);
  }

  async make(): Promise<void> {
    const { before, after } = this.dialect.scanning;
    // Set by set: what each of them writes need not be held until the last.
    for (const layout of this.layouts.values()) {
      const made = makeIndexes(layout, this.dialect);
      await this.prepare([...before.map(plain), ...made, ...after.map(plain)]);
    }
    await this.prepare(this.dialect.loading.after.map(plain));
  }

  private prepare(statements: readonly Statement[]): Promise<void> {
    return this.database.exclusively(PREPARING, () => prepare(this.database, statements));
  }
}

/** Whether a set is as the model has it, but for its indexes, by what the store says of it. */
export function isUnindexed({ fingerprint }: SetLayout, stored: unknown): boolean {
  return stored === fingerprint + UNINDEXED;
}

/** Statements that make the indexes of a set that are missing, and say that it is up to date. */
export function makeIndexes(layout: SetLayout, dialect: Dialect): Statement[] {
  const indexes = layout.indexes.map((index) => plain(createIndex(layout, index, dialect)));
  return [...indexes, mark(layout, layout.fingerprint)];
}

/** Commits what prepares the store. Throws an Error where that fails. */
export async function prepare(database: Database, statements: readonly Statement[]): Promise<void> {
  if (statements.length === 0) return;
  const outcome = await database.commit(statements);
  if (outcome.kind === 'committed') return;
  const reason = 'message' in outcome ? outcome.message : outcome.kind;
  throw new Error(`The store could not be prepared: ${reason}`);
}

/** A statement without values, which may change nothing. */
export function plain(sql: string): Statement {
  return { sql, params: [], expects: 'any' };
}

function mark({ set }: SetLayout, fingerprint: string): Statement {
  return {
    sql: `INSERT INTO kith_layout (set_name, fingerprint) VALUES (?, ?)
      ON CONFLICT (set_name) DO UPDATE SET fingerprint = excluded.fingerprint`,
    params: [set, fingerprint],
    expects: 'one',
  };
}
