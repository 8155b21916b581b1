import type { EntityType, Navigation, Property, StructuredType } from '#model/model.ts';
import type { Value } from './document.ts';
import type { Expression, PathStep, SearchExpression } from './expression.ts';

/** Which members of a collection are asked for, in which order, and where the page begins. */
export interface CollectionQuery {
  readonly filter: Expression | undefined;
  readonly search: SearchExpression | undefined;
  readonly orderBy: readonly OrderItem[];
  readonly skip: number;
  /** The greatest number of members in all, from `$top`; undefined without a limit. */
  readonly top: number | undefined;
  /** Members on this page. */
  readonly pageSize: number;
  /** Behind which member the page begins: its order keys and its own number. */
  readonly after: PageMark | undefined;
  /** Whether the number of all that meet filter and search is asked for. */
  readonly count: boolean;
  /** For whom facets are searched. */
  readonly viewer?: FacetViewer | undefined;
}

/** Who searches for people by their facets, and what they may see of them. */
export interface FacetViewer {
  /** The surrogate of the signed-in user; undefined of an application. */
  readonly owner: number | undefined;
  /** Addresses by which contacts of others name the signed-in user. */
  readonly addresses: readonly string[];
  /** Whether every facet is seen. */
  readonly isUnrestricted: boolean;
  /** Properties of users that are not seen, of others and of their own. */
  readonly hidden: readonly string[];
  readonly hiddenOwn: readonly string[];
  /** Facets that their own person alone finds: what starts from the user, and what is kept. */
  readonly confined: { readonly started: readonly string[]; readonly kept: readonly string[] };
  /** Relations of those who are one's family, and of groups to their members. */
  readonly family: string;
  readonly members: string;
}

/** What a query says where nothing is asked; with the size of a page it is one for every member. */
export const nothingAsked: Omit<CollectionQuery, 'pageSize'> = Object.freeze({
  filter: undefined,
  search: undefined,
  orderBy: [],
  skip: 0,
  top: undefined,
  after: undefined,
  count: false,
});

/** One key of `$orderby`. */
export interface OrderItem {
  readonly expression: Expression;
  readonly descending: boolean;
}

/** The place of a member in an ordered collection. */
export interface PageMark {
  readonly keys: readonly (string | number | boolean | null)[];
  /** The member's surrogate, or the key of a contained one. */
  readonly last: string | number;
  /** Members that earlier pages have shown, for `$top`. */
  readonly shown: number;
}

/** What is shown of an entity or complex value. */
export interface Selection {
  /** Properties in model order; the default set when undefined. */
  readonly properties: readonly SelectedProperty[] | undefined;
  /** Members that the type does not declare but an open one may have; `all` behind `*`. */
  readonly undeclared?: readonly string[] | 'all';
  /** Navigations that `$select` names: their links are shown, and the context URL has them. */
  readonly links?: readonly Navigation[];
  readonly expand: readonly Expansion[];
  /** Computed values by their alias (`$compute`). */
  readonly compute: readonly { readonly alias: string; readonly expression: Expression }[];
}

/** A property, perhaps of a derived type, or what is chosen inside a complex one. */
export interface SelectedProperty {
  readonly property: Property;
  readonly inside: Selection | undefined;
  /** The derived type that `$select` names before the property. */
  readonly cast?: StructuredType | undefined;
  /** Which members of a collection are shown, where options say so; each is the query's `$it`. */
  readonly query?: CollectionQuery | undefined;
  /** Whether it is shown without having been selected: the context URL does not name it. */
  readonly isImplied?: boolean;
}

/** A navigation that is shown inline. */
export interface Expansion {
  /** The complex properties, and casts, behind which the navigation stands. */
  readonly path?: readonly PathStep[];
  readonly navigation: Navigation;
  /** The derived type that the navigation is cast to. */
  readonly type: EntityType;
  readonly kind: 'entities' | 'references' | 'count';
  readonly selection: Selection;
  readonly query: CollectionQuery;
  /** How often the same navigation is followed from what it leads to; `max` to the end. */
  readonly levels: number | 'max';
  /**
   * Its options as those of a URL, which ask the same of the collection where it stands alone;
   * undefined where they cannot stand alone.
   */
  readonly written?: readonly string[] | undefined;
}

/** Where the members of a collection are kept. */
export type Source =
  /** The root entities of a set; of one derived type where one is named. */
  | { readonly kind: 'set'; readonly set: string; readonly type: EntityType }
  /** What an entity contains at a path, below the keys that lead there. */
  | {
      readonly kind: 'contained';
      readonly set: string;
      readonly owner: number;
      readonly path: string;
      readonly keys: readonly string[];
      readonly type: EntityType;
    }
  /** Root entities that a relation leads to, each from a set of its own type. */
  | {
      readonly kind: 'linked';
      readonly relation: string;
      readonly inverse: boolean;
      /** Whether it leads on from what it leads to, however far; never back to its owner. */
      readonly transitive?: boolean;
      readonly owner: number;
      readonly sets: readonly string[];
      readonly type: EntityType;
    }
  /** The root entities of several sets and singletons, whatever their types have in common. */
  | {
      readonly kind: 'union';
      readonly sets: readonly string[];
      /** Those of them that hold one entity, which has no key in a path. */
      readonly singletons: ReadonlySet<string>;
      readonly type: EntityType;
    }
  /** Every combination of the root entities of sets, each under the name of its navigation. */
  | { readonly kind: 'product'; readonly factors: readonly Factor[]; readonly type: EntityType };

/** Where entities of one set, or of what one entity contains, are kept. */
export type KeptSource = Extract<Source, { kind: 'set' | 'contained' }>;

/** One set of a product. */
export interface Factor {
  readonly navigation: Navigation;
  readonly set: string;
}

/**
 * How each member begins where all of a page are wanted as one text: with `before`, its version and
 * `behind` in place of its opening brace, or as it is stored.
 */
export type MemberStart = { readonly before: string; readonly behind: string } | 'bare';

/** A page of a collection as the store finds it. */
export interface FoundPage {
  readonly members: readonly FoundMember[];
  /**
   * In place of the members: their texts in UTF-8 with commas between them, where that was wanted
   * and the store can. Empty where there are none.
   */
  readonly text?: Uint8Array;
  /** How many meet filter and search, if that was asked for. */
  readonly count: number | undefined;
  /** Where the next page begins; undefined at the end. */
  readonly next: PageMark | undefined;
}

/** One member of a collection. */
export interface FoundMember {
  readonly set: string;
  readonly owner: number;
  /** Its id, or the keys of a contained one below its owner; empty where views are wanted. */
  readonly key: string;
  readonly version: number;
  /** The canonical document, the default view, or an empty string, as wanted. */
  readonly text: string;
  /** Of a product: the entities of the further factors, in their order. */
  readonly beside?: readonly FoundMember[];
}

/** The values of an evaluation that are wanted. */
export interface EvaluatedPage {
  readonly members: readonly EvaluatedValue[];
  /** How many meet the filter, if that was asked for. */
  readonly count: number | undefined;
}

/** One value, by its place among those given, and what was computed of it. */
export interface EvaluatedValue {
  readonly place: number;
  readonly computed: readonly Value[];
}
