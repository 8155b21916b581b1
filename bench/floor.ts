/**
 * The document floor: bare node:http and node:sqlite. A GET is one document read by its id, or
 * those that a list's statement finds, joined behind a prepared head; a PATCH or POST is one
 * durable commit of one row, answered with a prepared text; a constant answer is sent as it is.
 * Nothing is checked or grouped. Paths are `/{table}/{id}` and `/{list}/{value}`, of the file that
 * its one argument names.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { openFloorFile, PREPARED_ANSWERS } from './floor-file.ts';

interface Table {
  readonly read: StatementSync;
  readonly write: StatementSync;
  readonly insert: StatementSync;
  /** Answers to a PATCH; each is also the document that it writes. */
  readonly answers: readonly string[];
}

interface List {
  readonly read: StatementSync;
  /** What stands before the members; empty for a list that is one number. */
  readonly head: string;
  readonly isFiltered: boolean;
}

const CONTENT_TYPE = 'application/json;charset=utf-8';

const database: DatabaseSync = openFloorFile(process.argv[2]!);
const tables = new Map<string, Table>();
for (const { name } of database
  .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name GLOB 't[0-9]*'`)
  .all()) {
  const prepared = database.prepare(`SELECT doc FROM "${name}" LIMIT ${PREPARED_ANSWERS}`).all();
  tables.set(String(name), {
    read: database.prepare(`SELECT doc FROM "${name}" WHERE id = ?`),
    write: database.prepare(`UPDATE "${name}" SET doc = ? WHERE id = ?`),
    insert: database.prepare(`INSERT INTO "${name}" (doc, id) VALUES (?, ?)`),
    answers: prepared.map(({ doc }) => String(doc)),
  });
}
const lists = new Map<string, List>();
for (const { name, sql, head } of database.prepare('SELECT name, sql, head FROM list').all()) {
  const read = database.prepare(String(sql));
  read.setReturnArrays(true);
  lists.set(String(name), { read, head: String(head), isFiltered: String(sql).includes('?') });
}
interface Constant {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

const constants = new Map<string, Constant>();
for (const { name, status, headers, body } of database.prepare('SELECT * FROM constant').all()) {
  const bytes = Buffer.from(body as Uint8Array);
  const length = bytes.length > 0 ? { 'Content-Length': String(bytes.length) } : {};
  const sent = { ...(JSON.parse(String(headers)) as Record<string, string>), ...length };
  constants.set(String(name), { status: Number(status), headers: sent, body: bytes });
}
let written = 0;

const server = createServer((request, response) => {
  const [, name = '', id = ''] = request.url!.split('/');
  const constant = constants.get(name);
  if (constant) {
    response.writeHead(constant.status, constant.headers);
    response.end(constant.status === 304 ? undefined : constant.body);
    return;
  }
  const list = lists.get(name);
  if (list) {
    answer(response, readList(list, id));
    return;
  }
  const table = tables.get(name)!;
  if (request.method === 'GET') answer(response, table.read.get(id)!.doc as string);
  else change(request, response, { table, id: request.method === 'POST' ? randomUUID() : id });
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});
// The channel to the benchmark ends with it, however it ends: no floor is left running.
process.once('disconnect', stop);
process.once('SIGTERM', () => (process.connected ? process.disconnect!() : stop()));

function stop(): void {
  server.close(() => database.close());
  server.closeAllConnections();
}

function readList({ read, head, isFiltered }: List, value: string): string {
  const rows = isFiltered ? read.all(decodeURIComponent(value)) : read.all();
  const texts = (rows as unknown as unknown[][]).map(([text]) => text);
  return head === '' ? String(texts[0]) : `${head}${texts.join(',')}]}`;
}

function change(
  request: IncomingMessage,
  response: ServerResponse,
  { table, id }: { table: Table; id: string },
): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    Buffer.concat(chunks).toString();
    const doc = table.answers[written++ % table.answers.length]!;
    (request.method === 'POST' ? table.insert : table.write).run(doc, id);
    answer(response, doc);
  });
}

function answer(response: ServerResponse, doc: string): void {
  response.writeHead(200, {
    'Content-Type': CONTENT_TYPE,
    'Content-Length': Buffer.byteLength(doc),
  });
  response.end(doc);
}
