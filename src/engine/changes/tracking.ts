import type { DeltaPlan } from '#plan/delta.ts';
import type { KeptSource } from '#plan/query.ts';
import type { Viewer } from '../reading/expand.ts';
import type { Shape } from '../reading/show.ts';

/** What a page of a round of changes is read with. */
export interface Tracking {
  readonly plan: DeltaPlan;
  readonly source: KeptSource;
  /** Where the collection stands. */
  readonly within: string;
  readonly shape: Shape;
  readonly viewer: Viewer;
}
