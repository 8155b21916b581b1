import { verify } from 'node:crypto';
import type { AuthorityParts } from '../authority-parts.ts';
import type { Client } from '../clients/client.ts';
import { type Account, checkEnabled, findAccount } from '../people/account.ts';
import type { SignIn } from '../people/sign-in.ts';
import { ProtocolError } from '../protocol/protocol-error.ts';
import { isOwnIssuer } from '../tokens/issuer.ts';
import { readJwt } from '../tokens/read-jwt.ts';
import { standingOfUser } from '../tokens/standing.ts';
import { issuedAt } from '../tokens/token-id.ts';

const SKEW_SECONDS = 60;
const ASSERTION_MAX = 32 * 1024;

/**
 * The sign-in behind an access token that a client has been sent, and now acts on behalf of: it is
 * ours, meant for that very client, of a person, and still good (RFC 7523, section 3).
 */
export async function readUserAssertion(
  assertion: string,
  client: Client,
  parts: AuthorityParts,
): Promise<SignIn> {
  const jwt = assertion.length > ASSERTION_MAX ? undefined : readJwt(assertion);
  if (!jwt) throw new ProtocolError('userAssertionNeeded', 'The assertion is malformed.');
  const { header, claims, signed, signature } = jwt;
  const key = typeof header.kid === 'string' ? await parts.keys.find(header.kid) : undefined;
  const holds =
    key !== undefined &&
    header.alg === 'RS256' &&
    verify('sha256', Buffer.from(signed), key.publicKey, signature);
  if (!holds) throw wrong('Assertion failed signature validation.');
  const { tid, iss, oid, scp, aud, exp, nbf } = claims;
  const isOurs =
    tid === client.tenant.id && typeof iss === 'string' && isOwnIssuer(parts.origins(), iss, tid);
  if (!isOurs) throw wrong('The assertion was issued by another authority.');
  const seconds = parts.clock.now() / 1000;
  const isNow =
    typeof exp === 'number' &&
    typeof nbf === 'number' &&
    exp + SKEW_SECONDS > seconds &&
    nbf - SKEW_SECONDS <= seconds;
  if (!isNow) {
    throw new ProtocolError('userAssertionTime', 'Assertion is not within its valid time range.');
  }
  if (!isMeantFor(client, aud)) {
    const message = 'Assertion audience does not match the client app presenting the assertion';
    throw new ProtocolError('userAssertionAudience', `${message}, '${client.appId}'.`);
  }
  // An id token shows who somebody is to a client; it lets nobody act for them.
  if (typeof oid !== 'string' || typeof scp !== 'string') {
    throw wrong('The assertion is not an access token of a user.');
  }
  const account = checkEnabled(await accountOf(oid, client, parts));
  const at = issuedAt(claims);
  const standing = await standingOfUser(client.tenant, oid, { ...parts, endsDisabled: true });
  if (at < standing.validFrom) {
    throw new ProtocolError('revokedGrant', 'The assertion has been revoked.');
  }
  return { account, at, methods: ['pwd'], sessionId: undefined };
}

async function accountOf(oid: string, client: Client, parts: AuthorityParts): Promise<Account> {
  const account = await findAccount(client.tenant, oid, parts);
  if (account) return account;
  throw new ProtocolError('unknownUser', 'The user of the assertion is not in the directory.');
}

function isMeantFor({ appId, registration }: Client, audience: unknown): boolean {
  if (typeof audience !== 'string') return false;
  const own = [appId, `api://${appId}`, ...(registration?.identifierUris ?? [])];
  return own.includes(audience) || own.includes(audience.toLowerCase());
}

function wrong(message: string): ProtocolError {
  return new ProtocolError('wrongUserAssertion', message);
}
