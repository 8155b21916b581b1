import type { FastifyReply, FastifyRequest } from 'fastify';
import { newRequestId } from '#ids.ts';
import { readClientRequestId } from '../service-request.ts';

declare module 'fastify' {
  interface FastifyRequest {
    requestId: string;
    clientRequestId: string;
    /** Milliseconds of the monotonic clock. */
    startedAt: number;
  }
}

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
