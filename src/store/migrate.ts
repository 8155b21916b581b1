import type { Model } from '#model/model.ts';
import type { Document } from '#plan/document.ts';
import { checkModel } from './check-model.ts';
import type { Database, SqlValue, Statement } from './database.ts';
import type { Dialect } from './dialect.ts';
import { frameMigrations } from './frame.ts';
import { packLinks } from './graph/pack-links.ts';
import { addColumn, createTable, type SetLayout } from './layout.ts';
import { isUnindexed, makeIndexes, PREPARING, plain, prepare } from './query-indexes.ts';
import { renderRow } from './render-row.ts';
import { StoreVersionError } from './store-version-error.ts';
import { writeWords } from './write-words.ts';

/** Rows rendered anew in one transaction. */
const REFRESH_ROWS = 500;
/** The migration before which connections that are kept as links are packed. */
const PACKED_STEP = 8;

/**
 * Brings a store up to the program: numbered migrations of the frame, each once, then the tables,
 * columns and indexes that the model's sets need. Throws a StoreVersionError, having changed
 * nothing of the data, when the store is newer than the program or keeps another service's data.
 */
export function migrate(
  database: Database,
  dialect: Dialect,
  layouts: ReadonlyMap<string, SetLayout>,
  model: Model,
): Promise<void> {
  return database.exclusively(PREPARING, () => bringAll(database, dialect, layouts, model));
}

async function bringAll(
  database: Database,
  dialect: Dialect,
  layouts: ReadonlyMap<string, SetLayout>,
  model: Model,
): Promise<void> {
  const version = await readVersion(database, dialect);
  if (version > frameMigrations.length) {
    throw new StoreVersionError(
      `The store has format ${version}; this Kith knows formats up to ${frameMigrations.length}. ` +
        'Use the Kith that wrote it, or a newer one.',
    );
  }
  for (let step = version; step < frameMigrations.length; step++) {
    const statements = frameMigrations[step]!(dialect).map(plain);
    const setVersion =
      step === 0
        ? [
            plain('CREATE TABLE kith_version (version INTEGER NOT NULL)'),
            plain('INSERT INTO kith_version VALUES (1)'),
          ]
        : [plain(`UPDATE kith_version SET version = ${step + 1} WHERE version = ${step}`)];
    if (step === PACKED_STEP && version > 0) await packLinks(database, dialect);
    await prepare(database, [...statements, ...setVersion]);
  }
  await prepare(database, await checkModel(database, model));
  for (const layout of layouts.values()) await bringUpToDate(database, dialect, layout, model);
}

async function readVersion(database: Database, dialect: Dialect): Promise<number> {
  const columns = await database.query(dialect.columnsOf, ['kith_version']);
  if (columns.length === 0) return 0;
  const rows = await database.query('SELECT version FROM kith_version', []);
  return Number(rows[0]?.version ?? 0);
}

async function bringUpToDate(
  database: Database,
  dialect: Dialect,
  layout: SetLayout,
  model: Model,
): Promise<void> {
  const stored = await database.query('SELECT fingerprint FROM kith_layout WHERE set_name = ?', [
    layout.set,
  ]);
  if (stored[0]?.fingerprint === layout.fingerprint) return;
  const existing = await database.query(dialect.columnsOf, [`set_${layout.set}`]);
  const isNew = existing.length === 0;
  const names = new Set(existing.map((row) => `"${row.name}"`));
  const missing = layout.indexes.filter(({ column }) => !names.has(column));
  await prepare(database, [
    ...(isNew ? createTable(layout, dialect) : []).map(plain),
    ...missing.map((index) => plain(addColumn(layout, index, dialect))),
  ]);
  const isCurrent = isNew || isUnindexed(layout, stored[0]?.fingerprint);
  if (!isCurrent) await renderAnew(database, dialect, layout, model);
  await prepare(database, makeIndexes(layout, dialect));
}

/** Writes every row of a set in the shape that the model has now. Versions stay. */
async function renderAnew(
  database: Database,
  dialect: Dialect,
  layout: SetLayout,
  model: Model,
): Promise<void> {
  const { table, indexes } = layout;
  const assignments = indexes.map(({ column }) => `, ${column} = ?`).join('');
  const sql = `UPDATE ${table} SET view = ?, doc = ?${assignments} WHERE num = ?`;
  for (let last: SqlValue = 0; ; ) {
    const rows = await database.query(
      `SELECT num, doc FROM ${table} WHERE num > ? ORDER BY num LIMIT ${REFRESH_ROWS}`,
      [last],
    );
    if (rows.length === 0) return;
    const statements = rows.flatMap((row): Statement[] => {
      const members = JSON.parse(row.doc as string) as Document;
      const { doc, view, keys, words } = renderRow({ model, dialect }, layout, members);
      return [
        { sql, params: [view, doc, ...keys, row.num!], expects: 'one' },
        ...writeWords({ dialect, set: layout.set, num: row.num!, words, isNew: false }),
      ];
    });
    await prepare(database, statements);
    last = rows.at(-1)!.num!;
  }
}
