import type { EntityType, Navigation } from '#model/model.ts';
import type { ShownEntity } from './answer.ts';
import type { PageMark } from './query.ts';
import type { ListPlan } from './request.ts';

/**
 * Where a round of changes stands (OData Protocol 4.01, section 11.3): among the members as they
 * are, whose changes begin behind the position, or among changes.
 */
export type RoundMark =
  | {
      readonly kind: 'members';
      readonly position: string;
      readonly after: PageMark | undefined;
    }
  | { readonly kind: 'changes'; readonly position: string };

/** A bound request for the members of a collection and what changes among them. */
export interface DeltaPlan extends ListPlan {
  /** Where to go on; `first` begins, `latest` begins behind everything there is. */
  readonly round: RoundMark | 'first' | 'latest';
  /** The name under which permissions are declared, where it is not that of reading. */
  readonly operation: string | undefined;
  /** Navigations whose links are told when they change. */
  readonly links: readonly Navigation[];
  readonly linkForm: LinkForm;
  /** The only members that matter, by their keys. */
  readonly keys: ReadonlySet<string> | undefined;
  /** Which properties of a changed member are shown. */
  readonly detail: DeltaDetail;
}

/**
 * How links are told: in their member as Graph annotates it, all of them at first; apart from it;
 * or by showing it again with all that is expanded.
 */
export type LinkForm = 'annotated' | 'apart' | 'inline';

/** All that is selected; all of it that was ever set; what has changed. */
export type DeltaDetail = 'whole' | 'set' | 'changed';

/** One page of a round. */
export interface DeltaAnswer {
  readonly context: string;
  readonly members: readonly DeltaMember[];
  readonly count: number | undefined;
  /** Where the round goes on, or the next one begins. */
  readonly next: RoundMark;
  /** Whether the round goes on. */
  readonly isUnfinished: boolean;
}

/** What has become of one member. */
export type DeltaMember = ChangedMember | RemovedMember;

/** A member that is there, and what is told of its links. */
export interface ChangedMember {
  readonly kind: 'changed';
  readonly path: string;
  /** Undefined where only its links have changed. */
  readonly entity: ShownEntity | undefined;
  readonly links: readonly LinkChanges[];
}

/** A member that is there no more: deleted for good, or no longer among the members. */
export interface RemovedMember {
  readonly kind: 'removed';
  readonly path: string;
  readonly type: EntityType;
  readonly key: string;
  readonly reason: 'changed' | 'deleted';
}

/** What has been linked and unlinked along one navigation. */
export interface LinkChanges {
  readonly navigation: Navigation;
  readonly targets: readonly LinkTarget[];
}

/** One end of a link, and whether the link is there no more. */
export interface LinkTarget {
  readonly path: string;
  readonly type: EntityType;
  readonly key: string;
  readonly isRemoved: boolean;
}
