import type { Tenant } from '#plan/caller.ts';
import { ProtocolError } from './protocol-error.ts';

/** The first segment of an authority's path: one directory, or whoever has a work account. */
export type TenantPath =
  | { readonly kind: 'one'; readonly written: string; readonly tenant: Tenant }
  | { readonly kind: 'any'; readonly written: string };

/** The directory of personal accounts, by name and by the id that Entra ID gives it. */
const PERSONAL = new Set(['consumers', '9188040d-6c67-4c5b-b112-36a304b66dad']);
const ANY = new Set(['common', 'organizations']);

/** Reads the tenant of a path, in any case: a guid, a verified domain, `common`, `organizations`. */
export async function readTenantPath(
  segment: string,
  findTenant: (idOrDomain?: string) => Promise<Tenant | undefined>,
): Promise<TenantPath> {
  const written = segment.toLowerCase();
  if (PERSONAL.has(written)) {
    const message = 'Personal accounts are not supported; use a work account.';
    throw new ProtocolError('personalAccounts', message);
  }
  if (ANY.has(written)) return { kind: 'any', written };
  const tenant = await findTenant(written);
  if (!tenant) throw unknownTenant(segment);
  return { kind: 'one', written, tenant };
}

/** The refusal of a tenant that is not here. */
export function unknownTenant(written: string): ProtocolError {
  const shown = written.slice(0, 100);
  const hint = 'Check that you have the right tenant id, or a verified domain of the tenant.';
  return new ProtocolError('unknownTenant', `Tenant '${shown}' not found. ${hint}`);
}
