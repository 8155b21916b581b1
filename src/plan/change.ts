import type { EntityType, Navigation, Property, StructuredType } from '#model/model.ts';
import type { Value } from './document.ts';
import type { Target } from './target.ts';

/**
 * What a body asks for, checked against the model. In an update, members that are absent keep their
 * value; a complex value is a change of its own and merges; a collection is replaced (OData 4.01
 * Protocol, section 11.4.3).
 */
export interface Change {
  /** The declared type or the derived one that the body names. */
  readonly type: StructuredType;
  /** Whether the body names its type. */
  readonly isTyped: boolean;
  readonly members: ReadonlyMap<string, MemberChange>;
  /** What an open type holds beside what it declares; null takes it away. */
  readonly undeclared: ReadonlyMap<string, Value>;
  /** What becomes of related and contained entities, by the name of the navigation. */
  readonly related: ReadonlyMap<string, RelatedChange>;
  /** The entity tag of the version that the change is for, where the body names one. */
  readonly tag?: string | undefined;
}

/** What becomes of one member: a value takes its place, a complex value merges, or values join. */
export type MemberChange = {
  readonly property: Property;
} & (
  | {
      readonly kind: 'value';
      readonly value: Value;
      /** The value with what stays in it of the one before, where anything does. */
      readonly keeping?: (before: Value | undefined) => Value;
      /** Members of a collection that say what they are related to. */
      readonly inside?: readonly ElementChange[] | undefined;
    }
  | {
      readonly kind: 'merge';
      readonly change: Change;
      /** Whether nothing of the value before is left in it. */
      readonly isWhole?: boolean;
    }
  | {
      readonly kind: 'append';
      readonly values: readonly Value[];
      readonly inside?: readonly ElementChange[] | undefined;
    }
);

/** One complex value of a collection, by its place among those that are written. */
export interface ElementChange {
  readonly index: number;
  readonly change: Change;
}

/** What becomes of what a navigation leads to. */
export interface RelatedChange {
  readonly navigation: Navigation;
  /** Whether what is not named is no longer related; else the named ones are added or changed. */
  readonly isWhole: boolean;
  readonly entries: readonly RelatedEntry[];
}

/** One entity that a body names or brings along. */
export type RelatedEntry =
  /** An entity that is there: `@odata.bind`, or an object with nothing but its id. */
  | { readonly kind: 'reference'; readonly reference: Reference }
  /** A nested entity: new, or changed where one with its key is related already. */
  | {
      readonly kind: 'entity';
      readonly change: Change;
      /** The one that is changed, where a delta says so by its id. */
      readonly reference?: Reference | undefined;
    }
  /** One that is no longer related, or is deleted (`@removed` in a delta). */
  | {
      readonly kind: 'removed';
      readonly of: Reference | Change;
      readonly isDeleted: boolean;
    };

/** What one entry of a delta payload asks for: an entity, or a link on its own. */
export type DeltaEntry = RelatedEntry | LinkEntry;

/** A link that a delta payload adds or deletes (OData JSON 4.01, sections 15.4 and 15.5). */
export interface LinkEntry {
  readonly kind: 'link';
  readonly isAdded: boolean;
  readonly source: Reference;
  /** The names of complex properties and casts before that of the navigation, and its own. */
  readonly way: readonly string[];
  /** Undefined where all that a single-valued navigation leads to is let go. */
  readonly target: Reference | undefined;
}

/** An entity that a URL names. */
export type Reference =
  | { readonly kind: 'target'; readonly target: Target; readonly written: string }
  /** By key alone, in whichever set keeps entities of the type: `directoryObjects/{id}`. */
  | {
      readonly kind: 'key';
      readonly type: EntityType;
      readonly key: string;
      readonly written: string;
    };
