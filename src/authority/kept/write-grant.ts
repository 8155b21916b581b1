import type { AuthorityStore, Grant, KeptGrant } from '#plan/authority-store.ts';

/**
 * Writes the grant of a kind and key on what is kept of it, again where another was first: what is
 * made of the one that is found replaces its value and its end, or is added where there is none.
 */
export async function writeGrant(
  kept: AuthorityStore,
  { kind, key }: Pick<Grant, 'kind' | 'key'>,
  make: (found: KeptGrant | undefined) => Omit<Grant, 'kind' | 'key' | 'family'>,
): Promise<void> {
  for (;;) {
    const found = await kept.find(kind, key);
    const grant = { kind, key, family: '', ...make(found) };
    if (found ? await kept.replace(found, grant) : await kept.add(grant)) return;
  }
}
