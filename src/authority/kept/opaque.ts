import { createHash, randomBytes } from 'node:crypto';

/** A text that nobody can guess: 256 random bits. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** The name under which such a text is kept: whoever reads the store cannot use it. */
export function nameOfSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
