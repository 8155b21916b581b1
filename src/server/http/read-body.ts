import type { IncomingMessage } from 'node:http';
import { Refusal } from '#errors.ts';

/** Bytes of a body, at most. */
export const BODY_MAX = 1024 * 1024;
/** Bytes of a body that carries others, or a photo. */
const LARGE_MAX = 4 * 1024 * 1024;
const BATCH = /\/(\$|%24)batch\/?(\?|$)/i;
const PHOTO = /\/photo\/(\$|%24)value\/?(\?|$)/i;

/**
 * The body of a request; undefined when it has none. Refuses with 413 as soon as the limit is
 * passed, without reading on, and with 415 what is compressed.
 */
export async function readBody(request: IncomingMessage, url: string): Promise<Buffer | undefined> {
  checkCoding(request.headers['content-encoding']);
  const limit = BATCH.test(url) || PHOTO.test(url) ? LARGE_MAX : BODY_MAX;
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge(limit);
  const chunks: Buffer[] = [];
  let length = 0;
  return new Promise((resolve, reject) => {
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > limit) {
        request.pause();
        // The connection may live on for a while.
        chunks.length = 0;
        reject(tooLarge(limit));
      } else chunks.push(chunk);
    });
    request.once('end', () => {
      if (chunks.length === 0) resolve(undefined);
      else resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks, length));
    });
    request.once('error', (cause) => reject(cutShort(cause)));
  });
}

/**
 * Refuses what is sent in a content coding; clients that compress by themselves send it again as it
 * is then (RFC 9110, sections 12.5.3 and 15.5.16).
 */
function checkCoding(coding: string | undefined): void {
  if (coding === undefined || /^\s*(identity)?\s*$/i.test(coding)) return;
  const message = `The content coding '${coding}' is not supported; send the body as it is.`;
  const headers = { 'Accept-Encoding': 'identity' };
  throw new Refusal('unsupportedMediaType', message, { target: 'Content-Encoding', headers });
}

/** The client is gone before all that it announced has come: nobody here has failed. */
function cutShort(cause: Error): Refusal {
  return new Refusal('malformedRequest', 'The body of the request ends early.', { cause });
}

function tooLarge(limit: number): Refusal {
  return new Refusal('tooLarge', `The request body is larger than ${limit / 1024 / 1024} MB.`);
}
