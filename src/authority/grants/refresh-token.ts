import type { Grant, KeptGrant } from '#plan/authority-store.ts';
import type { AuthorityParts } from '../authority-parts.ts';
import type { Client } from '../clients/client.ts';
import { REFRESH } from '../kept/grant-kinds.ts';
import { nameOfSecret, newSecret } from '../kept/opaque.ts';
import { ProtocolError } from '../protocol/protocol-error.ts';
import type { WrittenGrant } from './authorization-code.ts';

/** How long a refresh token waits for its use; each use gives a new one. */
const IDLE_MS = 90 * 24 * 3_600_000;
/** How long a browser's line of refresh tokens lasts in all. */
const SPA_MS = 24 * 3_600_000;

/** A refresh token as the client gets it, and what is kept of it. */
export interface NewRefreshToken {
  readonly token: string;
  readonly grant: Grant;
}

/** A new refresh token of a family. */
export function newRefreshToken(
  written: WrittenGrant,
  family: string,
  { clock }: Pick<AuthorityParts, 'clock'>,
): NewRefreshToken {
  const token = newSecret();
  const now = clock.now();
  const { isUsed: _, ...fresh } = written;
  const endsAt = written.endsAt ?? (written.platform === 'spa' ? now + SPA_MS : undefined);
  return {
    token,
    grant: {
      kind: REFRESH,
      key: nameOfSecret(token),
      subject: `${written.tenant}/${written.user}`,
      family,
      value: JSON.stringify({ ...fresh, endsAt } satisfies WrittenGrant),
      expiresAt: Math.min(now + IDLE_MS, endsAt ?? Number.POSITIVE_INFINITY),
    },
  };
}

/** A refresh token as it is found. */
export interface FoundRefreshToken {
  readonly grant: KeptGrant;
  readonly written: WrittenGrant;
}

/** The refresh token of that text, if it is the client's. A used one ends its family. */
export async function findRefreshToken(
  token: string,
  client: Client,
  { kept, clock }: AuthorityParts,
): Promise<FoundRefreshToken> {
  const grant = await kept.find(REFRESH, nameOfSecret(token));
  if (!grant) {
    throw new ProtocolError('wrongRefreshToken', 'The refresh token is malformed or not valid.');
  }
  const written = JSON.parse(grant.value) as WrittenGrant;
  if (written.app !== client.appId || written.tenant !== client.tenant.id) {
    const message = 'The provided refresh token was issued to another client.';
    throw new ProtocolError('codeOfAnother', message);
  }
  if (written.isUsed) {
    await kept.removeFamily(grant.family);
    throw usedRefreshToken();
  }
  if (grant.expiresAt <= clock.now()) {
    const message = 'The refresh token has expired due to inactivity.';
    throw new ProtocolError('expiredRefreshToken', message);
  }
  return { grant, written };
}

/** Replaces a refresh token by the next one; refuses where another request was first. */
export async function rotateRefreshToken(
  { grant, written }: FoundRefreshToken,
  parts: AuthorityParts,
): Promise<string> {
  const next = newRefreshToken(written, grant.family, parts);
  const value = JSON.stringify({ ...written, isUsed: true });
  if (await parts.kept.replace(grant, { value }, next.grant)) return next.token;
  await parts.kept.removeFamily(grant.family);
  throw usedRefreshToken();
}

function usedRefreshToken(): ProtocolError {
  const message = 'The refresh token has been used before; every token of its sign-in is revoked.';
  return new ProtocolError('usedRefreshToken', message);
}
