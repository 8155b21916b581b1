import type { Socket } from 'node:net';
import type { Clock } from '#clock.ts';
import { Refusal } from '#errors.ts';
import { newRequestId } from '#ids.ts';
import { encodeError } from '#odata/encode-error.ts';
import { STATUS_CODES } from '../node-http.ts';
import { linger } from './linger.ts';

/** What the HTTP parser of Node reports. */
export type ParserError = Error & {
  readonly code?: string | undefined;
  readonly rawPacket?: Buffer | undefined;
};

/** Characters of a URL, at most. */
export const URL_MAX = 16 * 1024;

/** Answers what is no HTTP request, in Graph's shape, and ends its connection. */
export function refuseConnection(error: ParserError, socket: Socket, clock: Clock): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const refusal = refusalOf(error);
  const requestId = newRequestId();
  const identity = { requestId, clientRequestId: requestId, at: clock.now() };
  const body = encodeError(refusal, identity);
  const head = [
    `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    `request-id: ${requestId}`,
    `client-request-id: ${requestId}`,
    'Connection: close',
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  linger(socket);
}

function refusalOf({ code, rawPacket }: ParserError): Refusal {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return new Refusal('requestTimeout', 'The request did not arrive in time.');
  }
  if (code !== 'HPE_HEADER_OVERFLOW') {
    return new Refusal('malformedRequest', 'The request is not well-formed HTTP.');
  }
  // Where the request line has not ended by then, it is the URL that is too long.
  const lineEnd = rawPacket?.indexOf('\n') ?? 0;
  // A packet in the middle of a long header does not begin as a request does.
  const isFirst = /^[A-Z]+ /.test(rawPacket?.toString('latin1', 0, 16) ?? '');
  const isUrl = isFirst && (lineEnd < 0 || lineEnd > URL_MAX);
  return isUrl
    ? new Refusal('urlTooLong', 'The URL is too long.')
    : new Refusal('headersTooLarge', 'The headers of the request are too large.');
}
