import { randomBytes } from 'node:crypto';

const TIME_BYTES = 6;

/** An id of which the first bytes are the time: seconds are too coarse to tell before from after. */
export function newTokenId(now: number): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(now, 0, TIME_BYTES);
  return bytes.toString('base64url');
}

/** When a token was issued, in milliseconds: by its id, else by its `iat`. */
export function issuedAt({ uti, iat }: Readonly<Record<string, unknown>>): number {
  const seconds = typeof iat === 'number' ? iat : 0;
  if (typeof uti !== 'string') return seconds * 1000;
  const bytes = Buffer.from(uti, 'base64url');
  const exact = bytes.length === 16 ? bytes.readUIntBE(0, TIME_BYTES) : 0;
  return Math.floor(exact / 1000) === seconds ? exact : seconds * 1000;
}
