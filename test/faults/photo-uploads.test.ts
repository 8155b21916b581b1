import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { type Reply, type RunningKith, startKith } from '../running-kith.ts';
import { describePicture, picture } from '../server/pictures.ts';

const LIMIT = 4 * 1024 * 1024;
const MUTATIONS = process.env.KITH_TEST_FULL ? 10_000 : 60;
const photo = '/v1.0/me/photo';
const value = `${photo}/$value`;

let kith: RunningKith;
let token: string;
let tag: string;
before(async () => {
  kith = await startKith();
  token = await kith.token();
  tag = String((await put(await picture(100).jpeg().toBuffer())).headers.etag);
});
after(() => kith?.close());

function put(body: Uint8Array): Promise<Reply> {
  return kith.request(value, { method: 'PUT', token, body });
}

async function assertUnchanged(): Promise<void> {
  const { headers } = await kith.request(value, { token, method: 'HEAD' });
  assert.equal(headers.etag, tag);
}

function chunk(name: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  return Buffer.concat([length, Buffer.from(name, 'latin1'), data, Buffer.alloc(4)]);
}

/** A PNG that is a small file and would be 768 MB of pixels. */
function bombPng(): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(16_000, 0);
  head.writeUInt32BE(16_000, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const pixels = deflateSync(Buffer.alloc(48_001 * 100));
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  const chunks = [chunk('IHDR', head), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([signature, ...chunks]);
}

async function residentMegabytes(): Promise<number> {
  const status = await readFile(`/proc/${kith.pid}/status`, 'latin1');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)![1]) / 1024;
}

test('bombs and other kinds are refused by their headers, in no time and no memory', async () => {
  const animated = await picture(20).gif().toBuffer();
  const frames = animated.subarray(13 + 3 * 2 ** ((animated[10]! & 7) + 1), -1);
  const bombs: [string, Uint8Array, number][] = [
    ['a bomb', bombPng(), 400],
    ['frames', Buffer.concat([animated.subarray(0, -1), ...Array(10_000).fill(frames)]), 400],
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 415],
    ['nothing', new Uint8Array(), 400],
    ['zeroes', Buffer.alloc(LIMIT), 415],
  ];
  for (const [, bytes] of bombs) await put(bytes);
  const before = await residentMegabytes();
  for (const [what, bytes, status] of bombs) {
    let least = Number.POSITIVE_INFINITY;
    // Other tests share the machine, and sending takes its time: one quick answer shows it.
    for (let run = 0; run < 20 && least >= 50; run++) {
      const started = performance.now();
      const reply = await put(bytes);
      least = Math.min(least, performance.now() - started);
      assert.equal(reply.status, status, `${what}: ${reply.text}`);
      assert.ok(reply.json.error.message.length > 10);
    }
    assert.ok(least < 50, `${what} took ${least} ms`);
  }
  const grown = (await residentMegabytes()) - before;
  assert.ok(grown < 30, `${grown} MB`);
  await assertUnchanged();
});

test('a photo has 4 MB at most, of which not one more byte is read', async () => {
  const jpeg = await picture(100).jpeg().toBuffer();
  const padded = Buffer.concat([jpeg, Buffer.alloc(LIMIT - jpeg.length)]);
  assert.equal((await put(padded)).status, 200);
  tag = String((await kith.request(value, { token, method: 'HEAD' })).headers.etag);
  const head = `PUT ${value} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\n`;
  const socket = connect(kith.port, '127.0.0.1');
  // Nothing of the body is sent: the answer comes from what is announced.
  socket.write(`${head}Content-Length: ${LIMIT + 1}\r\n\r\n`);
  const [first] = await Array.fromAsync(socket.take(1));
  socket.destroy();
  assert.match(String(first), /^HTTP\/1\.1 413 /);
  const chunked = connect(kith.port, '127.0.0.1');
  chunked.write(`${head}Transfer-Encoding: chunked\r\n\r\n`);
  let answer = '';
  chunked.on('data', (text) => {
    answer += String(text);
  });
  const megabyte = `100000\r\n${'x'.repeat(2 ** 20)}\r\n`;
  let sent = 0;
  for (; sent < 64 && answer === '' && !chunked.destroyed; sent++) {
    if (!chunked.write(megabyte)) await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assert.match(answer, /^HTTP\/1\.1 413 /);
  assert.ok(sent < 64, 'the answer comes before the end');
  chunked.destroy();
  await assertUnchanged();
});

test('an image that ends anywhere is refused, and the photo stays', async () => {
  for (const format of ['jpeg', 'png', 'webp', 'gif', 'avif'] as const) {
    const whole = await picture(300, 200).toFormat(format).toBuffer();
    for (const part of [0.1, 0.5, 0.9]) {
      const reply = await put(whole.subarray(0, Math.floor(whole.length * part)));
      assert.ok([400, 415].includes(reply.status), `${format} ${part}: ${reply.status}`);
    }
  }
  await assertUnchanged();
});

test(`of ${MUTATIONS} damaged images none harms anything`, async (t) => {
  const originals = await Promise.all(
    (['jpeg', 'png', 'webp', 'gif', 'avif'] as const).map((format) =>
      picture(160, 120).toFormat(format).toBuffer(),
    ),
  );
  let state = 20_261_121;
  const random = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const statuses = new Map<number, number>();
  for (let number = 0; number < MUTATIONS; number++) {
    const bytes = Buffer.from(originals[number % originals.length]!);
    for (let flip = random(8); flip >= 0; flip--) {
      const at = random(bytes.length);
      bytes[at] = random(256);
    }
    const cut = random(4) === 0 ? bytes.subarray(0, random(bytes.length)) : bytes;
    const reply = await put(cut);
    statuses.set(reply.status, (statuses.get(reply.status) ?? 0) + 1);
    assert.ok([200, 400, 415].includes(reply.status), `${number}: ${reply.status} ${reply.text}`);
  }
  t.diagnostic(`answered: ${JSON.stringify([...statuses])}`);
  assert.ok(kith.isAlive());
  const { status, bytes } = await kith.request(value, { token });
  assert.equal(status, 200);
  assert.equal((await describePicture(bytes)).format, 'jpeg');
});
