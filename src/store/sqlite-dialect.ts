import type { Dialect } from './dialect.ts';
import { sqliteWords } from './query/databases/sqlite-words.ts';

/** Pages of the log behind which they are copied to the file: 16 MB. */
export const CHECKPOINT_PAGES = 2000;

/** The number behind those of a tenant's events: the last of them is never forgotten. */
const NEXT_CHANGE = '(SELECT coalesce(max(num), 0) + 1 FROM kith_change WHERE tenant = ?)';

/** SQLite: one writer, so that numbers commit in order and no row needs a lock. */
export const sqliteDialect: Dialect = {
  name: 'sqlite',
  integer: 'INTEGER',
  text: 'TEXT',
  bytes: 'BLOB',
  keyText: 'TEXT',
  numbered: 'INTEGER PRIMARY KEY AUTOINCREMENT',
  changeColumns: '',
  changePosition: 'CAST(num AS TEXT)',
  changesAfter: 'num > CAST(? AS INTEGER)',
  changesSettled: '',
  changeColumn: 'num, ',
  changeNumber: `${NEXT_CHANGE}, `,
  changeNumbers: `${NEXT_CHANGE} + row_number() OVER () - 1, `,
  // One tree in the order in which events are read: each commit changes a page of it, and no other.
  changeTable: [
    `CREATE TABLE kith_change_kept (
      tenant INTEGER NOT NULL, num INTEGER NOT NULL, set_name TEXT NOT NULL,
      owner INTEGER NOT NULL, path TEXT NOT NULL, key TEXT NOT NULL, kind TEXT NOT NULL,
      names TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (tenant, num)) WITHOUT ROWID`,
    `INSERT INTO kith_change_kept (tenant, num, set_name, owner, path, key, kind, names, at)
      SELECT tenant, num, set_name, owner, path, key, kind, names, at
      FROM kith_change ORDER BY tenant, num`,
    'DROP TABLE kith_change',
    'ALTER TABLE kith_change_kept RENAME TO kith_change',
  ],
  changeOrder: ['num'],
  changeParams: (position) => [position],
  appendBytes: (bytes, added) => `CAST(${bytes} || ${added} AS BLOB)`,
  sentText: (column) => `CAST(${column} AS BLOB)`,
  holdRow: '',
  inList: (column) => `${column} IN (SELECT value FROM json_each(?))`,
  eachOf: (json, alias) => `json_each(${json}) ${alias}`,
  textsOf: (json, alias) => `json_each(${json}) ${alias}`,
  keyedTable: ' WITHOUT ROWID',
  columnsOf: 'SELECT name FROM pragma_table_info(?)',
  // It is where SQLite puts them anyway.
  nullsFirst: '',
  // Copying the file page by page takes longer than making an index.
  scanning: { before: ['PRAGMA mmap_size = 1073741824'], after: ['PRAGMA mmap_size = 0'] },
  // Pages that one commit after another writes are so copied to the file less often.
  loading: {
    before: ['PRAGMA wal_autocheckpoint = 8000'],
    after: [`PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}`],
  },
  createSearch: (table) => [
    `CREATE VIRTUAL TABLE IF NOT EXISTS ${table} USING fts5(words,
      content='', contentless_delete=1, tokenize='ascii', prefix='3 5')`,
  ],
  searchKey: 'rowid',
  searchWords: '?',
  writeWords: (words) => words.join(' '),
  analyze: undefined,
  functions: [],
  placeFunctions: [],
  words: sqliteWords,
};
