import { DatabaseSync } from 'node:sqlite';
import { foldText } from '#plan/compare.ts';
import type { Person } from './company-store.ts';
import { makeRequest, type Operation, type Sent } from './operations.ts';
import { type Callers, findPictured } from './requests.ts';

/** One operation's answers to ask Kith for, to keep as the floor's documents. */
export interface FloorTable {
  readonly operation: Operation;
  /** The floor's path and table: the operation's number. */
  readonly name: string;
}

export interface FillOptions {
  readonly tables: readonly FloorTable[];
  readonly origin: string;
  readonly people: readonly Person[];
  readonly callers: Callers;
}

/** How many answers to PATCH the floor keeps ready; they differ in length, as Kith's do. */
export const PREPARED_ANSWERS = 256;

const PARALLEL = 32;
const PAGE = '/v1.0/users?$top=999';

/** Opens the floor's file with the settings of Kith's own store: durable at every commit. */
export function openFloorFile(path: string): DatabaseSync {
  const database = new DatabaseSync(path);
  database.exec(`
    PRAGMA page_size = 8192;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA cache_size = -16000;
  `);
  return database;
}

/**
 * Fills the floor with the very texts that Kith answers: a table for each operation on single
 * documents, one of people for all lists, and what lists read from it and send in front.
 */
export async function fillFloor(path: string, options: FillOptions): Promise<void> {
  const { tables } = options;
  const database = openFloorFile(path);
  database.exec(`CREATE TABLE constant (
    name TEXT PRIMARY KEY, status INTEGER NOT NULL, headers TEXT NOT NULL, body BLOB NOT NULL)`);
  database.exec('CREATE TABLE list (name TEXT PRIMARY KEY, sql TEXT NOT NULL, head TEXT NOT NULL)');
  const lists = tables.filter(({ operation }) => operation.floor !== undefined);
  // Before anybody is created by what follows.
  if (lists.length > 0) await fillPeople(database, options);
  for (const { operation, name } of tables) {
    if (operation.isConstant) await keepAnswer(database, { operation, name }, options);
    else if (operation.floor === undefined) {
      await fillTable(database, { operation, name }, options);
    }
  }
  const insert = database.prepare('INSERT INTO list (name, sql, head) VALUES (?, ?, ?)');
  for (const { operation, name } of lists) {
    insert.run(name, operation.floor!, await fetchHead(operation, options));
  }
  database.close();
}

/** Headers that a constant answer is sent with. */
const SENT = ['content-type', 'etag'];

async function keepAnswer(
  database: DatabaseSync,
  { operation, name }: FloorTable,
  { origin, people, callers }: FillOptions,
): Promise<void> {
  const [token = ''] = callers.values();
  const key = findPictured(people);
  const { path, headers } = makeRequest(operation, { key, token, number: 0 });
  const response = await fetch(`${origin}${path}`, { headers });
  const body = Buffer.from(await response.arrayBuffer());
  const sent = Object.fromEntries([...response.headers].filter(([each]) => SENT.includes(each)));
  database
    .prepare('INSERT INTO constant (name, status, headers, body) VALUES (?, ?, ?, ?)')
    .run(name, response.status, JSON.stringify(sent), body);
}

async function fillTable(
  database: DatabaseSync,
  { operation, name }: FloorTable,
  { origin, people, callers }: FillOptions,
): Promise<void> {
  database.exec(`CREATE TABLE "${name}" (id TEXT PRIMARY KEY, doc TEXT NOT NULL)`);
  const all = operation.about === 'caller' ? [...callers.keys()] : people.map(({ id }) => id);
  // What is made is told apart from its answer alone.
  const keys = operation.method === 'POST' ? all.slice(0, PREPARED_ANSWERS) : all;
  const insert = database.prepare(`INSERT INTO "${name}" (id, doc) VALUES (?, ?)`);
  const [someToken = ''] = callers.values();
  for (let start = 0; start < keys.length; start += PARALLEL) {
    const some = keys.slice(start, start + PARALLEL);
    const docs = await Promise.all(
      some.map((key, index) => {
        const token = callers.get(key) ?? someToken;
        return fetchText(origin, operation, { key, token, number: start + index });
      }),
    );
    database.exec('BEGIN');
    for (const [index, key] of some.entries()) insert.run(key, docs[index]!);
    database.exec('COMMIT');
  }
}

/** The members of Kith's own pages, with what lists find and order them by. */
async function fillPeople(database: DatabaseSync, options: FillOptions): Promise<void> {
  const { origin, people, callers } = options;
  database.exec(`
    CREATE TABLE people (num INTEGER PRIMARY KEY, department TEXT, name TEXT, doc TEXT NOT NULL);
    CREATE TABLE counter (total INTEGER NOT NULL);
  `);
  const insert = database.prepare('INSERT INTO people (department, name, doc) VALUES (?, ?, ?)');
  const known = new Map(people.map((each) => [each.id, each]));
  const [token = ''] = callers.values();
  const headers = { Authorization: `Bearer ${token}` };
  for (let url: string | undefined = `${origin}${PAGE}`; url; ) {
    const page = JSON.parse(await readText(url, { headers })) as Page;
    database.exec('BEGIN');
    for (const member of page.value) {
      const { department, displayName } = known.get(member.id)!;
      insert.run(foldText(department), foldText(displayName), JSON.stringify(member));
    }
    database.exec('COMMIT');
    url = page['@odata.nextLink'];
  }
  database.prepare('INSERT INTO counter VALUES (?)').run(people.length);
  database.exec(`
    CREATE INDEX people_department ON people (department, num);
    CREATE INDEX people_name ON people (name, num);
  `);
}

interface Page {
  readonly value: readonly { readonly id: string }[];
  readonly '@odata.nextLink'?: string;
}

/** What stands before the members in a list's answer; nothing where it is a number alone. */
async function fetchHead(operation: Operation, options: FillOptions): Promise<string> {
  const { origin, people, callers } = options;
  const [token = ''] = callers.values();
  const { department, displayName } = people.at(-1)!;
  const key = operation.about === 'name' ? displayName.slice(0, 3) : department;
  const text = await fetchText(origin, operation, { key, token, number: 0 });
  const members = text.indexOf('"value":[');
  return members < 0 ? '' : text.slice(0, members + '"value":['.length);
}

function fetchText(
  origin: string,
  operation: Operation,
  parties: Parameters<typeof makeRequest>[1],
): Promise<string> {
  const { path, headers, body }: Sent = makeRequest(operation, parties);
  const { method } = operation;
  const init = body === undefined ? { method, headers } : { method, headers, body };
  return readText(`${origin}${path}`, init);
}

async function readText(url: string, init: RequestInit): Promise<string> {
  const response = await fetch(url, init);
  const text = await response.text();
  if (response.ok) return text;
  throw new Error(`${url} was answered with ${response.status}: ${text}`);
}
