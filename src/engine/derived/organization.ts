import type { Document } from '#plan/document.ts';
import type { Derivation } from './derivation.ts';

/** The organization whose directory this is: the caller's tenant. */
export const deriveOrganization: Derivation = async ({ caller }) => {
  const { id, displayName, domains } = caller.tenant;
  const verifiedDomains = domains.map(
    (name, index): Document => ({
      capabilities: 'Email, OfficeCommunicationsOnline',
      isDefault: index === 0,
      isInitial: index === 0,
      name,
      type: 'Managed',
    }),
  );
  return [{ id, displayName, tenantType: 'AAD', verifiedDomains }];
};
