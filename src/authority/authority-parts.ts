import type { Clock } from '#clock.ts';
import type { AuthorityStore } from '#plan/authority-store.ts';
import type { ClientParts } from './client.ts';
import type { ClientSecrets } from './client-secrets.ts';
import type { Origins } from './issuer.ts';
import type { KeyRing } from './signing-keys.ts';

/** What the authority works with. */
export interface AuthorityParts extends ClientParts {
  readonly kept: AuthorityStore;
  readonly keys: KeyRing;
  readonly secrets: ClientSecrets;
  readonly clock: Clock;
  /** Known once the port is open. */
  origins(): Origins;
}
