import { sign } from 'node:crypto';
import type { SigningKey } from './signing-keys.ts';

/** Signs claims as a compact token with RS256 (RFC 7518, section 3.3). */
export function signJwt(claims: object, { kid, privateKey }: SigningKey): string {
  const head = encode({ typ: 'JWT', alg: 'RS256', kid });
  const signed = `${head}.${encode(claims)}`;
  return `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`;
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
