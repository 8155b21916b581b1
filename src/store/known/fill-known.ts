import type { Model } from '#model/model.ts';
import type { Document } from '#plan/document.ts';
import type { Database, SqlRow, SqlValue, Statement } from '../database.ts';
import type { Dialect } from '../dialect.ts';
import { findTypeAt } from '../stored-type.ts';
import { isKnownBy, writeKnownPart, writeKnownUser } from './write-known.ts';

/** Changes with the rules by which words are kept: then all are kept anew. */
const RULES = '1';
const NAME = 'known';
/** People whose words are written in one transaction. */
const PEOPLE = 200;

/**
 * Keeps the words by which the people of a store are found, where an earlier program kept none or
 * others. What was done before it was interrupted is done again.
 */
export async function fillKnown(
  database: Database,
  dialect: Dialect,
  model: Model,
  commit: (statements: readonly Statement[]) => Promise<void>,
): Promise<void> {
  if (model.isForeign || !model.resources.has('users')) return;
  const [kept] = await database.query('SELECT value FROM kith_kept WHERE name = ?', [NAME]);
  if (kept?.value === RULES) return;
  const emptied = ['kith_known', 'kith_near'].map((table): Statement => {
    return { sql: `DELETE FROM ${table}`, params: [], expects: 'any' };
  });
  await commit(emptied);
  for (let last: SqlValue = 0; ; ) {
    const people: readonly SqlRow[] = await database.query(
      `SELECT num, tenant, doc FROM set_users WHERE num > ? ORDER BY num LIMIT ${PEOPLE}`,
      [last],
    );
    if (people.length === 0) break;
    for (const person of people) await commit(await wordsOf(database, dialect, model, person));
    last = people.at(-1)!.num!;
  }
  const sql = `INSERT INTO kith_kept (name, value) VALUES (?, ?)
    ON CONFLICT (name) DO UPDATE SET value = excluded.value`;
  await commit([{ sql, params: [NAME, RULES], expects: 'any' }]);
}

async function wordsOf(
  database: Database,
  dialect: Dialect,
  model: Model,
  { num, tenant, doc }: SqlRow,
): Promise<Statement[]> {
  const at = { dialect, tenant: Number(tenant), owner: num! };
  const parts = await database.query(
    'SELECT path, key, doc FROM kith_part WHERE tenant = ? AND owner = ?',
    [tenant!, num!],
  );
  const statements = writeKnownUser(at, JSON.parse(String(doc)) as Document, true);
  for (const part of parts) {
    const [path, key] = [String(part.path), String(part.key)];
    const type = isKnownBy('users', path) ? findTypeAt(model, 'users', path) : undefined;
    if (!type) continue;
    const members = JSON.parse(String(part.doc)) as Document;
    statements.push(...writeKnownPart(at, { path, key }, type, { members, isNew: true }));
  }
  return statements;
}
