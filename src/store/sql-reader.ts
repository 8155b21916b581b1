import { DocumentText } from '#plan/document-text.ts';
import type { CollectionQuery, FoundPage, Source } from '#plan/query.ts';
import type { Address, FoundEntity, Reader, StoredRecord, Wanted } from '#plan/store.ts';
import type { SqlRow, SqlValue } from './database.ts';
import { indexKey } from './index-key.ts';
import type { Lookup, SetLayout } from './layout.ts';
import { type QuerySource, runQuery } from './query/run-query.ts';

/** What a reader works on, shared by every reader of a store. */
export type SqlSource = QuerySource;

const LINKED = 'SELECT target FROM kith_link WHERE tenant = ? AND relation = ? AND source = ?';
const SHARED =
  'FROM kith_link one JOIN kith_link other ON other.tenant = one.tenant ' +
  'AND other.relation = one.relation AND other.target = one.target ' +
  'WHERE one.tenant = ? AND one.relation = ? AND one.source = ? AND other.source = ?';
const PART = 'tenant = ? AND owner = ? AND path = ? AND key = ?';

/** Reads of one tenant, each on the last committed state. */
export class SqlReader implements Reader {
  protected readonly source: SqlSource;
  protected readonly tenant: number;

  constructor(source: SqlSource, tenant: number) {
    this.source = source;
    this.tenant = tenant;
  }

  async find(
    set: string,
    property: string,
    value: string,
    wanted: Wanted,
  ): Promise<FoundEntity | undefined> {
    const lookup = this.lookup(set, property, wanted);
    if (!lookup.type && isUnstorable(value)) return undefined;
    const key = lookup.type ? indexKey(lookup.type, value) : value;
    const row = await this.source.database.first(lookup.sql, [this.tenant, key]);
    return row && foundEntity(row);
  }

  document(set: string, text: string): DocumentText {
    return new DocumentText(this.layout(set).type, text);
  }

  async findMany(set: string, owners: readonly number[]): Promise<FoundEntity[]> {
    const { table } = this.layout(set);
    const rows = await this.source.database.query(
      `SELECT num, id, version, doc AS text FROM ${table}
        WHERE tenant = ? AND ${this.source.dialect.inList('num')}`,
      [this.tenant, JSON.stringify(owners)],
    );
    const found = new Map(rows.map((row) => [row.num as number, foundEntity(row)]));
    return owners.flatMap((owner) => found.get(owner) ?? []);
  }

  async read(address: Address): Promise<StoredRecord | undefined> {
    const { set, owner, path, key } = address;
    if (isUnstorable(key)) return undefined;
    const [from, where, params]: [string, string, SqlValue[]] =
      path === ''
        ? [this.layout(set).table, 'tenant = ? AND num = ?', [this.tenant, owner]]
        : ['kith_part', PART, [this.tenant, owner, path, key]];
    const sql = `SELECT version, doc FROM ${from} WHERE ${where}`;
    const row = await this.source.database.first(sql, params);
    return row && storedRecord(row);
  }

  async list(
    _set: string,
    owner: number,
    path: string,
  ): Promise<(StoredRecord & { key: string })[]> {
    const rows = await this.source.database.query(
      'SELECT key, version, doc FROM kith_part WHERE tenant = ? AND owner = ? AND path = ? ORDER BY key',
      [this.tenant, owner, path],
    );
    return rows.map((row) => ({ key: row.key as string, ...storedRecord(row) }));
  }

  query(source: Source, query: CollectionQuery, wanted: Wanted): Promise<FoundPage> {
    return runQuery(this.source, { tenant: this.tenant, source, query, wanted });
  }

  async isLinked(relation: string, source: number, target: number): Promise<boolean> {
    const rows = await this.source.database.query(`${LINKED} AND target = ?`, [
      this.tenant,
      relation,
      source,
      target,
    ]);
    return rows.length > 0;
  }

  async linked(relation: string, source: number, limit: number): Promise<number[]> {
    const rows = await this.source.database.query(`${LINKED} ORDER BY target LIMIT ?`, [
      this.tenant,
      relation,
      source,
      limit,
    ]);
    return rows.map((row) => row.target as number);
  }

  async countLinked(relation: string, source: number): Promise<number> {
    const rows = await this.source.database.query(
      `SELECT count(*) AS total FROM (${LINKED}) each`,
      [this.tenant, relation, source],
    );
    return Number(rows[0]!.total);
  }

  async shared(
    relation: string,
    one: number,
    other: number,
    limit: number,
  ): Promise<{ owners: number[]; count: number }> {
    const { database } = this.source;
    const params = [this.tenant, relation, one, other];
    const [rows, counted] = await Promise.all([
      database.query(`SELECT one.target ${SHARED} ORDER BY one.target LIMIT ?`, [...params, limit]),
      database.query(`SELECT count(*) AS total ${SHARED}`, params),
    ]);
    return { owners: rows.map((row) => row.target as number), count: Number(counted[0]!.total) };
  }

  async isReachable(relation: string, from: number, to: number, steps: number): Promise<boolean> {
    const joins = Array.from(
      { length: steps - 1 },
      (_, step) =>
        ` JOIN kith_link l${step + 1} ON l${step + 1}.tenant = l0.tenant` +
        ` AND l${step + 1}.relation = l0.relation AND l${step + 1}.source = l${step}.target`,
    );
    const rows = await this.source.database.query(
      `SELECT 1 FROM kith_link l0${joins.join('')}
        WHERE l0.tenant = ? AND l0.relation = ? AND l0.source = ?
          AND l${steps - 1}.target = ? LIMIT 1`,
      [this.tenant, relation, from, to],
    );
    return rows.length > 0;
  }

  /** The SQL of a lookup, made at its first use. */
  private lookup(set: string, property: string, wanted: Wanted): Lookup {
    const { table, indexes, lookups } = this.layout(set);
    const name = `${property} ${wanted}`;
    const known = lookups.get(name);
    if (known) return known;
    const text = wanted === 'view' ? 'coalesce(view, doc)' : wanted === 'doc' ? 'doc' : "''";
    const index = indexes.find((each) => each.property.name === property);
    if (!index && property !== 'id') throw new Error(`${set} has no index on ${property}.`);
    const where = `tenant = ? AND ${index?.column ?? 'id'} = ?`;
    const sql = `SELECT num, id, version, ${text} AS text FROM ${table} WHERE ${where}`;
    const lookup = { sql, type: index?.property.type };
    lookups.set(name, lookup);
    return lookup;
  }

  protected layout(set: string): SetLayout {
    const layout = this.source.layouts.get(set);
    if (!layout) throw new Error(`The model has no set ${set}.`);
    return layout;
  }
}

/** PostgreSQL keeps no NUL in its texts, so nothing is ever kept under such a key. */
function isUnstorable(key: string): boolean {
  return key.includes('\0');
}

function foundEntity(row: SqlRow): FoundEntity {
  return {
    owner: row.num as number,
    id: row.id as string,
    version: row.version as number,
    text: row.text as string,
  };
}

function storedRecord(row: SqlRow): StoredRecord {
  return { version: row.version as number, text: row.doc as string };
}
