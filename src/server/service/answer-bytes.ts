import { parseEtags } from '#odata/parse-preferences.ts';
import { isAmong } from '#plan/entity-tags.ts';
import { headerOf, type ServiceAnswer, type ServiceRequest } from '../service-request.ts';
import { parseRange } from './byte-range.ts';

/** Bytes that are sent as they are, and what is said of them. */
export interface SentContent {
  readonly bytes: Uint8Array;
  readonly contentType: string;
  /** Their strong entity tag. */
  readonly tag: string;
  /** Further headers. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** The answer 304 where the client has the content of that tag; undefined where it has not. */
export function answerKnown(request: ServiceRequest, tag: string): ServiceAnswer | undefined {
  const header = headerOf(request, 'if-none-match');
  if (header === undefined || !isAmong(parseEtags(header)!, tag)) return undefined;
  return { status: 304, headers: { ETag: tag }, body: undefined };
}

/** The answer with the bytes, or with the part of them that is asked for. */
export function answerBytes(request: ServiceRequest, content: SentContent): ServiceAnswer {
  const { bytes, contentType, tag, headers: more } = content;
  const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headers = { 'Content-Type': contentType, ETag: tag, 'Accept-Ranges': 'bytes', ...more };
  const wanted = request.method === 'GET' ? headerOf(request, 'range') : undefined;
  // What has changed since the client's part is sent whole (RFC 9110, section 13.1.5).
  const isCurrent = [undefined, tag].includes(headerOf(request, 'if-range'));
  const range = wanted !== undefined && isCurrent ? parseRange(wanted, body.length) : undefined;
  if (!range) return { status: 200, headers, body };
  const { first, last } = range;
  return {
    status: 206,
    headers: { ...headers, 'Content-Range': `bytes ${first}-${last}/${body.length}` },
    body: body.subarray(first, last + 1),
  };
}
