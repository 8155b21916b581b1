import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { generateCompany } from '#emulator/company/generate-company.ts';
import { type RunningKith, startKith } from '../running-kith.ts';
import { makeScratchFolder } from '../server/scratch-folder.ts';
import { makeWriters, valueAt, type Writer, writeUntilGone } from './write-load.ts';

/** How long each round writes before the process is killed, in milliseconds. */
const rounds = [40, 150, 400, 700, 1_100];
const people = ['mira', 'ingrid', 'siobhan', 'lukasz', 'elif', 'juergen', 'haruka', 'jing'].map(
  (name) => `${name}@fernhollow.example`,
);

test('kill -9 under a write load loses nothing that was acknowledged', async () => {
  await using scratch = await makeScratchFolder();
  const writers = makeWriters(people);
  for (const milliseconds of rounds) {
    const kith = await startKith({ dataDir: scratch.path });
    const token = await kith.token();
    for (const writer of writers) await assertKept(kith, token, writer);
    const done = writeUntilGone(kith, token, writers);
    await sleep(milliseconds);
    await kith.kill();
    await done;
    assert.ok(writers.every(({ sent }) => sent > 0));
    checkDatabase(join(scratch.path, 'kith.sqlite'));
  }
  await using kith = await startKith({ dataDir: scratch.path });
  const token = await kith.token();
  for (const writer of writers) await assertKept(kith, token, writer);
  const acknowledged = writers.reduce((sum, each) => sum + each.acknowledged, 0);
  assert.ok(acknowledged > 500, `Only ${acknowledged} writes were acknowledged.`);
});

/** The value is that of the last acknowledged write, or of the one that was under way. */
async function assertKept(kith: RunningKith, token: string, writer: Writer): Promise<void> {
  const { path, member, acknowledged, sent } = writer;
  if (sent === 0) return;
  const reply = await kith.request(path, { token });
  if (acknowledged === 0 && reply.status === 404) return;
  assert.equal(reply.status, 200, reply.text);
  const possible = [valueAt(writer, acknowledged), valueAt(writer, sent)];
  const found = reply.json[member];
  const wasNeverWritten = acknowledged === 0;
  assert.ok(
    wasNeverWritten || possible.includes(found),
    `${path} has ${found}; acknowledged was ${possible[0]}, sent ${possible[1]}.`,
  );
  // What is there now is where the next round goes on.
  if (found === possible[1]) writer.acknowledged = sent;
  else writer.sent = acknowledged;
}

/** The file is whole, and every change of an entity has its event: neither more nor fewer. */
function checkDatabase(path: string): void {
  const database = new DatabaseSync(path);
  assert.deepEqual(database.prepare('PRAGMA integrity_check').all().map(Object.values), [['ok']]);
  const astray = database
    .prepare(
      `SELECT num, version, events FROM (
        SELECT num, version, (SELECT count(*) FROM kith_change c WHERE c.tenant = u.tenant
          AND c.set_name = 'users' AND c.owner = u.num AND c.path = '') AS events
        FROM set_users u) WHERE events <> version - 1`,
    )
    .all();
  assert.deepEqual(astray, []);
  database.close();
}

test('kill -9 during the first start leaves a store that the next start completes', async () => {
  await using scratch = await makeScratchFolder();
  const lines = [...generateCompany({ people: 400, seed: 3 })];
  const seed = join(scratch.path, 'company.jsonl');
  await writeFile(seed, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const users = lines.filter((line) => (line as { '@set'?: string })['@set'] === 'users').length;
  const dataDir = join(scratch.path, 'data');
  const flags = ['--seed', seed];
  const starting = startKith({ dataDir, flags });
  const early = starting.then(
    () => 'ready',
    (error: Error) => error.message,
  );
  const over = new AbortController();
  void early.then(() => over.abort());
  await waitForRow(
    join(dataDir, 'kith.sqlite'),
    'SELECT num AS found FROM kith_tenant',
    over.signal,
  );
  const pid = await waitForRow(
    join(dataDir, 'lock'),
    'SELECT pid AS found FROM owner',
    over.signal,
  );
  process.kill(Number(pid), 'SIGKILL');
  assert.equal(
    await early,
    'Kith did not start.\n',
    'The first start was over before it was killed.',
  );
  await using kith = await startKith({ dataDir, flags });
  assert.ok(kith.isAlive());
  const database = new DatabaseSync(join(dataDir, 'kith.sqlite'), { readOnly: true });
  const kept = database.prepare('SELECT count(*) AS total FROM set_users').get()?.total;
  const parts = database.prepare('SELECT count(*) AS total FROM kith_part').get()?.total;
  database.close();
  assert.equal(kept, users);
  // Everybody has a profile beside what the lines say.
  assert.equal(parts, users + lines.filter((line) => '@parent' in line).length);
});

/** What the statement finds, once it finds something; throws when the start is over before. */
async function waitForRow(path: string, sql: string, over: AbortSignal): Promise<unknown> {
  for (;;) {
    const found = readRow(path, sql);
    if (found !== undefined) return found;
    assert.ok(!over.aborted, `The start was over before ${path} had its row.`);
    await sleep(1);
  }
}

/** A value of a database that somebody else is just making; undefined while it is not there. */
function readRow(path: string, sql: string): unknown {
  if (!existsSync(path)) return undefined;
  try {
    const database = new DatabaseSync(path, { readOnly: true });
    try {
      return database.prepare(sql).get()?.found;
    } finally {
      database.close();
    }
  } catch {
    return undefined;
  }
}
