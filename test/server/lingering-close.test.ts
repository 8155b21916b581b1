import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdir, readlink } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect as connectTls } from 'node:tls';
import { type RunningKith, startKith } from '../running-kith.ts';

/**
 * Who is refused while still sending reads the refusal: whole, and without an error of the
 * connection.
 */

const MB = 2 ** 20;
/** What the server throws away behind an answer, at most. */
const LINGER_BYTES = 128 * MB;
const RUNS = process.env.KITH_TEST_FULL === '1' ? 20 : 5;

let kith: RunningKith;
let token: string;
let silent: Socket;
/** Connections without those of these tests. */
let usual: number;
before(async () => {
  kith = await startKith();
  token = await kith.token();
  usual = await openSockets();
  // It neither sends what it has announced nor closes its end.
  silent = await open('http', true);
  silent.write(headOf({ scheme: 'http', kind: 'announced', path: '/v1.0/me', bytes: 64 * MB }));
  await once(silent.resume(), 'end');
  assert.ok((await openSockets()) > usual, 'it lingers');
});
after(async () => {
  silent?.destroy();
  await kith?.close();
});

type Scheme = 'http' | 'https';
type Kind = 'announced' | 'chunked';

interface Upload {
  readonly scheme: Scheme;
  readonly kind: Kind;
  readonly path: string;
  readonly bytes: number;
  /** Whether nothing is read before everything is written. */
  readonly isBlind?: boolean;
  /** Whether it goes on when it has been answered. */
  readonly isStubborn?: boolean;
}

interface Outcome {
  readonly answer: string;
  readonly sent: number;
  readonly error: string | undefined;
}

async function open(scheme: Scheme, allowHalfOpen = false): Promise<Socket> {
  const to = { port: kith.port, host: '127.0.0.1', allowHalfOpen };
  const socket =
    scheme === 'https'
      ? connectTls({ ...to, servername: 'localhost', rejectUnauthorized: false })
      : connect(to);
  await once(socket, scheme === 'https' ? 'secureConnect' : 'connect');
  return socket;
}

/** Errors come before; they are no reason to wait no longer. */
function closing(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    socket.once('close', () => resolve());
  });
}

function headOf({ path, kind, bytes }: Upload): string {
  const method = path.startsWith('/_kith') || path.startsWith('/oauth2') ? 'POST' : 'PATCH';
  const lines = [
    `${method} ${path} HTTP/1.1`,
    'Host: localhost',
    `Authorization: Bearer ${token}`,
    'Content-Type: application/json',
    kind === 'announced' ? `Content-Length: ${bytes}` : 'Transfer-Encoding: chunked',
  ];
  return `${lines.join('\r\n')}\r\n\r\n`;
}

const block = Buffer.alloc(65_536, 'x');
const chunk = Buffer.concat([Buffer.from('10000\r\n'), block, Buffer.from('\r\n')]);

/** Sends a body as fast as it is taken, and gives what has come when the connection is closed. */
async function upload(asked: Upload): Promise<Outcome> {
  const socket = await open(asked.scheme, asked.isStubborn);
  const part = asked.kind === 'chunked' ? chunk : block;
  let [answer, sent] = ['', 0];
  let error: string | undefined;
  socket.on('error', ({ code }: NodeJS.ErrnoException) => {
    error = code;
  });
  const closed = closing(socket);
  const read = () => {
    socket.setEncoding('utf8').on('data', (text) => {
      answer += text;
    });
  };
  const isDone = () => sent >= asked.bytes || (answer !== '' && !asked.isStubborn);
  if (!asked.isBlind) read();
  const write = () => {
    while (!isDone() && socket.writable) {
      sent += block.length;
      if (socket.write(part)) continue;
      socket.once('drain', write);
      return;
    }
    if (asked.isBlind) read();
  };
  socket.write(headOf(asked));
  write();
  await closed;
  return { answer, sent, error };
}

function assertWhole({ answer, error }: Outcome, status = 413): void {
  const [head = '', body = ''] = answer.split('\r\n\r\n');
  assert.equal(Number(head.split(' ')[1]), status, `${error}: ${answer}`);
  assert.match(head, /^connection: close$/im);
  assert.equal(Number(/^content-length: (\d+)$/im.exec(head)?.[1]), Buffer.byteLength(body));
  if (status === 413) assert.equal(JSON.parse(body).error.code, 'RequestEntityTooLarge');
  assert.equal(error, undefined);
}

/** Connections that the server has open, as the system counts them. */
async function openSockets(): Promise<number> {
  const folder = `/proc/${kith.pid}/fd`;
  const names = await readdir(folder);
  const targets = await Promise.all(
    names.map((name) => readlink(`${folder}/${name}`).catch(() => '')),
  );
  return targets.filter((target) => target.startsWith('socket:')).length;
}

/** None is left, also of who has said nothing for 5 s. */
async function assertNoneLeft(): Promise<void> {
  const until = performance.now() + 8_000;
  while ((await openSockets()) > usual && performance.now() < until) await sleep(50);
  assert.ok((await openSockets()) <= usual, 'connections are left open');
}

const ways = (['http', 'https'] as const).flatMap((scheme) =>
  (['announced', 'chunked'] as const).map((kind) => ({ scheme, kind })),
);

describe('a body of 64 MB is refused, and the refusal is read', () => {
  for (const { scheme, kind } of ways) {
    for (const path of ['/v1.0/me', '/_kith/token']) {
      test(`${kind} over ${scheme} at ${path}, by who reads while writing`, async () => {
        for (let run = 0; run < RUNS; run++) {
          const outcome = await upload({ scheme, kind, path, bytes: 64 * MB });
          assertWhole(outcome);
          assert.ok(outcome.sent < 64 * MB, 'the answer comes early');
        }
      });
    }

    test(`${kind} over ${scheme}, by who writes everything first`, async () => {
      for (let run = 0; run < RUNS; run++) {
        const path = ['/v1.0/me', '/_kith/token', '/oauth2/v2.0/token'][run % 3]!;
        const bytes = (run === 0 ? 64 : 5) * MB;
        const outcome = await upload({ scheme, kind, path, bytes, isBlind: true });
        assertWhole(outcome);
        assert.equal(outcome.sent, bytes);
      }
    });
  }
});

test('what is no HTTP, or has too long a head, is refused readably, too', async () => {
  const heads: readonly (readonly [text: string, status: number])[] = [
    ['GARBAGE\r\n\r\n', 400],
    [`GET /v1.0/me HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(60_000)}`, 431],
  ];
  for (const scheme of ['http', 'https'] as const) {
    for (const [text, status] of heads) {
      const socket = await open(scheme);
      let [answer, error]: [string, string | undefined] = ['', undefined];
      socket.on('error', ({ code }: NodeJS.ErrnoException) => {
        error = code;
      });
      const closed = closing(socket);
      socket.write(text);
      for (let sent = 0; sent < 8 * MB; sent += block.length) {
        if (!socket.write(block)) await Promise.race([once(socket, 'drain'), closed]);
      }
      socket.setEncoding('utf8').on('data', (part) => {
        answer += part;
      });
      await closed;
      assertWhole({ answer, error, sent: 0 }, status);
    }
  }
});

test('who never ends is cut off in the end', async () => {
  const endless = { bytes: Number.POSITIVE_INFINITY, path: '/v1.0/me', isStubborn: true } as const;
  for (const way of ways.filter(({ kind }) => kind === 'chunked')) {
    const { answer, sent } = await upload({ ...way, ...endless });
    assert.match(answer, /^HTTP\/1\.1 413 /);
    assert.ok(sent > LINGER_BYTES && sent < LINGER_BYTES + 64 * MB, `${sent / MB} MB`);
  }
});

test('a hundred at once are answered, and none of their connections is left', async () => {
  const outcomes = await Promise.all(
    Array.from({ length: 100 }, (_, at) => {
      const path = at % 3 === 0 ? '/_kith/token' : '/v1.0/me';
      return upload({ ...ways[at % ways.length]!, path, bytes: 64 * MB });
    }),
  );
  for (const outcome of outcomes) assertWhole(outcome);
  await assertNoneLeft();
});

test('behind a last answer no other request is looked at', async () => {
  const socket = await open('http');
  let answers = '';
  socket.setEncoding('utf8').on('data', (text) => {
    answers += text;
  });
  const closed = closing(socket);
  const bytes = 2 * MB;
  socket.write(headOf({ scheme: 'http', kind: 'announced', path: '/v1.0/me', bytes }));
  socket.write(Buffer.alloc(bytes, 'x'));
  const body = JSON.stringify({ aboutMe: 'said behind a refusal' });
  socket.write(
    headOf({ scheme: 'http', kind: 'announced', path: '/v1.0/me', bytes: body.length }) + body,
  );
  await closed;
  assert.equal(answers.match(/HTTP\/1\.1 /g)?.length, 1);
  const { json } = await kith.request('/v1.0/me?$select=aboutMe', { token });
  assert.notEqual(json.aboutMe, 'said behind a refusal');
});

test('SIGTERM ends the server while connections linger', async () => {
  await using other = await startKith();
  const bytes = 64 * MB;
  const head = headOf({ scheme: 'http', kind: 'announced', path: '/v1.0/me', bytes });
  const sockets = await Promise.all(
    Array.from({ length: 20 }, async () => {
      const socket = connect({ port: other.port, host: '127.0.0.1', allowHalfOpen: true });
      socket.on('error', () => {}).write(head);
      await once(socket.resume(), 'end');
      return socket;
    }),
  );
  const writing = setInterval(() => {
    for (const socket of sockets) if (socket.writable) socket.write(block);
  }, 10);
  try {
    // It throws where that takes more than 5 s.
    await other.close();
  } finally {
    clearInterval(writing);
    for (const socket of sockets) socket.destroy();
  }
});
