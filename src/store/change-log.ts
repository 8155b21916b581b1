import type { Tenant } from '#plan/caller.ts';
import type { ChangeEvent } from '#plan/store.ts';
import type { Database, SqlRow, SqlValue, Statement } from './database.ts';
import type { Dialect } from './dialect.ts';

const START = '0';
/** Events forgotten in one transaction. */
const FORGOTTEN = 1000;

/** A tenant by its surrogate. */
type Numbered = Pick<Tenant, 'num'>;

/** The change events of a store, as they are read and, in the end, forgotten. */
export class ChangeLog {
  private readonly database: Database;
  private readonly dialect: Dialect;

  constructor(database: Database, dialect: Dialect) {
    this.database = database;
    this.dialect = dialect;
  }

  /** Settled events behind a position, oldest first. */
  async read({ num }: Numbered, after: string | undefined, limit: number): Promise<ChangeEvent[]> {
    const { changePosition, changesAfter, changesSettled, changeOrder, changeParams, words } =
      this.dialect;
    const rows = await this.database.query(
      `SELECT ${changePosition} AS position, set_name, owner, path, key, kind, names
        FROM kith_change WHERE tenant = ? AND ${changesAfter}${changesSettled}
        ORDER BY ${changeOrder.join(', ')} LIMIT ${words.rows(limit).text}`,
      [num, ...changeParams(after ?? START), limit],
    );
    return rows.map(changeEvent);
  }

  /** The position of the last settled event. */
  async latest({ num }: Numbered): Promise<string> {
    const { changePosition, changesSettled, changeOrder } = this.dialect;
    const backwards = changeOrder.map((column) => `${column} DESC`).join(', ');
    const row = await this.database.first(
      `SELECT ${changePosition} AS position FROM kith_change
        WHERE tenant = ?${changesSettled} ORDER BY ${backwards} LIMIT 1`,
      [num],
    );
    return (row?.[0] as string | undefined) ?? START;
  }

  /**
   * Forgets the events before the first one that is not older than a time; the last of them stays
   * as a mark for readers who have not come as far.
   */
  async forget(tenant: Tenant, before: number): Promise<void> {
    for (;;) {
      const old = await this.oldest(tenant, before);
      const last = old.pop();
      if (!last || (old.length === 0 && last.kind === 'forgotten')) return;
      const outcome = await this.database.commit(forgetting(tenant.num, old, last));
      if (outcome.kind !== 'committed' || old.length < FORGOTTEN - 1) return;
    }
  }

  private async oldest(tenant: Tenant, before: number): Promise<SqlRow[]> {
    const { changeOrder, words } = this.dialect;
    const rows = await this.database.query(
      `SELECT num, kind, at FROM kith_change WHERE tenant = ?
        ORDER BY ${changeOrder.join(', ')} LIMIT ${words.rows(FORGOTTEN).text}`,
      [tenant.num, FORGOTTEN],
    );
    const young = rows.findIndex(({ at }) => (at as number) >= before);
    return rows.slice(0, young < 0 ? rows.length : young);
  }
}

function forgetting(tenant: number, old: readonly SqlRow[], last: SqlRow): Statement[] {
  const remove = (num: SqlValue): Statement => ({
    sql: 'DELETE FROM kith_change WHERE tenant = ? AND num = ?',
    params: [tenant, num],
    expects: 'any',
  });
  const mark: Statement = {
    sql: `UPDATE kith_change SET set_name = '', owner = 0, path = '', key = '',
      kind = 'forgotten', names = '[]' WHERE tenant = ? AND num = ?`,
    params: [tenant, last.num!],
    expects: 'one',
  };
  return [mark, ...old.map(({ num }) => remove(num!))];
}

function changeEvent(row: SqlRow): ChangeEvent {
  return {
    position: row.position as string,
    set: row.set_name as string,
    owner: row.owner as number,
    path: row.path as string,
    key: row.key as string,
    kind: row.kind as ChangeEvent['kind'],
    names: JSON.parse(row.names as string) as string[],
  };
}
