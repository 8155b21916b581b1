import type { Clock } from '#clock.ts';
import type { AuthorityStore } from '#plan/authority-store.ts';
import type { ClientParts } from './clients/client.ts';
import type { ClientSecrets } from './clients/client-secrets.ts';
import type { Origins } from './tokens/issuer.ts';
import type { KeyRing } from './tokens/signing-keys.ts';

/** What the authority works with. */
export interface AuthorityParts extends ClientParts {
  readonly kept: AuthorityStore;
  readonly keys: KeyRing;
  readonly secrets: ClientSecrets;
  readonly clock: Clock;
  /** Known once the port is open. */
  origins(): Origins;
}
