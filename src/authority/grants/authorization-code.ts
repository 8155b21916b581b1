import type { Grant, KeptGrant } from '#plan/authority-store.ts';
import type { AuthorityParts } from '../authority-parts.ts';
import type { Client, Platform } from '../clients/client.ts';
import { CODE } from '../kept/grant-kinds.ts';
import { nameOfSecret, newSecret } from '../kept/opaque.ts';
import { findAccount } from '../people/account.ts';
import type { SignIn } from '../people/sign-in.ts';
import { ProtocolError } from '../protocol/protocol-error.ts';
import { standingOfUser, subjectOf } from '../tokens/standing.ts';

/** What a code, and every refresh token after it, stands for. */
export interface WrittenGrant {
  readonly tenant: string;
  readonly user: string;
  readonly app: string;
  readonly at: number;
  readonly methods: readonly string[];
  readonly sessionId?: string | undefined;
  readonly platform?: Platform | undefined;
  readonly scope: string;
  /** When its use ends, whatever happens; milliseconds. */
  readonly endsAt?: number | undefined;
  readonly isUsed?: true;
}

/** What else a code is bound to. */
export interface WrittenCode extends WrittenGrant {
  readonly redirectUri: string;
  readonly hasRedirect: boolean;
  readonly challenge?: string | undefined;
  readonly nonce?: string | undefined;
  readonly knowsChallenges: boolean;
}

const CODE_MS = 5 * 60_000;
/** How long a used code is remembered, so that a second use ends what came of the first. */
const USED_MS = 24 * 3_600_000;

/** A grant of a sign-in by a client. */
export function writtenGrant(client: Client, signIn: SignIn, scope: string): WrittenGrant {
  return {
    tenant: signIn.account.tenant.id,
    user: signIn.account.id,
    app: client.appId,
    at: signIn.at,
    methods: signIn.methods,
    sessionId: signIn.sessionId,
    scope,
  };
}

/** Keeps a code, and gives it as the client gets it. */
export async function keepCode(
  written: WrittenCode,
  signIn: SignIn,
  { kept, clock }: AuthorityParts,
): Promise<string> {
  const code = newSecret();
  const key = nameOfSecret(code);
  await kept.add({
    kind: CODE,
    key,
    subject: subjectOf(signIn.account.tenant, signIn.account.id),
    family: key,
    value: JSON.stringify(written),
    expiresAt: clock.now() + CODE_MS,
  });
  return code;
}

/** A code as it is found. */
export interface FoundCode {
  readonly grant: KeptGrant;
  readonly written: WrittenCode;
}

/** The code of that text. Refuses one that is not there; a used one ends its family. */
export async function findCode(
  code: string,
  client: Client,
  { kept, clock }: AuthorityParts,
): Promise<FoundCode> {
  const grant = await kept.find(CODE, nameOfSecret(code));
  if (!grant) {
    throw new ProtocolError(
      'wrongCode',
      'The provided authorization code is malformed or invalid.',
    );
  }
  const written = JSON.parse(grant.value) as WrittenCode;
  if (written.app !== client.appId || written.tenant !== client.tenant.id) {
    const message = 'The provided authorization code was issued to another client.';
    throw new ProtocolError('codeOfAnother', message);
  }
  if (written.isUsed) {
    await kept.removeFamily(grant.family);
    throw usedCode();
  }
  if (grant.expiresAt <= clock.now()) {
    throw new ProtocolError('expiredCode', 'The provided authorization code has expired.');
  }
  return { grant, written };
}

/** Marks the code as used, with what comes of it; refuses where another request was first. */
export async function useCode(
  { grant, written }: FoundCode,
  added: readonly Grant[],
  { kept, clock }: AuthorityParts,
): Promise<void> {
  const value = JSON.stringify({ ...written, isUsed: true });
  const change = { value, expiresAt: clock.now() + USED_MS };
  if (await kept.replace(grant, change, ...added)) return;
  await kept.removeFamily(grant.family);
  throw usedCode();
}

/** The sign-in behind a grant, if it still holds. */
export async function signInOf(
  written: WrittenGrant,
  client: Client,
  parts: AuthorityParts,
): Promise<SignIn> {
  const account = await findAccount(client.tenant, written.user, parts);
  const { at, methods, sessionId } = written;
  if (!account?.isEnabled) throw new ProtocolError('disabledUser', 'The user account is disabled.');
  const standing = await standingOfUser(client.tenant, written.user, {
    ...parts,
    endsDisabled: true,
  });
  if (at >= standing.validFrom) return { account, at, methods, sessionId };
  const message =
    'The provided grant has expired due to it being revoked, a fresh sign-in is needed.';
  throw new ProtocolError('revokedGrant', message);
}

function usedCode(): ProtocolError {
  const message =
    'OAuth2 Authorization code was already redeemed, please retry with a new valid code.';
  return new ProtocolError('usedCode', message);
}
