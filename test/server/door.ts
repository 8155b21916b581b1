import { once } from 'node:events';
import type { Server as HttpServer, RequestListener } from 'node:http';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { systemClock } from '#clock.ts';
import { type Listener, type ListenOptions, listen } from '#server/port/listen.ts';
import { openServers, type Servers } from '#server/port/open-servers.ts';
import { openCertificates } from '#server/tls/open-certificates.ts';
import { makeScratchFolder } from './scratch-folder.ts';

await using scratch = await makeScratchFolder();
/** One authority and certificate for all tests of a file. */
export const certificates = await openCertificates(scratch.path, [], systemClock);

export interface Door extends Listener {
  readonly http: HttpServer;
}

export interface DoorOptions {
  readonly firstByteMs?: number;
  readonly servers?: Servers;
}

/** Opens one port of 127.0.0.1 for HTTP and HTTPS; disposing cuts what is left at once. */
export async function openDoor(answer: RequestListener, given: DoorOptions = {}): Promise<Door> {
  const { servers = openServers(certificates), firstByteMs } = given;
  servers.http.on('request', answer);
  const options: ListenOptions = { ...servers, host: '127.0.0.1', port: 0 };
  const listener = await listen(firstByteMs === undefined ? options : { ...options, firstByteMs });
  return { ...listener, http: servers.http, [Symbol.asyncDispose]: () => listener.close(0) };
}

/** A plain connection to the port, open. */
export async function connectPlain(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1' });
  await once(socket, 'connect');
  return socket;
}

/** A TLS connection to the port that trusts the tests' authority alone, after its handshake. */
export async function connectSecure(port: number): Promise<TLSSocket> {
  return secure(await connectPlain(port));
}

/** Makes a plain connection to the port a TLS one; the plain one may still be reset. */
export async function secure(plain: Socket): Promise<TLSSocket> {
  const ca = certificates.caPem;
  const socket = connectTls({ socket: plain, servername: 'localhost', ca });
  await once(socket, 'secureConnect');
  return socket;
}

export const connectors = { HTTP: connectPlain, HTTPS: connectSecure } as const;

/** All that arrives on the connection until its end; a cut counts as the end. */
export async function readAll(socket: Socket): Promise<string> {
  let text = '';
  socket.setEncoding('utf8');
  socket.on('data', (chunk) => {
    text += chunk;
  });
  socket.on('error', () => {});
  if (!socket.closed) await once(socket, 'close');
  return text;
}

/** A relay to the port whose first byte travels alone. */
export async function openSlowRelay(port: number): Promise<AsyncDisposable & { port: number }> {
  const relay = createServer((near) => {
    const far = connect({ port, host: '127.0.0.1', noDelay: true });
    for (const socket of [near, far]) socket.on('error', () => socket.destroy());
    far.on('close', () => near.destroySoon());
    near.on('close', () => far.destroy());
    near.once('data', (chunk: Buffer) => {
      near.pause();
      far.write(chunk.subarray(0, 1));
      setTimeout(() => {
        far.write(chunk.subarray(1));
        near.pipe(far);
      }, 30);
    });
    far.pipe(near);
  });
  relay.listen(0, '127.0.0.1');
  await once(relay, 'listening');
  const address = relay.address() as AddressInfo;
  const close = () => new Promise<void>((resolve) => relay.close(() => resolve()));
  return { port: address.port, [Symbol.asyncDispose]: close };
}
