import type { Dialect } from './dialect.ts';
import { postgresFunctions } from './query/databases/postgres-functions.ts';
import { postgresMoments } from './query/databases/postgres-moments.ts';
import { postgresPlaces } from './query/databases/postgres-places.ts';
import { postgresWords } from './query/databases/postgres-words.ts';

/**
 * The oldest transaction that still runs and may write here: numbers are those of the whole server,
 * and what is known to run in another of its databases never writes in this one. Without any, the
 * first number that the snapshot knows nothing of.
 */
const HORIZON = `coalesce(
  (SELECT running FROM pg_snapshot_xip(pg_current_snapshot()) AS running
    WHERE NOT EXISTS (
      SELECT 1 FROM pg_locks own, pg_stat_get_activity(own.pid) AS elsewhere
      WHERE own.locktype = 'transactionid' AND own.mode = 'ExclusiveLock' AND own.granted
        AND own.transactionid = running::xid
        AND elsewhere.datid <> (SELECT oid FROM pg_database WHERE datname = current_database()))
    ORDER BY running LIMIT 1),
  pg_snapshot_xmax(pg_current_snapshot()))`;

/**
 * PostgreSQL: sequence numbers commit out of order, so a change event carries its transaction and
 * a reader stops at the oldest one that still runs.
 */
export const postgresDialect: Dialect = {
  name: 'postgres',
  integer: 'BIGINT',
  text: 'TEXT',
  bytes: 'BYTEA',
  keyText: 'TEXT COLLATE "C"',
  numbered: 'BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY',
  changeColumns: 'xact XID8 NOT NULL DEFAULT pg_current_xact_id(),',
  changePosition: "xact::text || '.' || num::text",
  changesAfter: '(xact, num) > (?::text::xid8, ?::text::bigint)',
  changesSettled: ` AND xact < ${HORIZON}`,
  changeColumn: '',
  changeNumber: '',
  changeNumbers: '',
  changeTable: [],
  changeOrder: ['xact', 'num'],
  changeParams: (position) => {
    const [xact = '0', num = '0'] = position.split('.');
    return [xact, num];
  },
  appendBytes: (bytes, added) => `${bytes} || ${added}`,
  sentText: (column) => column,
  holdRow: ' FOR SHARE',
  inList: (column) => `${column} IN (SELECT value::bigint FROM json_array_elements_text(?::json))`,
  eachOf: (json, alias) =>
    `json_array_elements(${json === '?' ? '?::json' : json}) ${alias}(value)`,
  textsOf: (json, alias) => `json_array_elements_text(${json}) ${alias}(value)`,
  keyedTable: '',
  columnsOf:
    'SELECT column_name AS name FROM information_schema.columns ' +
    'WHERE table_schema = current_schema() AND table_name = ?',
  nullsFirst: ' NULLS FIRST',
  scanning: { before: [], after: [] },
  loading: { before: [], after: [] },
  createSearch: (table) => [
    `CREATE TABLE IF NOT EXISTS ${table} (num BIGINT PRIMARY KEY, words TSVECTOR NOT NULL)`,
    `CREATE INDEX IF NOT EXISTS ${table.replace(/"$/, '_words"')} ON ${table} USING gin (words)`,
  ],
  searchKey: 'num',
  searchWords: '?::tsvector',
  writeWords: (words) =>
    words.map((word, at) => `'${word.replaceAll("'", "''")}':${at + 1}`).join(' '),
  analyze: 'ANALYZE',
  functions: [...postgresMoments, ...postgresFunctions],
  placeFunctions: postgresPlaces,
  words: postgresWords,
};
