import type { AuthorityParts } from '#authority/authority-parts.ts';
import { makeLink } from '#authority/people/one-time-link.ts';
import { hasAdministrator } from '#authority/people/set-password.ts';
import type { Tenant } from '#plan/caller.ts';

const SETUP_MS = 24 * 3_600_000;

/** Tells the operator of a directory without an administrator by which link the first one comes in. */
export async function welcomeAdministrator(
  tenant: Tenant,
  parts: AuthorityParts,
  tellOperator: (text: string) => void,
): Promise<void> {
  if (await hasAdministrator(parts)) return;
  const { kept, clock, origins } = parts;
  const secret = await makeLink('setup', { tenant }, SETUP_MS, { kept, now: clock.now() });
  const url = `${origins().main}/_kith/setup?token=${secret}`;
  tellOperator(`Kith has no administrator yet. Open this link, good once within a day: ${url}`);
}
