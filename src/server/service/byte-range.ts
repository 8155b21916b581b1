import { Refusal } from '#errors.ts';

/** A part of some bytes, from the first to the last of them. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

const RANGE = /^bytes=\s*(\d*)\s*-\s*(\d*)\s*$/i;

/**
 * The part that a `Range` header asks for (RFC 9110, section 14.1.2). Undefined where everything is
 * to be sent: several parts, other units and what is malformed are passed over. Refuses with 416 a
 * part that begins behind the end.
 */
export function parseRange(header: string | undefined, length: number): ByteRange | undefined {
  const [, first = '', last = ''] = RANGE.exec(header ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  const isSuffix = first === '';
  if (!isSuffix && last !== '' && Number(last) < Number(first)) return undefined;
  const start = isSuffix ? Math.max(length - Number(last), 0) : Number(first);
  const end = isSuffix || last === '' ? length - 1 : Math.min(Number(last), length - 1);
  if (start <= end) return { first: start, last: end };
  throw new Refusal('rangeNotSatisfiable', `The range begins behind the end of ${length} bytes.`, {
    target: 'Range',
    headers: { 'Content-Range': `bytes */${length}` },
  });
}
