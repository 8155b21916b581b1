import type {
  ComplexType,
  EntityType,
  Navigation,
  Operation,
  OperationImport,
  Property,
  Resource,
} from '#model/model.ts';
import type { Value } from './document.ts';
import type { Expression } from './expression.ts';

/** Where a request points: a top-level resource and the way from it, bound to the model. */
export interface Target {
  readonly resource: Resource;
  readonly steps: readonly Step[];
  /** The type of the entities at the end of the steps. */
  readonly type: EntityType;
  /** Whether a whole collection is addressed. */
  readonly collection: boolean;
  /** What of the entity or collection is addressed. */
  readonly ending: Ending;
  /** The steps with `{id}` for every key: the name under which permissions are declared. */
  readonly template: string;
}

/** What a path means: something stored, or what an operation gives. */
export type Addressed = Target | CallTarget;

/** A call of an action or function, and what of its result is addressed. */
export interface CallTarget {
  readonly operation: Operation;
  /** What the operation is bound to; undefined for an import. */
  readonly binding: Addressed | undefined;
  readonly import: OperationImport | undefined;
  /**
   * What the path says of a function's parameters by name, as JSON would carry it and not yet
   * checked; an action has them in its body.
   */
  readonly parameters: ReadonlyMap<string, unknown>;
  /** The way from the result on; undefined where the result itself is asked for. */
  readonly rest: ResultPath | undefined;
  /** The set whose entities the operation gives; undefined where it has none. */
  readonly resource: Resource | undefined;
  readonly template: string;
}

/** The way from an operation's result to what is addressed. */
export interface ResultPath {
  /** The set whose entities the operation gives; undefined where it has none. */
  readonly resource: Resource | undefined;
  readonly steps: readonly Step[];
  readonly type: EntityType | undefined;
  readonly collection: boolean;
  readonly ending: Ending;
}

/** One step on the way of a target. */
export type Step = KeyStep | NavigationStep | CastStep | FilterStep | PropertyStep;

/** One entity of the collection before it, by its key or an alternate key. */
export interface KeyStep {
  readonly kind: 'key';
  /** The property that an alternate key of one part names; the key itself when undefined. */
  readonly property: string | undefined;
  /** The key's text as `key-text.ts` writes it: of one part its value, unquoted and decoded. */
  readonly value: string;
  /** The values of an alternate key, in the order of its parts. */
  readonly alternate?: readonly KeyValue[];
  /** What `/$filter(...)` before the key asks of the entity. */
  readonly filtered?: FilteredKey;
}

/** A key that is looked up among the members of a collection that meet predicates. */
export interface FilteredKey {
  readonly values: readonly KeyValue[];
  readonly predicates: readonly Expression[];
}

/** One part of a key. */
export interface KeyValue {
  readonly name: string;
  /** The path of property names that leads to the value. */
  readonly path: readonly string[];
  readonly value: Value;
}

/** Along a navigation property. */
export interface NavigationStep {
  readonly kind: 'navigation';
  readonly navigation: Navigation;
}

/** Only what is of a derived type, and its members. */
export interface CastStep {
  readonly kind: 'cast';
  readonly type: EntityType;
}

/** Only the members of the collection that meet the predicate; its `$it` is a member. */
export interface FilterStep {
  readonly kind: 'filter';
  readonly predicate: Expression;
  /** As it is written, decoded; undefined where aliases say what it means. */
  readonly written?: string;
}

/** Into a complex property, to a navigation that it has. */
export interface PropertyStep {
  readonly kind: 'property';
  readonly property: Property;
}

/** What a path ends with. */
export type Ending =
  | { readonly kind: 'entities' }
  /** How many members a collection has, as text. */
  | { readonly kind: 'count' }
  /** The addresses of what is related, in place of the entities. */
  | { readonly kind: 'references' }
  /** Every member of a collection on its own (`$each`). */
  | { readonly kind: 'each' }
  /** The combinations of the entities of several sets (`$crossjoin`). */
  | { readonly kind: 'combinations' }
  /** The bytes of a media entity, or of one of its stream properties. */
  | { readonly kind: 'media'; readonly property?: Property }
  | PropertyEnding;

/** A property of the entity, or of its complex values. */
export interface PropertyEnding {
  readonly kind: 'property';
  readonly path: readonly Property[];
  /** The derived types that complex values on the way must have. */
  readonly casts?: readonly PropertyCast[];
  /** Whether the value is asked for as text (`$value`). */
  readonly isRaw: boolean;
  /** Whether the number of the collection's members is asked for (`$count`). */
  readonly isCount?: boolean;
}

/** The type that the value behind a number of a path's properties must have. */
export interface PropertyCast {
  readonly behind: number;
  readonly type: ComplexType;
}
