import type { Model } from '#model/model.ts';
import type { Change } from './change.ts';
import type { CollectionQuery, Selection } from './query.ts';
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
}

/** A bound PATCH of one entity. */
export interface UpdatePlan extends Plan {
  readonly change: Change;
  /** The entity tags of `If-Match`; undefined when the header is absent, `*` for any version. */
  readonly ifMatch: readonly string[] | '*' | undefined;
}
