import type {
  ComplexType,
  DeclaredType,
  EntityType,
  Facets,
  PropertyType,
  Scope,
  StructuredType,
  TypeDefinition,
} from './model.ts';
import { findPrimitive } from './model-primitives.ts';
import type { Root, ValueFacets } from './schema.ts';
import type { TypeDefinitionDeclaration } from './schema-service.ts';

/** Who uses a name: its namespace is that of names without a dot. */
export interface User {
  readonly namespace: string;
  readonly name: string;
}

/** A type as it is used, with the facets of the definition that stands for it. */
export interface ResolvedType<Type> extends Facets {
  readonly type: Type;
  readonly definition: TypeDefinition | undefined;
}

const builtIn = {
  base: undefined,
  abstract: true,
  kinds: new Set<string>(),
  properties: new Map(),
  navigation: new Map(),
};

/** Edm.ComplexType: any complex value. */
const anyComplex: ComplexType = Object.freeze({
  kind: 'complex',
  name: 'Edm.ComplexType',
  open: true,
  opensTo: undefined,
  annotations: {},
  ...builtIn,
});

/** Edm.EntityType: any entity. */
export const anyEntity: EntityType = Object.freeze({
  kind: 'entity',
  name: 'Edm.EntityType',
  open: true,
  opensTo: undefined,
  key: [],
  keyParts: [],
  alternateKeys: [],
  alternateKeyParts: [],
  keyPrefix: undefined,
  isDerived: false,
  hasStream: false,
  sets: [],
  isUntyped: false,
  defaultSet: undefined,
  annotations: {},
  ...builtIn,
});

const FRACTION = new Set(['Edm.DateTimeOffset', 'Edm.Duration', 'Edm.TimeOfDay']);
/** Times are kept in units of 100 ns. */
const FRACTION_DIGITS = 7;

/** Whether something that is declared for certain roots is seen in the scope. */
export function shows(declared: readonly Root[] | undefined, scope: Scope): boolean {
  return scope === 'store' || declared === undefined || declared.includes(scope);
}

/** The name with its user's namespace where it has none. */
export function qualify(user: { readonly namespace: string }, name: string): string {
  return name.includes('.') ? name : `${user.namespace}.${name}`;
}

/** Finds types by the names that declarations use; throws an Error that names the user. */
export class Names {
  readonly scope: Scope;
  private readonly types: ReadonlyMap<string, DeclaredType>;
  private readonly definitions: ReadonlyMap<string, TypeDefinition>;

  constructor(
    types: ReadonlyMap<string, DeclaredType>,
    definitions: ReadonlyMap<string, TypeDefinition>,
    scope: Scope,
  ) {
    this.types = types;
    this.definitions = definitions;
    this.scope = scope;
  }

  /** A value type with its facets. */
  value(user: User, name: string, facets: ValueFacets): ResolvedType<PropertyType> {
    const found = this.find(user, name, facets);
    if (found.type.kind !== 'entity') return found as ResolvedType<PropertyType>;
    throw new Error(`${user.name} has a property of type ${name}, which is not a value type.`);
  }

  /** Any type, with its facets. */
  find(user: User, name: string, facets: ValueFacets): ResolvedType<PropertyType | EntityType> {
    const definition = this.definitions.get(qualify(user, name));
    if (definition) {
      const { underlying, maxLength, precision, scale, unicode, srid } = definition;
      return { type: underlying, definition, maxLength, precision, scale, unicode, srid };
    }
    const type = findPrimitive(name) ?? findAbstract(name) ?? this.types.get(qualify(user, name));
    if (type) return { type, definition: undefined, ...compileFacets(type.name, facets, this) };
    throw new Error(`${user.name} has a property of type ${name}, which is not a value type.`);
  }

  structured(user: User, name: string): StructuredType {
    const type = this.types.get(qualify(user, name));
    if (type && type.kind !== 'enum') return type;
    throw new Error(`${user.name} has the base ${name}, which is not declared.`);
  }

  entity(user: User, name: string): EntityType {
    const type = findAbstract(name) ?? this.types.get(qualify(user, name));
    if (type?.kind === 'entity') return type;
    throw new Error(`${user.name} leads to ${name}, which is not an entity type.`);
  }
}

/** A type definition with its facets; throws where what it stands for is not primitive. */
export function compileDefinition(
  declaration: TypeDefinitionDeclaration,
  scope: Scope,
): TypeDefinition {
  const name = qualify(declaration, declaration.name);
  const underlying = findPrimitive(declaration.underlying);
  if (!underlying) throw new Error(`${name} stands for ${declaration.underlying}, not primitive.`);
  const facets = compileFacets(underlying.name, declaration, { scope });
  return Object.freeze({ name, underlying, annotations: declaration.annotations ?? {}, ...facets });
}

function compileFacets(type: string, facets: ValueFacets, { scope }: { scope: Scope }): Facets {
  const { maxLength, precision, scale, unicode, srid } = facets;
  return {
    // The contract's own root takes every value that fits the type.
    maxLength: scope === 'localtest' ? undefined : maxLength,
    precision: precision ?? (FRACTION.has(type) ? FRACTION_DIGITS : undefined),
    scale: scale === 'variable' ? undefined : scale,
    unicode: unicode ?? true,
    srid,
  };
}

function findAbstract(name: string): ComplexType | EntityType | undefined {
  if (name === anyComplex.name) return anyComplex;
  return name === anyEntity.name ? anyEntity : undefined;
}
