import { once } from 'node:events';
import type { Server as HttpServer } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { ConfigError } from '../config/config-error.ts';
import { type Connections, trackConnections } from './connections.ts';

/** The servers behind a port, and the port. */
export interface ListenOptions {
  readonly http: HttpServer;
  readonly https: HttpsServer;
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** How long a connection may send nothing at all; 10 s if not given. */
  readonly firstByteMs?: number;
  /** Hears of connections that the system could not give, as when files run out. */
  readonly onError?: (error: Error) => void;
}

/** One open port that speaks HTTPS and HTTP. */
export interface Listener extends AsyncDisposable {
  readonly port: number;
  /**
   * Accepts nobody any more, ends idle connections at once and running requests with their
   * answer, and cuts what is left after the grace (milliseconds; 4 s if not given).
   */
  close(graceMs?: number): Promise<void>;
}

const FIRST_BYTE_MS = 10_000;
const GRACE_MS = 4_000;
const CONNECTIONS_MAX = 10_000;
const DEAD_PEER_MS = 60_000;
/** The content type of a TLS handshake (RFC 8446, section 5.1); no HTTP method starts with it. */
const TLS_HANDSHAKE = 0x16;

/**
 * Opens one port for two servers that do not listen themselves: the first byte of a connection
 * tells which one gets it. Throws ConfigError where the port or address cannot be had.
 */
export async function listen(options: ListenOptions): Promise<Listener> {
  const { http, https, host, port, firstByteMs = FIRST_BYTE_MS } = options;
  const connections = trackConnections(http, https);
  const front = createServer({
    allowHalfOpen: true,
    noDelay: true,
    keepAlive: true,
    keepAliveInitialDelay: DEAD_PEER_MS,
  });
  front.maxConnections = CONNECTIONS_MAX;
  front.on('connection', (socket) => {
    connections.add(socket);
    waitForFirstByte(socket, firstByteMs, (isTls) => {
      handOver(socket, isTls, options, connections);
    });
  });
  await openPort(front, host, port);
  front.on('error', (error) => options.onError?.(error));
  // Node starts the clocks of headersTimeout and requestTimeout at this event.
  for (const server of [http, https]) server.emit('listening');

  let closed: Promise<void> | undefined;
  const close = (graceMs = GRACE_MS) => {
    closed ??= closeAll(front, options, connections, graceMs);
    return closed;
  };
  const address = front.address() as AddressInfo;
  return { port: address.port, close, [Symbol.asyncDispose]: () => close() };
}

function waitForFirstByte(socket: Socket, limitMs: number, found: (isTls: boolean) => void): void {
  const drop = () => socket.destroy();
  // Stays for the life of the socket: whoever owns it hears errors too, and nobody must.
  socket.on('error', drop);
  socket.setTimeout(limitMs, drop);
  socket.once('end', drop);
  socket.once('data', (chunk: Buffer) => {
    socket.off('end', drop);
    socket.setTimeout(0, drop);
    // Back into the socket, for its new owner to read.
    socket.pause();
    socket.unshift(chunk);
    found(chunk[0] === TLS_HANDSHAKE);
  });
}

function handOver(
  socket: Socket,
  isTls: boolean,
  { http, https }: ListenOptions,
  connections: Connections,
): void {
  if (isTls) {
    connections.wrap(socket);
    // A TLS connection has no use for a half-open state; its own server accepts none either.
    socket.allowHalfOpen = false;
    https.emit('connection', socket);
    return;
  }
  // The server has its parser read straight from the system once the given chunk is through.
  http.emit('connection', socket);
  socket.resume();
}

async function openPort(front: Server, host: string, port: number): Promise<void> {
  try {
    front.listen({ host, port, backlog: 1024 });
    await once(front, 'listening');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reasons: Record<string, string> = {
      EADDRINUSE: `Port ${port} of ${host} is in use; choose another with --port.`,
      EACCES: `Port ${port} needs rights that this user lacks; choose one from 1024 with --port.`,
      EADDRNOTAVAIL: `This machine does not have the address ${host}; choose one with --host.`,
      ENOTFOUND: `The host name ${host} is not known here; choose another with --host.`,
    };
    const sentence = reasons[code ?? ''] ?? `Kith cannot listen on ${host}:${port}: ${message}.`;
    throw new ConfigError(sentence, { cause: error });
  }
}

async function closeAll(
  front: Server,
  { http, https }: ListenOptions,
  connections: Connections,
  graceMs: number,
): Promise<void> {
  const closed = once(front, 'close');
  front.close();
  connections.drain();
  const grace = setTimeout(() => connections.destroy(), graceMs);
  await closed;
  clearTimeout(grace);
  // They have no port of their own; this stops their clocks.
  http.close();
  https.close();
}
