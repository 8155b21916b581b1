import { createHmac, randomBytes } from 'node:crypto';
import type { Keep } from './signing-keys.ts';

const KEY_BYTES = 32;

/**
 * Signs texts with a key of the store (HMAC-SHA-256, base64url), so that what one process has
 * written another accepts.
 */
export async function openTextSigner(keep: Keep): Promise<(text: string) => string> {
  const key = await keep('text-key', async () => randomBytes(KEY_BYTES).toString('base64url'));
  return (text) => createHmac('sha256', key).update(text).digest('base64url');
}
