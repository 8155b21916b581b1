import type { Server as HttpServer, IncomingMessage, ServerResponse } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import type { Socket } from 'node:net';

/** The open connections of two servers. */
export interface Connections {
  /** Takes in a fresh connection, whose protocol is not known yet. */
  add(socket: Socket): void;
  /** Says that a connection speaks TLS: from now on the socket inside it counts. */
  wrap(socket: Socket): void;
  /** Ends connections without a running request at once, and the others after their answer. */
  drain(): void;
  /** Cuts every connection. */
  destroy(): void;
}

const SWEEP_MS = 20;

/**
 * Keeps the connections, at no cost per request. Node's own closeIdleConnections is not enough: it
 * cuts an answer that is still being sent, and it leaves connections alone that were opened ahead
 * and never used, as browsers do.
 */
export function trackConnections(http: HttpServer, https: HttpsServer): Connections {
  const sockets = new Set<Socket>();
  const wrapped = new Set<Socket>();
  let isDraining = false;

  function keep(set: Set<Socket>, socket: Socket): void {
    set.add(socket);
    socket.once('close', () => set.delete(socket));
  }

  function add(socket: Socket): void {
    if (isDraining) socket.destroy();
    else keep(sockets, socket);
  }

  function sweep(): void {
    for (const socket of sockets) if (!findResponse(socket)) socket.destroy();
    if (sockets.size > 0) setTimeout(sweep, SWEEP_MS).unref();
  }

  https.on('secureConnection', add);
  return {
    add,
    wrap(socket) {
      sockets.delete(socket);
      keep(wrapped, socket);
    },
    drain() {
      isDraining = true;
      for (const socket of sockets) announceClose(findResponse(socket));
      for (const server of [http, https]) server.prependListener('request', announceToNext);
      sweep();
    },
    destroy() {
      for (const socket of [...sockets, ...wrapped]) socket.destroy();
    },
  };
}

/**
 * The answer that is being made or sent on a connection. Node keeps it in `_httpMessage` from the
 * last header of the request until the last byte is with the operating system.
 */
function findResponse(socket: Socket): ServerResponse | undefined {
  return (socket as { _httpMessage?: ServerResponse })._httpMessage ?? undefined;
}

function announceToNext(_request: IncomingMessage, response: ServerResponse): void {
  announceClose(response);
}

function announceClose(response: ServerResponse | undefined): void {
  if (response && !response.headersSent) response.setHeader('connection', 'close');
}
