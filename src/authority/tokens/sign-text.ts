import { hash, randomBytes } from 'node:crypto';
import type { Keep } from './signing-keys.ts';

const KEY_BYTES = 32;
/** The block of SHA-256. */
const BLOCK_BYTES = 64;

/**
 * Signs texts with a key of the store (HMAC-SHA-256, base64url), so that what one process has
 * written another accepts.
 */
export async function openTextSigner(keep: Keep): Promise<(text: string) => string> {
  const key = await keep('text-key', async () => randomBytes(KEY_BYTES).toString('base64url'));
  return textSigner(key);
}

/**
 * HMAC-SHA-256 by a key of at most 64 bytes, as RFC 2104 composes it of two hashes: Node's own Hmac
 * makes an object of the native side for each text, which costs several times the hashing.
 */
export function textSigner(key: string): (text: string) => string {
  const block = Buffer.alloc(BLOCK_BYTES);
  block.write(key);
  const inner = Buffer.from(block.map((byte) => byte ^ 0x36));
  const outer = Buffer.from(block.map((byte) => byte ^ 0x5c));
  return (text) => {
    const inside = hash('sha256', Buffer.concat([inner, Buffer.from(text)]), 'buffer');
    return hash('sha256', Buffer.concat([outer, inside]), 'base64url');
  };
}
