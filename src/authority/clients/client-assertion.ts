import { constants, createHash, verify, X509Certificate } from 'node:crypto';
import { ProtocolError } from '../protocol/protocol-error.ts';
import { readJwt, type WrittenJwt } from '../tokens/read-jwt.ts';
import type { Certificate, Client } from './client.ts';
import { isValid } from './client-secrets.ts';

/** What a client assertion may say in `aud`, and what time it is. */
export interface AssertionPlace {
  readonly audiences: ReadonlySet<string>;
  /** Milliseconds since 1970. */
  readonly now: number;
}

const SKEW_SECONDS = 300;
const ASSERTION_MAX = 16 * 1024;
const ALGORITHMS = new Set(['RS256', 'PS256']);

/**
 * Checks a client assertion (RFC 7523, section 3): signed with RS256 or PS256 by a certificate of
 * the application, which the header names by `x5t`, `x5t#S256` or `kid`. A certificate that the
 * assertion brings along (`x5c`) counts only as a name of one that is registered.
 */
export function checkAssertion(client: Client, assertion: string, place: AssertionPlace): void {
  const jwt = assertion.length > ASSERTION_MAX ? undefined : readJwt(assertion);
  if (!jwt) throw new ProtocolError('malformedAssertion', 'The client assertion is malformed.');
  checkSubject(client, jwt);
  checkTime(jwt, place.now);
  const { aud } = jwt.claims;
  const audiences: readonly unknown[] = Array.isArray(aud) ? aud : [aud];
  const isMeant = audiences.some((each) => typeof each === 'string' && place.audiences.has(each));
  if (!isMeant) {
    const message =
      'Client assertion audience claim does not match Realm issuer or token endpoint.';
    throw new ProtocolError('assertionAudience', message);
  }
  if (client.registration) checkSignature(client.registration.certificates, jwt, place.now);
}

/** The client id that an assertion names, before anything of it is believed. */
export function assertedClient(assertion: string): string | undefined {
  const { sub } = readJwt(assertion)?.claims ?? {};
  return typeof sub === 'string' ? sub : undefined;
}

function checkSubject({ appId }: Client, { claims: { iss, sub } }: WrittenJwt): void {
  const isIt = (name: unknown) => typeof name === 'string' && name.toLowerCase() === appId;
  if (isIt(iss) && isIt(sub)) return;
  const message = "Client assertion's issuer and subject must be the client id of the application.";
  throw new ProtocolError('assertionOfAnother', message);
}

function checkTime({ claims: { exp, nbf } }: WrittenJwt, now: number): void {
  const seconds = now / 1000;
  const isNow =
    typeof exp === 'number' &&
    exp + SKEW_SECONDS > seconds &&
    (nbf === undefined || (typeof nbf === 'number' && nbf - SKEW_SECONDS <= seconds));
  if (isNow) return;
  const message = 'Client assertion is not within its valid time range.';
  throw new ProtocolError('assertionTime', message);
}

/** Refuses a JWT that none of the certificates that its header names has signed, now. */
export function checkSignature(
  certificates: readonly Certificate[],
  { header, signed, signature }: WrittenJwt,
  now: number,
): void {
  const { alg } = header;
  if (typeof alg !== 'string' || !ALGORITHMS.has(alg)) {
    throw wrong('The algorithm of the client assertion is neither RS256 nor PS256.');
  }
  const named = certificates.filter((certificate) => isNamed(certificate, header));
  if (named.length === 0) throw wrong('The certificate of the client assertion is not registered.');
  const current = named.filter((certificate) => isValid(certificate, now));
  if (current.length === 0)
    throw wrong('The certificate of the client assertion is not valid now.');
  const padding =
    alg === 'PS256'
      ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }
      : { padding: constants.RSA_PKCS1_PADDING };
  const holds = current.some(({ der }) => {
    const { publicKey } = new X509Certificate(der);
    if (publicKey.asymmetricKeyType !== 'rsa') return false;
    return verify('sha256', Buffer.from(signed), { key: publicKey, ...padding }, signature);
  });
  if (!holds) throw wrong('Client assertion contains an invalid signature.');
}

function isNamed({ der }: Certificate, header: WrittenJwt['header']): boolean {
  const sha1 = createHash('sha1').update(der);
  const thumbprint = sha1.digest();
  const names: readonly (readonly [unknown, string])[] = [
    [header.x5t, thumbprint.toString('base64url')],
    [header['x5t#S256'], createHash('sha256').update(der).digest('base64url')],
    [header.kid, thumbprint.toString('base64url')],
    [String(header.kid).toUpperCase(), thumbprint.toString('hex').toUpperCase()],
    [Array.isArray(header.x5c) ? header.x5c[0] : undefined, der.toString('base64')],
  ];
  const given = names.filter(([name]) => name !== undefined && name !== 'UNDEFINED');
  return given.some(([name, own]) => name === own);
}

function wrong(message: string): ProtocolError {
  return new ProtocolError('wrongAssertion', message);
}
