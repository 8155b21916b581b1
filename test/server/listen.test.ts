import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { listen } from '#server/port/listen.ts';
import { openServers } from '#server/port/open-servers.ts';
import {
  certificates,
  connectors,
  connectPlain,
  openDoor,
  openSlowRelay,
  readAll,
  secure,
} from './door.ts';

const GET = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n';
const LAST_GET = 'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n';

function answerUrl(request: IncomingMessage, response: ServerResponse): void {
  response.end(`you asked ${request.url};`);
}

function answerPort(request: IncomingMessage, response: ServerResponse): void {
  response.end(`from ${request.socket.remotePort};`);
}

async function answerHash(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const hash = createHash('sha256');
  for await (const chunk of request) hash.update(chunk);
  response.end(hash.digest('hex'));
}

/** That the port still serves both protocols after whatever went before. */
async function assertServes(port: number): Promise<void> {
  for (const open of Object.values(connectors)) {
    const socket = await open(port);
    socket.write(LAST_GET);
    assert.match(await readAll(socket), /^HTTP\/1\.1 200 OK\r\n/);
  }
}

for (const [protocol, open] of Object.entries(connectors)) {
  describe(`${protocol} on the one port`, () => {
    test('requests sent one after the other share a connection', async () => {
      await using door = await openDoor(answerPort);
      const socket = await open(door.port);
      const port = socket.localPort;
      const reading = readAll(socket);
      for (let n = 0; n < 3; n += 1) {
        socket.write(GET);
        await sleep(20);
      }
      socket.write(LAST_GET);
      const answers = (await reading).match(/from \d+;/g);
      assert.deepEqual(answers, Array(4).fill(`from ${port};`));
    });

    test('requests sent together are answered in their order', async () => {
      await using door = await openDoor(answerUrl);
      const socket = await open(door.port);
      const urls = Array.from({ length: 50 }, (_, n) => `/${n}`);
      const requests = urls.map((url) => GET.replace('/', url)).join('');
      socket.write(requests + LAST_GET);
      const answers = (await readAll(socket)).match(/(?<=you asked )[^;]+/g);
      assert.deepEqual(answers, [...urls, '/']);
    });

    test('a big body whose first byte travels alone arrives whole', async () => {
      await using door = await openDoor(answerHash);
      await using relay = await openSlowRelay(door.port);
      const body = Buffer.alloc(3_000_000, 'people ');
      const socket = await open(relay.port);
      const reading = readAll(socket);
      const head = LAST_GET.replace('GET', 'POST').trimEnd();
      socket.write(`${head}\r\nContent-Length: ${body.length}\r\n\r\n`);
      socket.write(body);
      const expected = createHash('sha256').update(body).digest('hex');
      assert.ok((await reading).endsWith(`\r\n\r\n${expected}`));
    });

    test('a client that sends its headers too slowly is answered 408', async () => {
      const limits = { headersTimeout: 50, connectionsCheckingInterval: 20 };
      const http = createServer(limits);
      const https = createTlsServer({ ...limits, ...certificates });
      await using door = await openDoor(answerUrl, { servers: { http, https } });
      const socket = await open(door.port);
      socket.write(GET.slice(0, 10));
      assert.match(await readAll(socket), /^HTTP\/1\.1 408 /);
    });

    test('a connection that has spoken outlives the limit for the first byte', async () => {
      await using door = await openDoor(answerUrl, { firstByteMs: 40 });
      const socket = await open(door.port);
      const reading = readAll(socket);
      socket.write(GET);
      await sleep(120);
      socket.write(LAST_GET);
      assert.equal((await reading).match(/200 OK/g)?.length, 2);
    });

    test('a malformed request is answered by the listeners of the HTTP server', async () => {
      await using door = await openDoor(answerUrl);
      door.http.on('clientError', (_error, socket) =>
        socket.end('HTTP/1.1 400 Said By Kith\r\n\r\n'),
      );
      const socket = await open(door.port);
      socket.write('\0\0\0\0 this is no HTTP\r\n\r\n');
      assert.match(await readAll(socket), /^HTTP\/1\.1 400 Said By Kith\r\n/);
    });

    test('closing lets a running request finish, and says that the connection closes', async () => {
      const started = Promise.withResolvers<ServerResponse>();
      await using door = await openDoor((_request, response) => started.resolve(response));
      const socket = await open(door.port);
      socket.write(GET);
      const response = await started.promise;
      const closed = door.close(60_000);
      const reading = readAll(socket);
      await sleep(60);
      await assert.rejects(connectPlain(door.port), { code: 'ECONNREFUSED' });
      response.end('finished');
      assert.match(await reading, /\r\nconnection: close\r\n.*finished$/is);
      await closed;
    });

    test('closing does not cut an answer that a slow client is still reading', async () => {
      const body = 'x'.repeat(20_000_000);
      const ended = Promise.withResolvers<void>();
      await using door = await openDoor((_request, response) => {
        response.end(body);
        ended.resolve();
      });
      const socket = await open(door.port);
      socket.pause();
      socket.write(GET);
      await ended.promise;
      const closed = door.close(60_000);
      await sleep(100);
      const reading = readAll(socket);
      socket.resume();
      const text = await reading;
      assert.equal(text.length - text.indexOf('\r\n\r\n') - 4, body.length);
      await closed;
    });

    test('closing ends waiting connections, used or never used, before the grace', async () => {
      await using door = await openDoor(answerUrl);
      const used = await open(door.port);
      used.write(GET);
      await once(used, 'data');
      const unused = await open(door.port);
      const ends = [readAll(used), readAll(unused)];
      // A TLS server learns of the end of the handshake a moment after its client.
      await sleep(30);
      await door.close(60_000);
      await Promise.all(ends);
    });

    test('closing cuts a request that does not end within the grace', async () => {
      const started = Promise.withResolvers<void>();
      await using door = await openDoor(() => started.resolve());
      const socket = await open(door.port);
      const reading = readAll(socket);
      socket.write(GET);
      await started.promise;
      await door.close(50);
      assert.equal(await reading, '');
    });
  });
}

test('a client that sends nothing is dropped', async () => {
  await using door = await openDoor(answerUrl, { firstByteMs: 50 });
  const socket = await connectPlain(door.port);
  assert.equal(await readAll(socket), '');
});

test('a client that ends without a word is dropped', async () => {
  await using door = await openDoor(answerUrl);
  const socket = await connectPlain(door.port);
  socket.end();
  assert.equal(await readAll(socket), '');
});

test('a first byte of no protocol is answered 400, and the port lives on', async () => {
  await using door = await openDoor(answerUrl);
  for (const first of ['\0', '\x80', '\x15', '{', '\r\n\r\n\0']) {
    const socket = await connectPlain(door.port);
    socket.write(Buffer.from(`${first}garbage\r\n\r\n`, 'latin1'));
    assert.match(await readAll(socket), /^HTTP\/1\.1 400 Bad Request\r\n/);
  }
  await assertServes(door.port);
});

test('a broken TLS handshake ends the connection without an HTTP answer', async () => {
  await using door = await openDoor(answerUrl);
  let heard = 0;
  door.http.on('clientError', (_error, socket) => {
    heard += 1;
    socket.destroy();
  });
  const socket = await connectPlain(door.port);
  socket.write(Buffer.from('160301000a deadbeefdeadbeefdead'.replace(' ', ''), 'hex'));
  assert.doesNotMatch(await readAll(socket), /HTTP/);
  assert.equal(heard, 0);
  await assertServes(door.port);
});

test('a client that ends within its TLS handshake is dropped before its time limit', async () => {
  await using door = await openDoor(answerUrl);
  const socket = await connectPlain(door.port);
  const start = performance.now();
  socket.end(Buffer.from('1603010200', 'hex'));
  await readAll(socket);
  assert.ok(performance.now() - start < 5_000);
});

test('connections that are reset at any moment do not reach the process', async () => {
  await using door = await openDoor((request, response) => {
    if (request.url === '/') answerUrl(request, response);
    else setTimeout(() => response.end('x'.repeat(1_000_000)), 20);
  });
  const slow = GET.replace('/', '/slow');
  const beginnings = [
    '',
    'G',
    GET.slice(0, 12),
    slow,
    slow + slow,
    '\x16',
    '\x16\x03\x01\x02\x00\x01',
  ];
  for (const beginning of beginnings) {
    const socket = await connectPlain(door.port);
    if (beginning !== '') socket.write(Buffer.from(beginning, 'latin1'));
    await sleep(10);
    socket.resetAndDestroy();
  }
  const plain = await connectPlain(door.port);
  const socket = await secure(plain);
  socket.on('error', () => {});
  socket.write(slow);
  await sleep(10);
  plain.resetAndDestroy();
  await sleep(60);
  await assertServes(door.port);
});

test('closing cuts a TLS handshake that does not end within the grace', async () => {
  await using door = await openDoor(answerUrl);
  const socket = await connectPlain(door.port);
  const reading = readAll(socket);
  socket.write(Buffer.from('1603010200', 'hex'));
  await sleep(30);
  await door.close(50);
  assert.equal(await reading, '');
});

test('closing twice waits for the same end', async () => {
  await using door = await openDoor(answerUrl);
  await Promise.all([door.close(), door.close()]);
  await assert.rejects(connectPlain(door.port), { code: 'ECONNREFUSED' });
});

test('a port that is in use is refused with what to do', async () => {
  await using door = await openDoor(answerUrl);
  const { port } = door;
  const again = listen({ ...openServers(certificates), host: '127.0.0.1', port });
  await assert.rejects(again, {
    name: 'ConfigError',
    message: `Port ${port} of 127.0.0.1 is in use; choose another with --port.`,
  });
});

test('an address of another machine is refused with what to do', async () => {
  const remote = listen({ ...openServers(certificates), host: '192.0.2.1', port: 0 });
  await assert.rejects(remote, {
    name: 'ConfigError',
    message: 'This machine does not have the address 192.0.2.1; choose one with --host.',
  });
});

test('a certificate and a key that do not belong together are refused', () => {
  const { cert, caPem } = certificates;
  assert.throws(() => openServers({ cert, key: caPem }), { name: 'ConfigError' });
});
