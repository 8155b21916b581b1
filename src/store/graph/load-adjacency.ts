import { setImmediate } from 'node:timers/promises';
import type { Database, Statement } from '../database.ts';
import type { Dialect } from '../dialect.ts';
import { Adjacency } from './adjacency.ts';
import { NeighbourReader, packNeighbours } from './packed-neighbours.ts';

/** What the graph of a tenant is read from. */
export interface GraphSource {
  readonly database: Database;
  readonly dialect: Dialect;
  /** The quoted table of people. */
  readonly people: string;
  readonly tenant: number;
}

/** Rows that are read before anything else has its turn. */
const PAGE = 4000;
const PEOPLE_PAGE = 50_000;
/** A row of more chunks is packed anew. */
const CHUNKS_MAX = 16;

/** Reads the connections of all people who are in the directory. */
export async function loadAdjacency(source: GraphSource): Promise<Adjacency> {
  const { database, tenant } = source;
  const people = await readPeople(source);
  const size = await database.first(
    'SELECT CAST(coalesce(sum(length(packed)), 0) AS BIGINT) FROM kith_connected WHERE tenant = ?',
    [tenant],
  );
  // Each entry is a byte at least.
  const graph = new Adjacency({ people, entries: Number(size?.[0] ?? 0) });
  const reader = new NeighbourReader();
  let folding: Promise<unknown> = Promise.resolve();
  for (let last = 0; ; ) {
    const rows = await readPage(source, 'owner, packed', '', [last, PAGE]);
    const folds: Statement[] = [];
    for (const [owner, packed] of rows as unknown as [number, Uint8Array][]) {
      last = owner;
      const person = graph.numberOf(owner);
      if (person < 0) continue;
      reader.read(packed);
      if (reader.chunks > CHUNKS_MAX) folds.push(fold(tenant, owner, packed, reader));
      graph.fill(person, reader.owners, reader.length);
    }
    await folding;
    if (folds.length > 0) folding = database.commit(folds);
    if (rows.length < PAGE) break;
    await setImmediate();
  }
  await folding;
  return graph;
}

/** The packed neighbours of some people, by surrogate; who has none is left out. */
export async function readRows(
  { database, dialect, tenant }: GraphSource,
  owners: Iterable<number>,
): Promise<Map<number, Uint8Array>> {
  const rows = await database.list(
    `SELECT owner, packed FROM kith_connected WHERE tenant = ? AND ${dialect.inList('owner')}`,
    [tenant, JSON.stringify([...owners])],
  );
  return new Map(rows as unknown as readonly [number, Uint8Array][]);
}

/** Which of some people are in the directory. */
export async function readPresent(
  { database, dialect, people, tenant }: GraphSource,
  owners: Iterable<number>,
): Promise<Set<number>> {
  const rows = await database.list(
    `SELECT num FROM ${people} WHERE tenant = ? AND ${dialect.inList('num')}`,
    [tenant, JSON.stringify([...owners])],
  );
  return new Set(rows.map(([owner]) => owner as number));
}

/** Surrogates of the people in the directory who have a row, ascending. */
async function readPeople(source: GraphSource): Promise<Float64Array> {
  const isPresent = ` AND EXISTS (SELECT 1 FROM ${source.people} person
    WHERE person.tenant = kith_connected.tenant AND person.num = kith_connected.owner)`;
  const pages: Float64Array[] = [];
  for (let last = 0, isMore = true; isMore; ) {
    const rows = await readPage(source, 'owner', isPresent, [last, PEOPLE_PAGE]);
    pages.push(Float64Array.from(rows, ([owner]) => owner as number));
    last = pages.at(-1)!.at(-1) ?? last;
    isMore = rows.length === PEOPLE_PAGE;
    if (isMore) await setImmediate();
  }
  const people = new Float64Array(pages.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const page of pages) {
    people.set(page, end);
    end += page.length;
  }
  return people;
}

function readPage(
  { database, dialect, tenant }: GraphSource,
  columns: string,
  where: string,
  [last, limit]: readonly [number, number],
) {
  return database.list(
    `SELECT ${columns} FROM kith_connected WHERE tenant = ? AND owner > ?${where}
      ORDER BY owner LIMIT ${dialect.words.rows(limit).text}`,
    [tenant, last, limit],
  );
}

/** Packs a row anew, unless it has become another one meanwhile. */
function fold(
  tenant: number,
  owner: number,
  packed: Uint8Array,
  { owners, length }: NeighbourReader,
): Statement {
  return {
    sql: 'UPDATE kith_connected SET packed = ? WHERE tenant = ? AND owner = ? AND packed = ?',
    params: [packNeighbours(owners.subarray(0, length)), tenant, owner, packed],
    expects: 'any',
  };
}
