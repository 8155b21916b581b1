import { Refusal } from '#errors.ts';
import { unreadableBody } from '../read-json.ts';

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
