import { createHash } from 'node:crypto';
import { isSameText } from '../kept/same-text.ts';
import { ProtocolError } from './protocol-error.ts';

const VERIFIER = /^[A-Za-z0-9._~-]{43,128}$/;
const CHALLENGE = /^[A-Za-z0-9_-]{43}$/;

/**
 * Reads the code challenge of an authorization request (RFC 7636, section 4.3). Only `S256` is
 * taken: `plain` protects nothing where requests can be read.
 */
export function readChallenge(params: ReadonlyMap<string, string>): string | undefined {
  const challenge = params.get('code_challenge');
  const method = params.get('code_challenge_method');
  if (challenge === undefined && method === undefined) return undefined;
  if (method !== 'S256') {
    const message = "The 'code_challenge_method' must be 'S256'.";
    throw new ProtocolError('pkceMethod', message);
  }
  if (challenge !== undefined && CHALLENGE.test(challenge)) return challenge;
  throw new ProtocolError('pkceMethod', "The 'code_challenge' is not 43 characters of base64url.");
}

/** Checks the verifier of a code: where there was no challenge there must be none (downgrade). */
export function checkVerifier(challenge: string | undefined, verifier: string | undefined): void {
  if (challenge === undefined && verifier === undefined) return;
  const isIt =
    challenge !== undefined &&
    verifier !== undefined &&
    VERIFIER.test(verifier) &&
    isSameText(createHash('sha256').update(verifier).digest('base64url'), challenge);
  if (isIt) return;
  const message =
    'The code_verifier does not match the code_challenge of the authorization request.';
  throw new ProtocolError('wrongVerifier', message);
}
