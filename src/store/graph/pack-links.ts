import { connectionPair } from '#plan/connection-graph.ts';
import type { Document } from '#plan/document.ts';
import type { Database, SqlValue, Statement } from '../database.ts';
import type { Dialect } from '../dialect.ts';
import { packChanges } from './packed-neighbours.ts';

/** The relation as which connections were kept, both ways. */
const RELATION = 'connection';
/** People whose links are packed in one transaction, and connections that are named in one. */
const PEOPLE = 500;

/**
 * Packs the connections that a store keeps as links, and gives each connection the name of its
 * pair. What was done before it was interrupted is not done again.
 */
export async function packLinks(database: Database, dialect: Dialect): Promise<void> {
  for (;;) {
    const people = await database.query(
      `SELECT DISTINCT tenant, source FROM kith_link WHERE relation = ?
        ORDER BY tenant, source LIMIT ${dialect.words.rows(PEOPLE).text}`,
      [RELATION, PEOPLE],
    );
    if (people.length === 0) break;
    const statements: Statement[] = [];
    for (const { tenant, source } of people) {
      statements.push(...(await packPerson(database, dialect, [tenant!, source!])));
    }
    await commit(database, statements);
  }
  const columns = await database.query(dialect.columnsOf, ['set_connections']);
  if (columns.length > 0) await namePairs(database, dialect);
}

async function packPerson(
  database: Database,
  dialect: Dialect,
  person: readonly [tenant: SqlValue, owner: SqlValue],
): Promise<Statement[]> {
  const where = 'tenant = ? AND relation = ? AND source = ?';
  const params = [person[0], RELATION, person[1]];
  const links = await database.query(`SELECT target FROM kith_link WHERE ${where}`, params);
  const packed = packChanges(new Map(links.map(({ target }) => [target as number, true])));
  const appended = dialect.appendBytes('kith_connected.packed', 'excluded.packed');
  return [
    {
      sql: `INSERT INTO kith_connected (tenant, owner, packed) VALUES (?, ?, ?)
        ON CONFLICT (tenant, owner) DO UPDATE SET packed = ${appended}`,
      params: [...person, packed],
      expects: 'one',
    },
    { sql: `DELETE FROM kith_link WHERE ${where}`, params, expects: 'any' },
  ];
}

/** The index of the pairs is filled when the set is rendered anew, which its new shape wants. */
async function namePairs(database: Database, dialect: Dialect): Promise<void> {
  const seen = new Set<string>();
  for (let last: SqlValue = 0; ; ) {
    const rows = await database.query(
      `SELECT num, tenant, doc FROM set_connections WHERE num > ?
        ORDER BY num LIMIT ${dialect.words.rows(PEOPLE).text}`,
      [last, PEOPLE],
    );
    if (rows.length === 0) return;
    const statements = rows.flatMap(({ num, tenant, doc }): Statement[] => {
      const members = JSON.parse(doc as string) as Document;
      const [one, other] = Array.isArray(members.members) ? members.members : [];
      const pair = connectionPair(String(one), String(other));
      // Of two connections of one pair, which an earlier seed might have, the first has the name.
      if (seen.has(`${tenant} ${pair}`)) return [];
      seen.add(`${tenant} ${pair}`);
      const sql = 'UPDATE set_connections SET doc = ? WHERE num = ?';
      return [{ sql, params: [JSON.stringify({ ...members, pair }), num!], expects: 'one' }];
    });
    await commit(database, statements);
    last = rows.at(-1)!.num!;
  }
}

async function commit(database: Database, statements: readonly Statement[]): Promise<void> {
  const outcome = await database.commit(statements);
  if (outcome.kind !== 'committed') {
    throw new Error(`Connections could not be packed: ${outcome.kind}.`);
  }
}
