import type { AuthorityStore, KeptGrant } from '#plan/authority-store.ts';
import type { Tenant } from '#plan/caller.ts';
import { nameOfSecret, newSecret } from '../kept/opaque.ts';
import { subjectOf } from '../tokens/standing.ts';

const LINK = 'link';

/** What a link lets whoever has it do, once: become the first administrator, or choose a password. */
export type LinkPurpose = 'setup' | 'password';

/** A link that has been found, and not yet been used. */
export interface FoundLink {
  readonly grant: KeptGrant;
  readonly tenant: string;
  /** Whose password it is for. */
  readonly user: string | undefined;
}

/** Where links are kept, and what time it is. */
export interface LinkParts {
  readonly kept: AuthorityStore;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Makes a link's secret; links of the same purpose and person before it end. */
export async function makeLink(
  purpose: LinkPurpose,
  { tenant, user }: { readonly tenant: Tenant; readonly user?: string },
  lifetimeMilliseconds: number,
  { kept, now }: LinkParts,
): Promise<string> {
  const secret = newSecret();
  const subject = `${purpose} ${subjectOf(tenant, user ?? '')}`;
  await kept.removeSubject(subject, [LINK]);
  await kept.add({
    kind: LINK,
    key: nameOfSecret(secret),
    subject,
    family: purpose,
    value: JSON.stringify({ tenant: tenant.id, user }),
    expiresAt: now + lifetimeMilliseconds,
  });
  return secret;
}

/** The link of that secret, if it is for that and still good. */
export async function findLink(
  purpose: LinkPurpose,
  secret: string,
  { kept, now }: LinkParts,
): Promise<FoundLink | undefined> {
  const grant = await kept.find(LINK, nameOfSecret(secret));
  if (!grant || grant.family !== purpose || grant.expiresAt <= now) return undefined;
  const { tenant, user } = JSON.parse(grant.value) as { tenant: string; user?: string };
  return { grant, tenant, user };
}

/** Uses a link up; false where another was first. */
export function useLink({ grant }: FoundLink, { kept }: Pick<LinkParts, 'kept'>): Promise<boolean> {
  return kept.replace(grant, { expiresAt: 0 });
}
