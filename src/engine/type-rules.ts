import type { Model } from '#model/model.ts';
import type { StreamNote } from '#plan/blobs.ts';
import type { Caller } from '#plan/caller.ts';
import type { Change } from '#plan/change.ts';
import type { Document, Value } from '#plan/document.ts';
import type { MaybePromise } from '#plan/maybe-promise.ts';
import type { Fidelity } from '#plan/request.ts';
import type { Reader, Writer } from '#plan/store.ts';
import type { Place } from './place.ts';
import type { Draft, Held } from './writing/draft.ts';

/** What a rule may look at. */
export interface RuleContext {
  readonly place: Place;
  readonly caller: Caller;
  readonly reader: Reader;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The request's `Accept-Language`. */
  readonly languages: string | undefined;
  readonly model?: Model;
}

/** What a rule about what is shown may look at. */
export interface ShowContext extends RuleContext {
  readonly model: Model;
  /** Members that are asked for, where not all of them are. */
  readonly wanted?: ReadonlySet<string> | undefined;
  /** What is found out once for all that is shown together, by names. */
  readonly once?: Map<string, unknown> | undefined;
}

/** What a rule may look at about what a change of one entity means for others. */
export interface SpreadContext extends RuleContext {
  readonly model: Model;
  readonly tx: Writer;
  readonly fidelity: Fidelity;
  /** All members of the entity after the change. */
  readonly members: Document;
}

/** What a rule about writing may look at. */
export interface WriteContext {
  readonly model: Pick<Model, 'resources'>;
  readonly caller: Caller;
  readonly reader: Reader & Pick<Writer, 'takeTurn'>;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** By whose rules it is written; `odata` where Graph's are lifted. */
  readonly fidelity: Fidelity;
}

/** What a rule about a new entity may look at. */
export interface BeginContext extends WriteContext {
  /** The entity that contains it; undefined in a set. */
  readonly owner: Held | undefined;
}

/** What a rule about the members that are written may look at. */
export interface SettleContext extends WriteContext {
  readonly isNew: boolean;
  /** The surrogate of the root entity; undefined of one that is new. */
  readonly owner: number | undefined;
  /** The value of a property before the change; undefined where nothing was written. */
  before(name: string): Value | undefined;
}

/** What one type does beyond what its declaration says. Each part is optional. */
export interface TypeRules {
  /** The key of a new entity, where its members say it. */
  identify?(members: Document): string | undefined;
  /** Whether a key that is written is only a part of the one that the entity gets. */
  readonly completesKey?: true;
  /** The members of a new entity with what the server adds; refuses what may not be made. */
  begin?(members: Document, context: BeginContext): Document;
  /** Refuses a change that Graph does not take, by the names that it has. */
  admit?(change: Change, context: WriteContext): void;
  /**
   * What else is written together with these members, all of a new entity or those that a change
   * gives new values; refuses values that may not be.
   */
  settle?(written: Document, context: SettleContext): MaybePromise<Document>;
  /** Relates a new entity to others beside what its body says. */
  relate?(draft: Draft, held: Held, change: Change): Promise<void>;
  /** The members of an entity that nobody has written yet; undefined where it is not there. */
  initial?(context: RuleContext): MaybePromise<Document | undefined>;
  /** The refusal of an entity that is not there, when it is not the usual one. */
  missing?(): Error;
  /** The members that the target's id means, such as one size of a photo; refuses an unknown one. */
  resolve?(members: Document, context: RuleContext): Document;
  /** The members as they should be after a change; refuses what may not be. */
  complete?(members: Document, context: RuleContext): Document;
  /**
   * Writes elsewhere, in the same transaction, what a change gives new values to; gives what else
   * is kept of the entity itself.
   */
  spread?(written: Document, context: SpreadContext): Promise<Document>;
  /** The document to store, where the target's id means only a part of it. */
  keep?(members: Document, stored: Document, context: RuleContext): Document;
  /** What is said of the entity's own stream; undefined where it has none. */
  streams?(members: Document): StreamNote | undefined;
  /** The members to show, computed ones included, for this caller. */
  decorate?(members: Document, context: ShowContext): MaybePromise<Document>;
}
