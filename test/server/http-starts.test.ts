import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createDatabase } from '../postgres.ts';
import { runKith, startKith } from '../running-kith.ts';
import { makeScratchFolder } from './scratch-folder.ts';

const OPERATOR_ERROR = 2;

/** A start that is refused: exit code 2, one sentence, nothing on stdout. */
async function assertRefused(flags: readonly string[], reason: RegExp): Promise<void> {
  const { code, stdout, stderr } = await runKith(flags);
  assert.equal(code, OPERATOR_ERROR, `${flags.join(' ')}: ${code} ${stderr}`);
  assert.match(stderr, reason);
  assert.ok(!/^\s+at /m.test(stderr), stderr);
  assert.equal(stdout, '');
}

test('a wrong configuration ends with exit code 2 and one sentence', async () => {
  await using scratch = await makeScratchFolder();
  const folder = ['--data-dir', scratch.path];
  const file = join(scratch.path, 'not-a-seed.jsonl');
  const inSeed = join(scratch.path, 'unknown-set.jsonl');
  await writeFile(file, '{"@set":"users"\n');
  await writeFile(inSeed, '{"@set":"unicorns","id":"x"}\n');
  const rows: readonly (readonly [flags: readonly string[], reason: RegExp])[] = [
    [['--colour', 'red'], /--colour/],
    [['--host', '0.0.0.0'], /--allow-remote/],
    [['--config', join(scratch.path, 'missing.json')], /missing\.json/],
    [[...folder, '--port', '0', '--cert', 'missing.pem', '--key', 'missing.pem'], /missing\.pem/],
    [[...folder, '--port', '0', '--seed', join(scratch.path, 'missing.jsonl')], /missing\.jsonl/],
    [[...folder, '--port', '0', '--seed', file], /not-a-seed\.jsonl:1/],
    [[...folder, '--port', '0', '--seed', inSeed], /unicorns/],
    [['--port', '0', '--data-dir', file], /cannot be made/],
  ];
  for (const [flags, reason] of rows) await assertRefused(flags, reason);
});

test('a store in an open folder is for its owner alone, and is seeded once', async () => {
  await using scratch = await makeScratchFolder();
  const dataDir = join(scratch.path, 'open');
  await mkdir(dataDir, { mode: 0o755 });
  await using kith = await startKith({ dataDir });
  await kith.request('/_kith/reset', { method: 'POST' });
  for (const name of ['kith.sqlite', 'kith.sqlite-wal', 'kith.sqlite-shm']) {
    assert.equal((await stat(join(dataDir, name))).mode & 0o777, 0o600, name);
  }
  await kith.close();
  const seed = join(scratch.path, 'seed.jsonl');
  await writeFile(seed, '');
  await using again = await startKith({
    dataDir,
    flags: ['--seed', seed, '--log-level', 'info'],
  });
  assert.match(again.log(), /a store is seeded once; it has been/);
});

test('a store that cannot be reached is refused, without its password', async () => {
  await using scratch = await makeScratchFolder();
  const store = 'postgres://kith:swordfish@127.0.0.1:1/kith';
  const flags = ['--port', '0', '--data-dir', scratch.path, '--store', store];
  const { code, stderr } = await runKith(flags);
  assert.notEqual(code, 0);
  assert.ok(!stderr.includes('swordfish'), stderr);
  assert.equal(code, OPERATOR_ERROR, stderr);
});

test('a second process on the same data folder is told who has it', async () => {
  await using kith = await startKith();
  const flags = ['--port', '0', '--data-dir', kith.dataDir];
  await assertRefused(flags, new RegExp(`in use by process ${kith.pid};`));
  assert.equal((await kith.request('/_kith/ready')).status, 200);
});

test('a port that is taken is refused by its number', async () => {
  await using scratch = await makeScratchFolder();
  await using kith = await startKith();
  const flags = ['--port', String(kith.port), '--data-dir', scratch.path];
  await assertRefused(flags, new RegExp(`Port ${kith.port} of 127\\.0\\.0\\.1 is in use`));
});

test('a store that is newer than the program is refused and left as it is', async () => {
  await using scratch = await makeScratchFolder();
  await (await startKith({ dataDir: scratch.path })).close();
  const path = join(scratch.path, 'kith.sqlite');
  const open = new DatabaseSync(path);
  open.exec('UPDATE kith_version SET version = 9999');
  open.close();
  await assertRefused(['--port', '0', '--data-dir', scratch.path], /format 9999/);
  const again = new DatabaseSync(path, { readOnly: true });
  assert.equal(again.prepare('SELECT version FROM kith_version').get()?.version, 9999);
  again.close();
});

test('a file that is no database is refused', async () => {
  await using scratch = await makeScratchFolder();
  await writeFile(join(scratch.path, 'kith.sqlite'), "this is somebody else's file\n".repeat(500));
  await assertRefused(['--port', '0', '--data-dir', scratch.path], /kith\.sqlite/);
});

test('what was written is there after a stop and a start, and tokens stay good', async () => {
  await using scratch = await makeScratchFolder();
  const first = await startKith({ dataDir: scratch.path, flags: ['--port', '0'] });
  const token = await first.token();
  const written = await first.request('/v1.0/me', { token, body: { city: 'Kept' } });
  await first.close();
  await using second = await startKith({
    dataDir: scratch.path,
    flags: ['--port', String(first.port)],
  });
  const read = await second.request('/localtest/me', { token });
  assert.equal(read.json.city, 'Kept');
  assert.equal(read.headers.etag, written.headers.etag);
});

test('two processes on one PostgreSQL share people and their versions', async () => {
  const database = await createDatabase();
  try {
    await using one = await startKith({ store: database.url });
    await using two = await startKith({ store: database.url });
    const cities = Array.from({ length: 40 }, (_, index) => `City ${index}`);
    const tokens = [await one.token(), await two.token()];
    const replies = await Promise.all(
      cities.map((city, index) =>
        (index % 2 ? two : one).request('/v1.0/me', { token: tokens[index % 2], body: { city } }),
      ),
    );
    assert.deepEqual(new Set(replies.map(({ status }) => status)), new Set([200]));
    const [first, second] = await Promise.all([
      one.request('/localtest/me', { token: tokens[0] }),
      two.request('/localtest/me', { token: tokens[1] }),
    ]);
    assert.equal(first.headers.etag, 'W/"41"');
    assert.equal(second.headers.etag, 'W/"41"');
    assert.equal(first.json.city, second.json.city);
  } finally {
    await database.drop();
  }
});

test('SIGTERM ends the process within 5 s, though clients hold connections open', async () => {
  const kith = await startKith();
  const idle = connect({ port: kith.port, host: '127.0.0.1' });
  const half = connect({ port: kith.port, host: '127.0.0.1' });
  for (const socket of [idle, half]) socket.on('error', () => {});
  half.write('PATCH /v1.0/me HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n');
  await kith.request('/_kith/live');
  const started = performance.now();
  await kith.close();
  assert.ok(performance.now() - started < 5_000);
  for (const socket of [idle, half]) socket.destroy();
});

test('a request that runs when SIGTERM comes is answered', async () => {
  const kith = await startKith();
  const token = await kith.token();
  const body = JSON.stringify({ city: 'Answered' });
  const socket = connect({ port: kith.port, host: '127.0.0.1' });
  let answer = '';
  socket.setEncoding('utf8').on('data', (part) => {
    answer += part;
  });
  socket.write(
    `PATCH /v1.0/me HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\n` +
      `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, 5)}`,
  );
  // By the time another request is answered, the server has seen this one's head.
  await sleep(50);
  await kith.request('/_kith/live');
  const closed = kith.close();
  await sleep(200);
  socket.write(body.slice(5));
  await once(socket, 'close');
  await closed;
  assert.match(answer, /^HTTP\/1\.1 200 /);
  assert.match(answer, /connection: close/i);
  assert.match(answer, /"city":"Answered"/);
});
