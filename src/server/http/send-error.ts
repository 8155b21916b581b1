import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '#clock.ts';
import type { Log } from '#log.ts';
import { encodeError } from '#odata/encode-error.ts';
import { logRefusal, toRefusal } from '../refusals.ts';
import { lingerAtClose } from './linger.ts';

/** Answers with the refusal that the error is, and logs what the operator should know of. */
export function sendError(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): FastifyReply {
  const { requestId, clientRequestId, method, raw } = request;
  const refusal = toRefusal(error, request.headers['content-type']);
  logRefusal(log, refusal, { requestId, method, url: raw.url });
  const body = encodeError(refusal, { requestId, clientRequestId, at: clock.now() });
  // Fastify closes the connection behind a body that it has not read.
  if (refusal.refusal === 'tooLarge') lingerAtClose(raw.socket);
  return reply
    .code(refusal.status)
    .headers(refusal.headers)
    .header('Content-Type', 'application/json; charset=utf-8')
    .send(body);
}
