import { Refusal } from '#errors.ts';
import { ProtocolError } from '../protocol/protocol-error.ts';
import { readJwt } from '../tokens/read-jwt.ts';
import type { Certificate } from './client.ts';
import { checkSignature } from './client-assertion.ts';
import { isValid } from './client-secrets.ts';

/** Whom a proof is for: the directory, by its old name. */
const AUDIENCE = '00000002-0000-0000-c000-000000000000';
const PROOF_MAX = 16 * 1024;
const SKEW_SECONDS = 60;

/** Whose keys are changed. */
export interface KeyOwner {
  /** The id of its object, which the proof names as its issuer. */
  readonly id: string;
  readonly certificates: readonly Certificate[];
}

/**
 * Checks that whoever changes the keys of an application holds one of them: a JWT signed by it
 * (Graph's page "application: addKey"). An application without a key that is good now has nothing
 * to prove it by, and gets its first one without.
 */
export function checkKeyProof({ id, certificates }: KeyOwner, proof: unknown, now: number): void {
  if (!certificates.some((each) => isValid(each, now))) return;
  const jwt = typeof proof === 'string' && proof.length <= PROOF_MAX ? readJwt(proof) : undefined;
  if (!jwt) throw refused('A proof of possession of one of the existing keys is needed.');
  const { aud, iss, exp, nbf } = jwt.claims;
  const seconds = now / 1000;
  const isNow =
    typeof exp === 'number' &&
    exp + SKEW_SECONDS > seconds &&
    (nbf === undefined || (typeof nbf === 'number' && nbf - SKEW_SECONDS <= seconds));
  if (aud !== AUDIENCE) throw refused(`The audience of the proof must be '${AUDIENCE}'.`);
  if (String(iss).toLowerCase() !== id)
    throw refused('The issuer of the proof must be the object.');
  if (!isNow) throw refused('The proof is not within its valid time range.');
  try {
    checkSignature(certificates, jwt, now);
  } catch (error) {
    if (error instanceof ProtocolError) throw refused(error.message);
    throw error;
  }
}

function refused(message: string): Refusal {
  return new Refusal('badRequest', message, { target: 'proof' });
}
