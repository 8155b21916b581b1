import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Refusal } from '#errors.ts';
import { newRequestId } from '#ids.ts';
import type { Log } from '#log.ts';

declare module 'fastify' {
  interface FastifyRequest {
    requestId: string;
    clientRequestId: string;
    /** Milliseconds of the monotonic clock. */
    startedAt: number;
  }
}

const CLIENT_REQUEST_ID = /^[\x21-\x7e]{1,128}$/;

/** Headers that scripts of other origins may read. */
export const exposedHeaders = [
  'AsyncResult',
  'ETag',
  'Location',
  'Preference-Applied',
  'Content-Range',
  'request-id',
  'client-request-id',
  'OData-Version',
  'Retry-After',
  'WWW-Authenticate',
] as const;

/** The client's own id of a request, where it can be echoed in a header. */
export function readClientRequestId(written: string | string[] | undefined): string | undefined {
  return typeof written === 'string' && CLIENT_REQUEST_ID.test(written) ? written : undefined;
}

/** Gives a request Graph's two ids, which every answer carries; a client's own is echoed. */
export function identify(request: FastifyRequest, reply: FastifyReply): void {
  request.startedAt = performance.now();
  request.requestId = newRequestId();
  request.clientRequestId =
    readClientRequestId(request.headers['client-request-id']) ?? request.requestId;
  reply.header('request-id', request.requestId);
  reply.header('client-request-id', request.clientRequestId);
  reply.header('Cache-Control', 'private');
}

/** Which request a line of the log is about. */
export interface LoggedRequest {
  readonly requestId: string;
  readonly method: string | undefined;
  readonly url: string | undefined;
}

/** Logs a refusal: what the operator should know of as an error, the rest for those who look. */
export function logRefusal(log: Log, refusal: Refusal, request: LoggedRequest): void {
  const { requestId, method, url } = request;
  // The query stays out of the log: it may hold what somebody searched for.
  const which = { 'request-id': requestId, method, path: url?.split('?', 1)[0] };
  if (refusal.status >= 500 && refusal.status !== 501) {
    log.error({ ...which, err: refusal.cause ?? refusal }, refusal.message);
  } else {
    log.debug({ ...which, status: refusal.status, code: refusal.code }, refusal.message);
  }
}
