import type { Dialect } from './dialect.ts';
import { sqliteWords } from './query/databases/sqlite-words.ts';

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
