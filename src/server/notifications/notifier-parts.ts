import type { Clock } from '#clock.ts';
import type { Log } from '#log.ts';
import type { Model } from '#model/model.ts';
import type { AuthorityStore } from '#plan/authority-store.ts';
import type { Store } from '#plan/store.ts';
import type { Reach } from './address-guard.ts';
import type { SendPost } from './endpoint.ts';
import type { ResourceData } from './resource-data.ts';

/** What telling changes needs of the running server. */
export interface NotifierParts {
  readonly store: Store;
  readonly secrets: Pick<AuthorityStore, 'secret'>;
  /** The model with everything that is stored. */
  readonly model: Model;
  readonly clock: Clock;
  readonly log: Log;
  readonly reach: Reach;
  readonly send: SendPost;
  readonly data: ResourceData;
}
