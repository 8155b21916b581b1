import type { SqlValue, Statement } from './database.ts';
import type { Dialect } from './dialect.ts';
import type { SetLayout } from './layout.ts';
import { searchTable } from './search-words.ts';

/** Statements that keep the words by which an entity is found, beside the entity itself. */
export function writeWords(entity: {
  readonly dialect: Dialect;
  readonly set: string;
  readonly num: SqlValue;
  /** As the database takes them. */
  readonly words: string;
  /** A new entity has no words yet. */
  readonly isNew: boolean;
}): Statement[] {
  const { dialect, set, num, words, isNew } = entity;
  const table = searchTable(set);
  const statements: Statement[] = [];
  if (!isNew) {
    const sql = `DELETE FROM ${table} WHERE ${dialect.searchKey} = ?`;
    statements.push({ sql, params: [num], expects: 'any' });
  }
  if (words !== '') {
    statements.push({
      sql: `INSERT INTO ${table} (${dialect.searchKey}, words) VALUES (?, ${dialect.searchWords})`,
      params: [num, words],
      expects: 'one',
    });
  }
  return statements;
}

/** A statement that forgets the words of all of a tenant's entities in a set. */
export function clearWords(dialect: Dialect, layout: SetLayout, tenant: number): Statement {
  const { searchKey } = dialect;
  const nums = `SELECT num FROM ${layout.table} WHERE tenant = ?`;
  const sql = `DELETE FROM ${searchTable(layout.set)} WHERE ${searchKey} IN (${nums})`;
  return { sql, params: [tenant], expects: 'any' };
}
