import type { EntityType, Navigation, Property, Resource } from '#model/model.ts';

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

/** One step on the way of a target. */
export type Step = KeyStep | NavigationStep | CastStep;

/** One entity of the collection before it, by its key or an alternate key. */
export interface KeyStep {
  readonly kind: 'key';
  /** The property that an alternate key names; the key itself when undefined. */
  readonly property: string | undefined;
  /** The key's text as the URL gives it, unquoted and decoded. */
  readonly value: string;
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

/** What a path ends with. */
export type Ending =
  | { readonly kind: 'entities' }
  /** How many members a collection has, as text. */
  | { readonly kind: 'count' }
  /** The addresses of what is related, in place of the entities. */
  | { readonly kind: 'references' }
  /** The bytes of a media entity. */
  | { readonly kind: 'media' }
  /** A property of the entity, or of its complex values; raw behind `$value`. */
  | { readonly kind: 'property'; readonly path: readonly Property[]; readonly isRaw: boolean };
