import type { Media } from '#plan/blobs.ts';
import type { ConnectionGraph } from '#plan/connection-graph.ts';
import { namedType } from '#plan/document.ts';
import { DocumentText } from '#plan/document-text.ts';
import { asksForFacets } from '#plan/facet-search.ts';
import { type MaybePromise, proceed } from '#plan/maybe-promise.ts';
import type {
  CollectionQuery,
  EvaluatedPage,
  FoundPage,
  MemberStart,
  Source,
} from '#plan/query.ts';
import type {
  Address,
  Evaluation,
  FoundEntity,
  Reader,
  StoredRecord,
  Wanted,
} from '#plan/store.ts';
import type { SqlList } from './database.ts';
import { indexKey } from './index-key.ts';
import type { KeptWords } from './known/kept-words.ts';
import { searchPeople } from './known/search-people.ts';
import type { Lookup, SetLayout } from './layout.ts';
import { mediaOf, selectMedia } from './media-statements.ts';
import { type QuerySource, runEvaluation, runQuery } from './query/run-query.ts';
import type { WrittenPlaces } from './written-places.ts';

/** What a reader works on, shared by every reader of a store. */
export interface SqlSource extends QuerySource {
  /** The words by which people are found. */
  readonly known: KeptWords;
  /** The graph of connections of a tenant. */
  connectionsOf(tenant: number): ConnectionGraph;
  /** Where each tenant has been written. */
  readonly places: WrittenPlaces;
}

const LINKED = 'SELECT target FROM kith_link WHERE tenant = ? AND relation = ? AND source = ?';
const PART = 'tenant = ? AND owner = ? AND path = ? AND key = ?';
const READ_PART = `SELECT version, doc FROM kith_part WHERE ${PART}`;

/** Reads of one tenant, each on the last committed state. */
export class SqlReader implements Reader {
  protected readonly source: SqlSource;
  protected readonly tenant: number;

  constructor(source: SqlSource, tenant: number) {
    this.source = source;
    this.tenant = tenant;
  }

  find(
    set: string,
    property: string,
    value: string,
    wanted: Wanted,
  ): MaybePromise<FoundEntity | undefined> {
    const lookup = this.lookup(set, property, wanted);
    if (!lookup.type && isUnstorable(value)) return undefined;
    const key = lookup.type ? indexKey(lookup.type, value) : value;
    return proceed(this.source.database.first(lookup.sql, [this.tenant, key]), foundEntity);
  }

  document(set: string, text: string): DocumentText {
    const { type } = this.layout(set);
    return new DocumentText(namedType(this.source.model, type, writtenType(text)), text);
  }

  async findMany(set: string, owners: readonly number[], wanted: Wanted): Promise<FoundEntity[]> {
    const { table } = this.layout(set);
    const rows = await this.source.database.list(
      `SELECT num, id, version, ${this.columnOf(wanted)} FROM ${table}
        WHERE tenant = ? AND ${this.source.dialect.inList('num')}`,
      [this.tenant, JSON.stringify(owners)],
    );
    const found = new Map(rows.map((row) => [row[0], foundEntity(row)!]));
    return owners.flatMap((owner) => found.get(owner) ?? []);
  }

  read(address: Address): MaybePromise<StoredRecord | undefined> {
    const { set, owner, path, key } = address;
    if (isUnstorable(key)) return undefined;
    const { database } = this.source;
    const row =
      path === ''
        ? database.first(this.layout(set).reading, [this.tenant, owner])
        : database.first(READ_PART, [this.tenant, owner, path, key]);
    return proceed(row, storedRecord);
  }

  async list(
    _set: string,
    owner: number,
    path: string,
  ): Promise<(StoredRecord & { key: string })[]> {
    const rows = await this.source.database.query(
      `SELECT key, version, doc AS text FROM kith_part
        WHERE tenant = ? AND owner = ? AND path = ? ORDER BY key`,
      [this.tenant, owner, path],
    );
    return rows as unknown as (StoredRecord & { key: string })[];
  }

  async listBelow(
    _set: string,
    owner: number,
    path: string,
  ): Promise<(StoredRecord & { path: string; key: string })[]> {
    // What follows '/' in the order of characters is '0'.
    const rows = await this.source.database.query(
      `SELECT path, key, version, doc AS text FROM kith_part
        WHERE tenant = ? AND owner = ? AND path > ? AND path < ? ORDER BY path, key`,
      [this.tenant, owner, `${path}/`, `${path}0`],
    );
    return rows as unknown as (StoredRecord & { path: string; key: string })[];
  }

  media(address: Address, name: string): MaybePromise<Media | undefined> {
    if (isUnstorable(address.key)) return undefined;
    const { sql, params } = selectMedia({ tenant: this.tenant, address, name });
    return proceed(this.source.database.first(sql, params), (row) => row && mediaOf(row));
  }

  query(
    source: Source,
    query: CollectionQuery,
    wanted: Wanted,
    start?: MemberStart,
  ): MaybePromise<FoundPage> {
    const request = { tenant: this.tenant, source, query, wanted, start };
    if (asksForFacets(query.search)) {
      return this.source.known.ready().then(() => searchPeople(this.source, request));
    }
    return runQuery(this.source, request);
  }

  evaluate(evaluation: Evaluation): Promise<EvaluatedPage> {
    return runEvaluation(this.source, this.tenant, evaluation);
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
    const rows = await this.source.database.query(
      `${LINKED} ORDER BY target LIMIT ${this.rows(limit)}`,
      [this.tenant, relation, source, limit],
    );
    return rows.map((row) => row.target as number);
  }

  async countLinked(relation: string, source: number): Promise<number> {
    const rows = await this.source.database.query(
      `SELECT count(*) AS total FROM (${LINKED}) each`,
      [this.tenant, relation, source],
    );
    return Number(rows[0]!.total);
  }

  writesAt(places: readonly string[]): number | undefined {
    const { database, places: written } = this.source;
    return database.isShared ? undefined : written.count(this.tenant, places);
  }

  get connections(): ConnectionGraph {
    return this.source.connectionsOf(this.tenant);
  }

  private rows(limit: number): string {
    return this.source.dialect.words.rows(limit).text;
  }

  /** The SQL of a lookup, made at its first use. */
  private lookup(set: string, property: string, wanted: Wanted): Lookup {
    const { table, indexes, lookups } = this.layout(set);
    const name = `${property} ${wanted}`;
    const known = lookups.get(name);
    if (known) return known;
    const text = this.columnOf(wanted);
    const version = wanted === 'place' ? '0' : 'version';
    const isKey = property === 'id';
    const index = isKey ? undefined : indexes.find((each) => each.property.name === property);
    if (!index && !isKey) throw new Error(`${set} has no index on ${property}.`);
    const where = `tenant = ? AND ${index?.column ?? 'id'} = ?`;
    const sql = `SELECT num, id, ${version}, ${text} FROM ${table} WHERE ${where}`;
    const lookup = { sql, type: index?.property.type };
    lookups.set(name, lookup);
    return lookup;
  }

  /** The column of a set's table that has what is wanted. */
  private columnOf(wanted: Wanted): string {
    if (wanted === 'bytes') return this.source.dialect.sentText('doc');
    return { doc: 'doc', view: 'coalesce(view, doc)', nothing: "''", place: "''" }[wanted];
  }

  protected layout(set: string): SetLayout {
    const layout = this.source.layouts.get(set);
    if (!layout) throw new Error(`The model has no set ${set}.`);
    return layout;
  }
}

/** The type that a canonical text names at its very beginning. */
function writtenType(text: string): string | undefined {
  return /^\{"@odata\.type":"([^"]+)"/.exec(text)?.[1];
}

/** PostgreSQL keeps no NUL in its texts, so nothing is ever kept under such a key. */
function isUnstorable(key: string): boolean {
  return key.includes('\0');
}

/** The row of a look-up as what was looked for. */
function foundEntity(row: SqlList | undefined): FoundEntity | undefined {
  if (!row) return undefined;
  const [owner, id, version] = row as [number, string, number];
  const text: unknown = row[3];
  if (typeof text === 'string') return { owner, id, version, text };
  return { owner, id, version, text: '', bytes: text as Uint8Array };
}

function storedRecord(row: SqlList | undefined): StoredRecord | undefined {
  return row && { version: row[0] as number, text: row[1] as string };
}
