import type { Clock } from '#clock.ts';
import type { Renditions } from '#engine/photos/renditions.ts';
import type { HashSecret } from '#engine/writing/secrets.ts';
import type { Log } from '#log.ts';
import type { Model } from '#model/model.ts';
import type { Root } from '#model/schema.ts';
import type { Sign } from '#odata/page-token.ts';
import type { OwnBehaviours } from '#plan/behaviour.ts';
import type { Blobs } from '#plan/blobs.ts';
import type { Caller } from '#plan/caller.ts';
import type { Images } from '#plan/images.ts';
import type { Fidelity } from '#plan/request.ts';
import type { Store } from '#plan/store.ts';
import type { Reach } from './notifications/address-guard.ts';
import type { SendPost } from './notifications/endpoint.ts';

/** What answering a service request needs of the running server. */
export interface ServiceParts {
  readonly models: ReadonlyMap<Root, Model>;
  readonly store: Store;
  /** The bytes of media streams. */
  readonly blobs: Blobs;
  /** Decodes and makes pictures. */
  readonly images: Images;
  /** The sizes of photos. */
  readonly renditions: Renditions;
  readonly clock: Clock;
  readonly log: Log;
  readonly fidelity: Fidelity;
  /** Whether people without a photo are shown by their initials. */
  readonly drawsInitials: boolean;
  readonly hashSecret: HashSecret;
  /** What operations do. */
  readonly behaviours: OwnBehaviours;
  /** Signs page tokens. */
  readonly sign: Sign;
  /** Where notifications may go, and how. */
  readonly notifications: { readonly reach: Reach; readonly send: SendPost };
  /** Who a request comes from; refuses with 401. */
  identify(authorization: string | undefined): Caller | Promise<Caller>;
}
