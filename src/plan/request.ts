import type { Model } from '#model/model.ts';
import type { Change, DeltaEntry, Reference } from './change.ts';
import type { Document } from './document.ts';
import type { EntityTags } from './entity-tags.ts';
import type { CollectionQuery, MemberStart, Selection } from './query.ts';
import type { Target } from './target.ts';

/** How close to live Graph the answers are; `pages` is Graph with the contract's own answers. */
export const fidelities = ['pages', 'graph', 'odata'] as const;
/** One of them. */
export type Fidelity = (typeof fidelities)[number];

/** What every bound request says. */
interface Plan {
  /** The model of the root that is asked. */
  readonly model: Model;
  readonly target: Target;
  readonly selection: Selection;
  readonly languages: string | undefined;
}

/** A bound GET of one entity. */
export type ReadPlan = Plan;

/** A bound GET of a collection, or of how many it has. */
export interface ListPlan extends Plan {
  readonly query: CollectionQuery;
  /** How members begin, where the format of the answer lets them be sent as they are stored. */
  readonly start?: MemberStart | undefined;
}

/** Which version of an entity a request is for (RFC 9110, sections 13.1.1 and 13.1.2). */
export interface Conditions {
  /** The entity tags of `If-Match`; undefined when the header is absent, `*` for any version. */
  readonly ifMatch: EntityTags | undefined;
  /** The same of `If-None-Match`, which the version must not be. */
  readonly ifNoneMatch: EntityTags | undefined;
}

/** A bound PATCH or PUT of one entity, or of what is inside it. */
export interface UpdatePlan extends Plan, Conditions {
  readonly change: Change;
  /** Whether members that the change does not name are set back to what they are by default. */
  readonly isWhole: boolean;
  /** The members that the target's key means; undefined where it ends with no key. */
  readonly key: Document | undefined;
  /** Whether a missing entity is refused where it could be made. */
  readonly isStrict?: boolean;
}

/** A bound PATCH or DELETE of every member of a collection. */
export interface EachPlan extends Plan {
  readonly change: Change;
}

/** A bound PATCH of a set by a delta payload, or a PUT of all that it is to have. */
export interface MembersPlan {
  readonly model: Model;
  readonly target: Target;
  readonly entries: readonly DeltaEntry[];
}

/** A bound POST to a collection of entities. */
export interface CreatePlan extends Plan {
  readonly change: Change;
}

/** A bound DELETE of one entity. */
export interface RemovePlan extends Conditions {
  readonly model: Model;
  readonly target: Target;
}

/** A bound POST, PUT or DELETE of a reference; without one it is the target's own. */
export interface LinkPlan extends Conditions {
  readonly model: Model;
  readonly target: Target;
  readonly reference: Reference | undefined;
  /** All that a collection is to have, for a PUT of it. */
  readonly all?: readonly Reference[] | undefined;
}

/** A bound GET, PUT or DELETE of bytes: an entity's own, or those of a stream property. */
export interface MediaPlan extends Conditions {
  readonly model: Model;
  readonly target: Target;
}
