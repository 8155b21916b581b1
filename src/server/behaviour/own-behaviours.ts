import { matchesPassword } from '#authority/kept/hash-password.ts';
import { PASSWORD } from '#authority/people/account.ts';
import type { Clock } from '#clock.ts';
import { graphBehaviours } from '#engine/operations/graph-behaviours.ts';
import type { OwnBehaviours } from '#plan/behaviour.ts';
import type { OpenedStore } from '#store/open-store.ts';

/** What the operations of Kith's own model do. */
export function ownBehaviours(parts: {
  readonly store: OpenedStore;
  readonly clock: Clock;
  /** On a test bench people without a password have any. */
  readonly isBench: boolean;
}): OwnBehaviours {
  const { store, clock, isBench } = parts;
  const checkPassword = async (tenantId: string, id: string, password: string) => {
    const tenant = await store.findTenant(tenantId);
    const found = tenant && (await store.reader(tenant).find('users', 'id', id, 'nothing'));
    if (!found) return false;
    const hash = await store.authority.secret(tenant, found.owner, PASSWORD);
    return isBench && hash === undefined ? password !== '' : matchesPassword(password, hash);
  };
  return graphBehaviours({ clock, checkPassword });
}
