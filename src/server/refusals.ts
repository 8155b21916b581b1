import { Refusal } from '#errors.ts';
import type { Log } from '#log.ts';
import { unreadableBody } from './read-json.ts';

/** Everything thrown on a request's way, as the refusal that the client gets. */
export function toRefusal(error: unknown, mediaType: string | undefined): Refusal {
  if (error instanceof Refusal) return error;
  const { code, statusCode } = error as { code?: string; statusCode?: number };
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return new Refusal('tooLarge', 'The request body is larger than 1 MB.');
  }
  if (code === 'FST_ERR_BAD_URL') {
    return new Refusal('malformedRequest', 'The URL is not percent-encoded UTF-8.');
  }
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') {
    if (!mediaType) return unreadableBody(error);
    return new Refusal('unsupportedMediaType', `The media type '${mediaType}' is not supported.`);
  }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return new Refusal('malformedRequest', (error as Error).message);
  }
  return new Refusal('internal', 'An internal error occurred.', { cause: error });
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
