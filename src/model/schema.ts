/**
 * The schema language: how a type, a set and a permission are declared.
 * Declarations are plain data and name each other by string; `compile.ts` resolves the names.
 * A name without a dot belongs to the namespace of the type that uses it.
 */

import type { Annotations } from './schema-annotations.ts';

export const roots = ['v1.0', 'beta', 'localtest'] as const;
export type Root = (typeof roots)[number];

export const GRAPH = 'microsoft.graph';
export const FAST_PI = 'Microsoft.Fast.PI.ViewGenerator.V2.Profile.Models';

/** What is said of the values of a primitive type (OData CSDL 4.01, section 7.2). */
export interface ValueFacets {
  /** The greatest number of characters of a string, or of bytes. */
  readonly maxLength?: number;
  /** Digits of a decimal, or digits of the fraction of a second; without it times have 7. */
  readonly precision?: number;
  /** Digits behind the decimal point; any number of them where nothing is said. */
  readonly scale?: number | 'variable' | 'floating';
  /** False where a string holds ASCII alone. */
  readonly unicode?: false;
  /** The coordinate system of a place. */
  readonly srid?: number | 'variable';
}

/** What is said of a property beyond its type. */
export interface PropertyFacets extends ValueFacets {
  /** False where null is refused; OData's default is nullable, but for members of collections. */
  readonly nullable?: boolean;
  /** The roots in which the property shows; those of its type when absent. */
  readonly roots?: readonly Root[];
  /** The type at roots where it is another one, derived from that which is declared. */
  readonly typeAt?: Readonly<Partial<Record<Root, string>>>;
  /** Set by the server: accepted in a body, not checked, not stored (Core.Computed). */
  readonly computed?: true;
  /** Computed when the entity is written, and kept with it: queries ask by it. */
  readonly kept?: true;
  /** Set when the entity is made, and never again (Core.Immutable). */
  readonly immutable?: true;
  /** Accepted and echoed in the answer to its own write, never stored in clear or read again. */
  readonly secret?: true;
  /** The only values that are accepted, where the page gives a list that is no enum. */
  readonly allowed?: readonly (string | number)[];
  /** What a property holds before anybody sets it (DefaultValue). */
  readonly initial?: string | number | boolean;
  /** An index that the store keeps: `ordered`, or `unique` within the tenant. */
  readonly index?: 'ordered' | 'unique';
  readonly description?: string;
  readonly annotations?: Annotations;
}

/** A property, its type by name. */
export interface PropertyDeclaration extends PropertyFacets {
  readonly type: string;
  readonly collection: boolean;
}

/** What is said of a navigation property beyond its target. */
export interface NavigationFacets {
  /** The target lives inside its owner and is deleted with it. */
  readonly contains?: true;
  readonly nullable?: false;
  readonly roots?: readonly Root[];
  /** The relation whose links the store keeps; needed where the target is not contained. */
  readonly relation?: string;
  /** The navigation follows the relation from its target back to its source. */
  readonly inverse?: true;
  /** The navigation leads on along the relation, to whatever is reached by any number of links. */
  readonly transitive?: true;
  /** The server works out what is there whenever it is read: nothing of it is stored. */
  readonly derived?: true;
  /**
   * The containment path that holds the target when it differs from the navigation's name, or,
   * behind `/`, the root set all of whose entities it is.
   */
  readonly storedAs?: string;
  /** Another name by which URLs lead there. */
  readonly alias?: string;
  /** The navigation that leads back, as a path from the target. */
  readonly partner?: string;
  /** What happens to this side when the other is deleted. */
  readonly onDelete?: 'Cascade' | 'None' | 'SetNull' | 'SetDefault';
  /** Properties here that hold what properties of the target hold: here -> there. */
  readonly constraints?: Readonly<Record<string, string>>;
  readonly description?: string;
  readonly annotations?: Annotations;
}

/** A navigation property, its target by name. */
export interface NavigationDeclaration extends NavigationFacets {
  readonly target: string;
  readonly collection: boolean;
}

interface StructuredDeclaration {
  readonly name: string;
  readonly namespace: string;
  readonly base?: string;
  readonly abstract?: true;
  readonly open?: true;
  /** The names that an open type takes beside what it declares; any where nothing is said. */
  readonly opensTo?: RegExp;
  readonly roots: readonly Root[];
  readonly properties: Readonly<Record<string, PropertyDeclaration>>;
  readonly description?: string;
  readonly annotations?: Annotations;
}

/** A complex type as it is declared. */
export interface ComplexDeclaration extends StructuredDeclaration {
  readonly kind: 'complex';
  /** A complex value may lead to entities (DecoratedProfileMapElement does). */
  readonly navigation?: Readonly<Record<string, NavigationDeclaration>>;
}

/** An entity type as it is declared. */
export interface EntityDeclaration extends StructuredDeclaration {
  readonly kind: 'entity';
  /** Key properties; a path where one lies inside a complex property. */
  readonly key?: readonly string[];
  /** What key properties are called in URLs, where it is not their name: path -> alias. */
  readonly keyAliases?: Readonly<Record<string, string>>;
  /** Properties that identify an entity in a URL beside its key. */
  readonly alternateKeys?: readonly string[];
  /** Behind what URLs may write the key, too: `urn:li:member:`. */
  readonly keyPrefix?: string;
  /**
   * Its entities are worked out whenever they are read, wherever they stand: queries see what is
   * computed of them, and the store is asked none.
   */
  readonly derived?: true;
  /** Media entity: the entity is described here, its bytes stand behind `/$value`. */
  readonly hasStream?: true;
  /** Queries name members of derived types without a cast, as Graph takes them. */
  readonly isUntyped?: true;
  /** What a read returns without `$select`, per root; every property where nothing is said. */
  readonly defaultSet?: Readonly<Partial<Record<Root, readonly string[]>>>;
  readonly navigation: Readonly<Record<string, NavigationDeclaration>>;
}

/** An enumeration as it is declared. */
export interface EnumDeclaration {
  readonly kind: 'enum';
  readonly name: string;
  readonly namespace: string;
  readonly roots: readonly Root[];
  readonly flags?: true;
  /** The integer type of the values; `Edm.Int32` where nothing is said. */
  readonly underlying?: string;
  readonly members: Readonly<Record<string, number>>;
  /** Roots in which members of this type take any string, as the contract's examples send. */
  readonly anyStringAt?: readonly Root[];
  readonly description?: string;
  readonly annotations?: Annotations;
  readonly memberAnnotations?: Readonly<Record<string, Annotations>>;
}

/** Any declared type. */
export type TypeDeclaration = ComplexDeclaration | EntityDeclaration | EnumDeclaration;

/** A top-level resource of the service: `users`, `me`. */
export interface ResourceDeclaration {
  readonly type: string;
  readonly collection: boolean;
  readonly roots: readonly Root[];
  /**
   * Where the rows live: the name of the set that stores them (its own name when absent), with the
   * containment path behind it (`groups/team`), `caller` for the signed-in user, perhaps with such
   * a path, or `*` for whichever sets keep entities of the type.
   */
  readonly storedAs?: string;
  /** What it is called at roots, where something that only the store sees has that name here. */
  readonly called?: string;
  /** The path by which URLs reach it, where its name does not: `directory/deletedItems`. */
  readonly reachedBy?: string;
  /** What it keeps is apart from the rest: no relation and no reference leads there. */
  readonly isApart?: true;
  /** The set as which context URLs show it; its name where nothing is said. */
  readonly shownAs?: string;
  /** The server works out its entities whenever they are read: nothing of them is stored. */
  readonly derived?: true;
  /** The sets that navigations lead to, by path; worked out from the types where nothing is said. */
  readonly bindings?: Readonly<Record<string, string>>;
  readonly inServiceDocument?: false;
  /** The singleton may be absent. */
  readonly nullable?: true;
  /** Capabilities above all. */
  readonly annotations?: Annotations;
}

type StructuredOptions<Declaration extends StructuredDeclaration> = Partial<
  Omit<Declaration, 'kind' | 'name'>
>;

/** A single-valued property. */
export function one(type: string, facets: PropertyFacets = {}): PropertyDeclaration {
  return { type, collection: false, ...facets };
}

/** A collection-valued property; the collection itself is never null. */
export function many(type: string, facets: PropertyFacets = {}): PropertyDeclaration {
  return { type, collection: true, ...facets };
}

/** A single-valued navigation. */
export function toOne(target: string, facets: NavigationFacets = {}): NavigationDeclaration {
  return { target, collection: false, ...facets };
}

/** A collection-valued navigation. */
export function toMany(target: string, facets: NavigationFacets = {}): NavigationDeclaration {
  return { target, collection: true, ...facets };
}

/** Declares a complex type; without options it is in `microsoft.graph`, closed, at every root. */
export function complexType(
  name: string,
  options: StructuredOptions<ComplexDeclaration>,
): ComplexDeclaration {
  return { kind: 'complex', name, namespace: GRAPH, roots, properties: {}, ...options };
}

/** Declares an entity type; without options it is in `microsoft.graph`, closed, at every root. */
export function entityType(
  name: string,
  options: StructuredOptions<EntityDeclaration>,
): EntityDeclaration {
  return {
    kind: 'entity',
    name,
    namespace: GRAPH,
    roots,
    properties: {},
    navigation: {},
    ...options,
  };
}

/** Declares an enumeration; members given as a list are numbered from 0. */
export function enumType(
  name: string,
  members: readonly string[] | Readonly<Record<string, number>>,
  options: Partial<Omit<EnumDeclaration, 'kind' | 'name' | 'members'>> = {},
): EnumDeclaration {
  const numbered = Array.isArray(members)
    ? Object.fromEntries(members.map((member: string, index) => [member, index]))
    : (members as Readonly<Record<string, number>>);
  return { kind: 'enum', name, namespace: GRAPH, roots, members: numbered, ...options };
}
