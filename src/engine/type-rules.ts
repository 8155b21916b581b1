import type { StreamNote } from '#plan/blobs.ts';
import type { Caller } from '#plan/caller.ts';
import type { Document } from '#plan/document.ts';
import type { MaybePromise } from '#plan/maybe-promise.ts';
import type { Reader } from '#plan/store.ts';
import type { Place } from './place.ts';

/** What a rule may look at. */
export interface RuleContext {
  readonly place: Place;
  readonly caller: Caller;
  readonly reader: Reader;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The request's `Accept-Language`. */
  readonly languages: string | undefined;
}

/** What one type does beyond what its declaration says. Each part is optional. */
export interface TypeRules {
  /** The members of a new entity with what the server adds; refuses what may not be made. */
  begin?(members: Document, now: number): Document;
  /** The members of an entity that nobody has written yet; undefined where it is not there. */
  initial?(context: RuleContext): MaybePromise<Document | undefined>;
  /** The refusal of an entity that is not there, when it is not the usual one. */
  missing?(context: RuleContext): Error;
  /** The members that the target's id means, such as one size of a photo; refuses an unknown one. */
  resolve?(members: Document, context: RuleContext): Document;
  /** The members as they should be after a change; refuses what may not be. */
  complete?(members: Document, context: RuleContext): Document;
  /** The document to store, where the target's id means only a part of it. */
  keep?(members: Document, stored: Document, context: RuleContext): Document;
  /** What is said of the entity's own stream; undefined where it has none. */
  streams?(members: Document): StreamNote | undefined;
  /** The members to show, computed ones included, for this caller. */
  decorate?(members: Document, context: RuleContext): MaybePromise<Document>;
}
