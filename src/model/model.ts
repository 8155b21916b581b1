import type { Capabilities } from './model-capabilities.ts';
import { type PrimitiveName, type PrimitiveType, primitiveNames } from './model-primitives.ts';
import { FAST_PI, GRAPH, type Root } from './schema.ts';
import type { Annotations } from './schema-annotations.ts';
import type { ReferenceDeclaration, SchemaDeclaration, TermDeclaration } from './schema-service.ts';

export { type PrimitiveName, type PrimitiveType, primitiveNames };

/** A model without a root shows everything that is declared: it is what the store keeps. */
export type Scope = Root | 'store';

/** A compiled enumeration. */
export interface EnumType {
  readonly kind: 'enum';
  readonly name: string;
  readonly flags: boolean;
  readonly underlying: PrimitiveName;
  readonly members: ReadonlyMap<string, number>;
  readonly acceptsAnyString: boolean;
  readonly annotations: Annotations;
  readonly memberAnnotations: Readonly<Record<string, Annotations>>;
}

/** What entity types and complex types have in common. Inherited members come first. */
export interface StructuredType {
  readonly kind: 'complex' | 'entity';
  /** Qualified: `microsoft.graph.user`. */
  readonly name: string;
  readonly base: StructuredType | undefined;
  readonly abstract: boolean;
  readonly open: boolean;
  /** The names that it takes beside what it declares, where not any is taken. */
  readonly opensTo: RegExp | undefined;
  /** The names of the type and of all types derived from it. */
  readonly kinds: ReadonlySet<string>;
  readonly properties: ReadonlyMap<string, Property>;
  readonly navigation: ReadonlyMap<string, Navigation>;
  /** Those of the type itself, not of its base. */
  readonly annotations: Annotations;
}

/** A structured type without a key. */
export interface ComplexType extends StructuredType {
  readonly kind: 'complex';
}

/** A structured type with a key. */
export interface EntityType extends StructuredType {
  readonly kind: 'entity';
  /** Names of the key properties; a path where one lies inside a complex property. */
  readonly key: readonly string[];
  readonly keyParts: readonly KeyPart[];
  /** Single properties that identify an entity beside its key. */
  readonly alternateKeys: readonly string[];
  /** All alternate keys, those of several parts too. */
  readonly alternateKeyParts: readonly (readonly KeyPart[])[];
  /** Behind what URLs may write the key, too. */
  readonly keyPrefix: string | undefined;
  /** Whether its entities are worked out whenever they are read: queries see what is computed. */
  readonly isDerived: boolean;
  readonly hasStream: boolean;
  /**
   * The root sets that keep entities of the type, of types derived from it, or of a type above it;
   * singletons only where a navigation is bound to them.
   */
  readonly sets: readonly string[];
  /** Whether queries may name what only derived types declare, without a cast. */
  readonly isUntyped: boolean;
  /** What a read returns without `$select`; every property when undefined. */
  readonly defaultSet: readonly string[] | undefined;
}

/** A part of a key: what URLs call it, and the path of property names that leads to its value. */
export interface KeyPart {
  readonly name: string;
  readonly path: readonly string[];
}

/** What a property may hold. */
export type PropertyType = PrimitiveType | EnumType | ComplexType;

/** Limits of primitive values; undefined where there is none. */
export interface Facets {
  readonly maxLength: number | undefined;
  readonly precision: number | undefined;
  readonly scale: number | 'variable' | 'floating' | undefined;
  readonly unicode: boolean;
  readonly srid: number | 'variable' | undefined;
}

/** A named primitive type with facets. */
export interface TypeDefinition extends Facets {
  readonly name: string;
  readonly underlying: PrimitiveType;
  readonly annotations: Annotations;
}

/** A compiled property, its facets spelled out. */
export interface Property extends Facets {
  readonly name: string;
  readonly type: PropertyType;
  /** The type definition that `type` and facets come from. */
  readonly definition: TypeDefinition | undefined;
  readonly collection: boolean;
  /** Of a collection: whether its members may be null. */
  readonly nullable: boolean;
  readonly computed: boolean;
  /** Whether what is computed stands in the document. */
  readonly kept: boolean;
  readonly immutable: boolean;
  /** Core.Permissions: what clients may do at most. */
  readonly permissions: 'None' | 'Read' | 'Write' | 'ReadWrite';
  readonly secret: boolean;
  /** Core.IsURL: the text is a URL. */
  readonly isUrl: boolean;
  readonly allowed: readonly (string | number)[] | undefined;
  readonly initial: string | number | boolean | undefined;
  readonly index: 'ordered' | 'unique' | undefined;
  readonly annotations: Annotations;
}

/** A compiled navigation property, its target resolved. */
export interface Navigation {
  readonly name: string;
  readonly target: EntityType;
  readonly collection: boolean;
  readonly nullable: boolean;
  readonly contains: boolean;
  readonly relation: string | undefined;
  readonly inverse: boolean;
  /** Whether it leads on along the relation, however far. */
  readonly transitive: boolean;
  /** Whether the server works out what is there whenever it is read. */
  readonly derived: boolean;
  /** The containment path below the owner, `..` leading back up; behind `/` a whole root set. */
  readonly storedAs: string;
  /** Another name by which URLs lead there. */
  readonly alias: string | undefined;
  readonly partner: string | undefined;
  readonly onDelete: 'Cascade' | 'None' | 'SetNull' | 'SetDefault' | undefined;
  /** Referential constraints: property here -> property of the target. */
  readonly constraints: ReadonlyMap<string, string>;
  readonly annotations: Annotations;
}

/** A top-level set or singleton, and the set and containment path that store it. */
export interface Resource {
  readonly name: string;
  readonly type: EntityType;
  readonly collection: boolean;
  readonly nullable: boolean;
  /** The set that stores its rows; `*` for whichever keep entities of the type. */
  readonly set: string;
  readonly path: string;
  /** Where URLs find it: its name, or the path of the navigation that leads to it. */
  readonly reachedBy: string;
  /** The set as which context URLs show it. */
  readonly shown: string;
  /** Whether no URL begins with its name, and no relation leads to what it keeps. */
  readonly isApart: boolean;
  readonly isDerived: boolean;
  readonly isCaller: boolean;
  /** Whether it is another service's, whose names mean nothing to Kith. */
  readonly isForeign: boolean;
  readonly inServiceDocument: boolean;
  readonly bindings: ReadonlyMap<string, string>;
  readonly capabilities: Capabilities;
  readonly annotations: Annotations;
}

/** What an operation takes or gives. */
export interface OperationValue extends Facets {
  readonly type: PropertyType | EntityType;
  readonly definition: TypeDefinition | undefined;
  readonly collection: boolean;
  readonly nullable: boolean;
  readonly annotations: Annotations;
}

/** A compiled parameter. */
export interface Parameter extends OperationValue {
  readonly name: string;
  readonly optional: boolean;
}

/** One overload of an action or function; the first parameter is what a bound one is bound to. */
export interface Operation {
  readonly kind: 'action' | 'function';
  /** Qualified. */
  readonly name: string;
  readonly bound: boolean;
  readonly composable: boolean;
  readonly entitySetPath: string | undefined;
  readonly parameters: readonly Parameter[];
  readonly returns: OperationValue | undefined;
  readonly annotations: Annotations;
}

/** An unbound operation, called at the service root. */
export interface OperationImport {
  readonly name: string;
  readonly kind: 'action' | 'function';
  /** The unbound overloads. */
  readonly operations: readonly Operation[];
  readonly entitySet: string | undefined;
  readonly inServiceDocument: boolean;
  readonly annotations: Annotations;
}

/** A type that is declared, not built in. */
export type DeclaredType = EnumType | ComplexType | EntityType;

/** Everything that one root shows, resolved and frozen. */
export interface Model {
  readonly scope: Scope;
  /** Whether somebody else's service is declared: it has no permissions, and OData's rules alone. */
  readonly isForeign: boolean;
  readonly types: ReadonlyMap<string, DeclaredType>;
  readonly definitions: ReadonlyMap<string, TypeDefinition>;
  readonly resources: ReadonlyMap<string, Resource>;
  /** Overloads by qualified name. */
  readonly operations: ReadonlyMap<string, readonly Operation[]>;
  readonly imports: ReadonlyMap<string, OperationImport>;
  /** The namespaces of what is shown, in their order. */
  readonly schemas: readonly SchemaDeclaration[];
  readonly container: {
    readonly namespace: string;
    readonly name: string;
    readonly annotations: Annotations;
    /** What holds where a resource says nothing of its own. */
    readonly capabilities: Capabilities;
  };
  readonly terms: readonly TermDeclaration[];
  readonly references: readonly ReferenceDeclaration[];
}

const LINKED_IN = /^microsoft\.graph\.linkedIn\./;
/** What Fast.PI's types were called in April 2020, where they have other names now. */
const FORMER: ReadonlyMap<string, string> = new Map([
  [`${FAST_PI}.personAnniversary`, `${FAST_PI}.personAnnualEvent`],
  [`${FAST_PI}.yomiPersonName`, `${FAST_PI}.personNamePronounciation`],
]);

/**
 * The type of that name, written with or without `#`, or undefined; the namespace may be an alias.
 */
export function findType(model: Model, written: string): DeclaredType | undefined {
  const name = written.startsWith('#') ? written.slice(1) : written;
  return model.types.get(name) ?? model.types.get(resolveAlias(model, name));
}

/**
 * The qualified name with its namespace where it is written with the namespace's alias;
 * `microsoft.graph.linkedIn.X` is another spelling of `microsoft.graph.X`, and types of Fast.PI are
 * taken by their first names, too.
 */
export function resolveAlias(model: Model, name: string): string {
  if (!model.isForeign && LINKED_IN.test(name)) return name.replace(LINKED_IN, `${GRAPH}.`);
  const renamed = model.isForeign ? undefined : FORMER.get(name);
  if (renamed) return renamed;
  const dot = name.lastIndexOf('.');
  const schema = model.schemas.find(({ alias }) => alias === name.slice(0, Math.max(dot, 0)));
  return schema ? schema.namespace + name.slice(dot) : name;
}

/** Whether the type is the other one or inherits from it, as all do from Edm's abstract types. */
export function isKindOf(type: StructuredType, ancestor: StructuredType): boolean {
  if (ancestor.name.startsWith('Edm.')) return type.kind === ancestor.kind;
  for (let each: StructuredType | undefined = type; each; each = each.base) {
    if (each === ancestor) return true;
  }
  return false;
}

/** Whether a value of the type may have a member of that name that is not declared. */
export function mayHave({ open, opensTo }: StructuredType, name: string): boolean {
  return open && (opensTo?.test(name) ?? true);
}

/** The last part of a qualified name: `user` of `microsoft.graph.user`. */
export function localName(qualifiedName: string): string {
  return qualifiedName.slice(qualifiedName.lastIndexOf('.') + 1);
}
