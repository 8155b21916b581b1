import type { Tenant } from '#plan/caller.ts';
import type { AuthorityParts } from '../authority-parts.ts';
import { SESSION } from '../kept/grant-kinds.ts';
import { nameOfSecret, newSecret } from '../kept/opaque.ts';
import { standingOfUser, subjectOf } from '../tokens/standing.ts';
import { findAccount } from './account.ts';
import type { SignIn } from './sign-in.ts';

const SESSION_MS = 24 * 3_600_000;

interface WrittenSession {
  readonly tenant: string;
  readonly user: string;
  readonly at: number;
  readonly methods: readonly string[];
}

/** Begins a session and gives the secret that its browser keeps. */
export async function beginSession(
  { account, at, methods }: Omit<SignIn, 'sessionId'>,
  { kept }: AuthorityParts,
): Promise<{ readonly secret: string; readonly sessionId: string }> {
  const secret = newSecret();
  const sessionId = nameOfSecret(secret);
  const written: WrittenSession = { tenant: account.tenant.id, user: account.id, at, methods };
  await kept.add({
    kind: SESSION,
    key: sessionId,
    subject: subjectOf(account.tenant, account.id),
    family: sessionId,
    value: JSON.stringify(written),
    expiresAt: at + SESSION_MS,
  });
  return { secret, sessionId };
}

/** Who has signed in where that secret is kept; undefined when that has ended. */
export async function findSession(
  secret: string | undefined,
  tenant: Tenant | undefined,
  parts: AuthorityParts,
): Promise<SignIn | undefined> {
  if (!secret) return undefined;
  const { kept, clock, store } = parts;
  const sessionId = nameOfSecret(secret);
  const found = await kept.find(SESSION, sessionId);
  if (!found || found.expiresAt <= clock.now()) return undefined;
  const { tenant: tenantId, user, at, methods } = JSON.parse(found.value) as WrittenSession;
  if (tenant && tenant.id !== tenantId) return undefined;
  const own = tenant ?? (await store.findTenant(tenantId));
  const account = own && (await findAccount(own, user, parts));
  if (!account?.isEnabled) return undefined;
  const standing = await standingOfUser(account.tenant, user, { ...parts, endsDisabled: true });
  return at < standing.validFrom ? undefined : { account, at, methods, sessionId };
}

/** Ends the session of a browser. */
export async function endSession(secret: string | undefined, parts: AuthorityParts): Promise<void> {
  if (secret) await parts.kept.remove(SESSION, nameOfSecret(secret));
}
