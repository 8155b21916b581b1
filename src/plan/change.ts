import type { Property, StructuredType } from '#model/model.ts';
import type { Value } from './document.ts';

/**
 * What a PATCH body asks for, checked against the model. Members that are absent keep their value;
 * a complex value is a change of its own and merges; a collection is replaced (OData 4.01
 * Protocol, section 11.4.3).
 */
export interface Change {
  /** The declared type or the derived one that the body names. */
  readonly type: StructuredType;
  /** Whether the body names its type. */
  readonly isTyped: boolean;
  readonly members: ReadonlyMap<string, MemberChange>;
}

/** What becomes of one member: a value takes its place, or a complex value merges. */
export type MemberChange = {
  readonly property: Property;
} & (
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'merge'; readonly change: Change }
);
