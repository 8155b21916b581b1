import { formatInstant } from '#clock.ts';
import type { Refusal } from '#errors.ts';

/** Which request an error answers, and when. */
export interface ErrorIdentity {
  readonly requestId: string;
  readonly clientRequestId: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** The JSON text of a refusal in Graph's shape; the date carries no zone, as Graph's does not. */
export function encodeError(refusal: Refusal, identity: ErrorIdentity): string {
  const { code, message, target, details } = refusal;
  return JSON.stringify({
    error: {
      code,
      message,
      ...(target === undefined ? {} : { target }),
      ...(details === undefined ? {} : { details }),
      innerError: {
        date: formatInstant(identity.at).slice(0, -1),
        'request-id': identity.requestId,
        'client-request-id': identity.clientRequestId,
      },
    },
  });
}
