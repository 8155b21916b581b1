import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { connect, createServer } from 'node:tls';
import { promisify } from 'node:util';
import { type Clock, systemClock } from '#clock.ts';
import { type Certificates, openCertificates } from '#server/tls/open-certificates.ts';
import { makeScratchFolder } from './scratch-folder.ts';

const run = promisify(execFile);
const DAY_MS = 86_400_000;
const TODAY = Date.UTC(2026, 5, 1, 12, 0, 0, 123);

function clockAt(now: number): Clock {
  return { now: () => now };
}

/**
 * Connects by the host name with that authority alone, and gives the protocol. The machine's own
 * clock judges, so the certificates are to be made by it.
 */
async function tryHandshake(certificates: Certificates, host: string, ca: string): Promise<string> {
  const { cert, key } = certificates;
  const server = createServer({ cert, key }, (socket) => socket.end('hello'));
  server.on('tlsClientError', () => {});
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const servername = /^[0-9.]+$/.test(host) ? '' : host;
  const socket = connect({ port, host: '127.0.0.1', servername, ca, rejectUnauthorized: true });
  try {
    await once(socket, 'secureConnect');
    return socket.getProtocol() ?? 'none';
  } finally {
    socket.destroy();
    server.close();
  }
}

function assertSignedBy({ cert }: Certificates, caPem: string): void {
  assert.ok(new X509Certificate(cert).verify(new X509Certificate(caPem).publicKey));
}

test('a client that trusts the authority connects by localhost and by 127.0.0.1', async () => {
  await using scratch = await makeScratchFolder();
  const certificates = await openCertificates(scratch.path, [], systemClock);
  const { caPem } = certificates;
  assert.equal(await tryHandshake(certificates, 'localhost', caPem), 'TLSv1.3');
  assert.equal(await tryHandshake(certificates, '127.0.0.1', caPem), 'TLSv1.3');
});

test('a client does not accept a name that was not asked for, or another authority', async () => {
  await using scratch = await makeScratchFolder();
  await using other = await makeScratchFolder();
  const certificates = await openCertificates(scratch.path, [], systemClock);
  const { caPem } = await openCertificates(other.path, [], systemClock);
  await assert.rejects(tryHandshake(certificates, 'people.example.com', certificates.caPem), {
    code: 'ERR_TLS_CERT_ALTNAME_INVALID',
  });
  await assert.rejects(tryHandshake(certificates, 'localhost', caPem), /certificate/);
});

test('OpenSSL in its strict mode accepts the chain for a server', async () => {
  await using scratch = await makeScratchFolder();
  await openCertificates(scratch.path, ['people.example.com'], systemClock);
  const folder = join(scratch.path, 'tls');
  const ca = join(folder, 'ca.pem');
  const purpose = ['-x509_strict', '-purpose', 'sslserver'];
  const names = ['-verify_hostname', 'people.example.com'];
  const server = join(folder, 'server.pem');
  const { stdout } = await run('openssl', ['verify', '-CAfile', ca, ...purpose, ...names, server]);
  assert.equal(stdout, `${server}: OK\n`);
});

test('the authority signs certificates and their revocations, and nothing else', async () => {
  await using scratch = await makeScratchFolder();
  await openCertificates(scratch.path, [], clockAt(TODAY));
  const ca = join(scratch.path, 'tls', 'ca.pem');
  const { stdout } = await run('openssl', ['x509', '-in', ca, '-noout', '-text']);
  assert.match(stdout, /Subject: CN ?= ?Kith local CA/);
  assert.match(stdout, /Basic Constraints: critical\s+CA:TRUE, pathlen:0\n/);
  assert.match(stdout, /Key Usage: critical\s+Certificate Sign, CRL Sign\n/);
  const { validToDate } = new X509Certificate(await readFile(ca));
  assert.equal(validToDate.getUTCFullYear(), 2036);
});

test('the certificate is for servers, names its hosts and lasts 397 days', async () => {
  await using scratch = await makeScratchFolder();
  const hosts = ['people.example.com', '10.1.2.3', '0.0.0.0', '::'];
  const { cert } = await openCertificates(scratch.path, hosts, clockAt(TODAY));
  const certificate = new X509Certificate(cert);
  assert.equal(
    certificate.subjectAltName,
    'DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1, ' +
      'DNS:people.example.com, IP Address:10.1.2.3',
  );
  assert.deepEqual(certificate.keyUsage, ['1.3.6.1.5.5.7.3.1']);
  assert.equal(certificate.ca, false);
  const { validFromDate, validToDate } = certificate;
  assert.ok(validToDate.getTime() - validFromDate.getTime() <= 397 * DAY_MS);
  assert.ok(validFromDate.getTime() < TODAY);
});

test('the next start uses the same files, until 30 days are left', async () => {
  await using scratch = await makeScratchFolder();
  const first = await openCertificates(scratch.path, [], clockAt(TODAY));
  assert.deepEqual(await openCertificates(scratch.path, [], clockAt(TODAY)), first);
  const later = await openCertificates(scratch.path, [], clockAt(TODAY + 366 * DAY_MS));
  assert.deepEqual(later, first);
  const last = await openCertificates(scratch.path, [], clockAt(TODAY + 368 * DAY_MS));
  assert.notEqual(last.cert, first.cert);
  assert.equal(last.caPem, first.caPem);
  assertSignedBy(last, first.caPem);
});

test('a new name makes a new certificate under the same authority', async () => {
  await using scratch = await makeScratchFolder();
  const first = await openCertificates(scratch.path, [], clockAt(TODAY));
  const named = await openCertificates(scratch.path, ['People.Example.com'], clockAt(TODAY));
  assert.equal(named.caPem, first.caPem);
  assert.notEqual(named.cert, first.cert);
  assert.ok(new X509Certificate(named.cert).checkHost('people.example.com'));
  // A certificate that says more than is asked for serves as well.
  assert.deepEqual(await openCertificates(scratch.path, [], clockAt(TODAY)), named);
});

test('an authority near its end is made anew together with the certificate', async () => {
  await using scratch = await makeScratchFolder();
  const first = await openCertificates(scratch.path, [], clockAt(TODAY));
  const later = await openCertificates(scratch.path, [], clockAt(TODAY + 3400 * DAY_MS));
  assert.notEqual(later.caPem, first.caPem);
  assertSignedBy(later, later.caPem);
});

for (const name of ['ca.pem', 'server.pem', 'server-key.pem']) {
  test(`a damaged ${name} is made good`, async () => {
    await using scratch = await makeScratchFolder();
    const first = await openCertificates(scratch.path, [], clockAt(TODAY));
    const path = join(scratch.path, 'tls', name);
    await writeFile(path, (await readFile(path)).subarray(0, 100));
    const mended = await openCertificates(scratch.path, [], clockAt(TODAY));
    assert.notEqual(mended.cert, first.cert);
    assertSignedBy(mended, mended.caPem);
    assert.deepEqual(await openCertificates(scratch.path, [], clockAt(TODAY)), mended);
  });
}

test('a key that belongs to another certificate is replaced', async () => {
  await using scratch = await makeScratchFolder();
  const first = await openCertificates(scratch.path, [], clockAt(TODAY));
  const folder = join(scratch.path, 'tls');
  await writeFile(join(folder, 'server-key.pem'), await readFile(join(folder, 'ca-key.pem')));
  const mended = await openCertificates(scratch.path, [], clockAt(TODAY));
  assert.equal(mended.caPem, first.caPem);
  const { cert, key } = mended;
  assert.ok(new X509Certificate(cert).checkPrivateKey(createPrivateKey(key)));
});

test('keys are for their owner only, and no temporary file stays', async () => {
  await using scratch = await makeScratchFolder();
  await openCertificates(scratch.path, [], clockAt(TODAY));
  const folder = join(scratch.path, 'tls');
  assert.deepEqual((await readdir(folder)).sort(), [
    'ca-key.pem',
    'ca.pem',
    'server-key.pem',
    'server.pem',
  ]);
  const modeOf = async (path: string) => (await stat(path)).mode & 0o777;
  assert.equal(await modeOf(folder), 0o700);
  assert.equal(await modeOf(join(folder, 'ca-key.pem')), 0o600);
  assert.equal(await modeOf(join(folder, 'server-key.pem')), 0o600);
});

test('a start that finds its certificates does not load the library that makes them', async () => {
  await using scratch = await makeScratchFolder();
  const program = `
    import { registerHooks } from 'node:module';
    const loaded = [];
    registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) });
    const { openCertificates } = await import('#server/tls/open-certificates.ts');
    const { systemClock } = await import('#clock.ts');
    await openCertificates(${JSON.stringify(scratch.path)}, [], systemClock);
    console.log(loaded.some((url) => url.includes('@peculiar')), Reflect.getMetadata);
  `;
  const options = { cwd: join(import.meta.dirname, '../..') };
  const start = () => run(process.execPath, ['--input-type=module', '-e', program], options);
  assert.equal((await start()).stdout, 'true undefined\n');
  assert.equal((await start()).stdout, 'false undefined\n');
});
