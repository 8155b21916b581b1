import {
  annotateAlternateKeys,
  annotateProperty,
  describe,
  isTagged,
  readAllowed,
  readAlternateKeys,
  readPermissions,
} from './compile-annotations.ts';
import { type Names, qualify, shows, type User } from './compile-names.ts';
import type {
  ComplexType,
  DeclaredType,
  EntityType,
  EnumType,
  Navigation,
  PrimitiveName,
  Property,
  Scope,
  StructuredType,
} from './model.ts';
import type {
  EntityDeclaration,
  EnumDeclaration,
  NavigationDeclaration,
  PropertyDeclaration,
  TypeDeclaration,
} from './schema.ts';
import { CORE } from './schema-annotations.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Structured = Exclude<TypeDeclaration, { kind: 'enum' }>;

/** A type without its members: enough for others to name it while theirs are compiled. */
export function makeShell(name: string, declaration: TypeDeclaration, scope: Scope): DeclaredType {
  if (declaration.kind === 'enum') return compileEnum(name, declaration, scope);
  const structured = {
    name,
    base: undefined,
    abstract: declaration.abstract ?? false,
    open: declaration.open ?? false,
    opensTo: declaration.opensTo,
    kinds: new Set([name]),
    properties: new Map<string, Property>(),
    navigation: new Map<string, Navigation>(),
    annotations: describe(declaration),
  };
  if (declaration.kind === 'complex') return { kind: 'complex', ...structured };
  return {
    kind: 'entity',
    ...structured,
    key: [],
    keyParts: [],
    alternateKeys: [],
    alternateKeyParts: [],
    keyPrefix: declaration.keyPrefix,
    isDerived: declaration.derived ?? false,
    hasStream: declaration.hasStream ?? false,
    sets: [],
    isUntyped: declaration.isUntyped ?? false,
    defaultSet:
      scope === 'store' ? declaration.defaultSet?.['v1.0'] : declaration.defaultSet?.[scope],
    annotations: {
      ...annotateAlternateKeys(declaration.alternateKeys ?? []),
      ...structured.annotations,
    },
  };
}

function compileEnum(name: string, declaration: EnumDeclaration, scope: Scope): EnumType {
  return Object.freeze({
    kind: 'enum',
    name,
    flags: declaration.flags ?? false,
    underlying: (declaration.underlying ?? 'Edm.Int32') as PrimitiveName,
    members: new Map(Object.entries(declaration.members)),
    acceptsAnyString:
      declaration.anyStringAt?.some((root) => scope === 'store' || root === scope) ?? false,
    annotations: describe(declaration),
    memberAnnotations: declaration.memberAnnotations ?? {},
  });
}

/** Fills every structured type; a base comes before the types that inherit from it. */
export function fillTypes(
  types: ReadonlyMap<string, DeclaredType>,
  declarations: readonly TypeDeclaration[],
  names: Names,
): void {
  const declared = new Map<string, TypeDeclaration>();
  for (const each of declarations) declared.set(qualify(each, each.name), each);
  const filler = new Filler(types, declared, names);
  for (const name of declared.keys()) filler.fill(name);
  for (const type of types.values()) {
    if (type.kind !== 'entity') continue;
    for (const { path } of type.keyParts) checkKeyPath(type, path);
  }
}

class Filler {
  private readonly types: ReadonlyMap<string, DeclaredType>;
  private readonly declared: ReadonlyMap<string, TypeDeclaration>;
  private readonly names: Names;
  private readonly begun = new Set<string>();

  constructor(
    types: ReadonlyMap<string, DeclaredType>,
    declared: ReadonlyMap<string, TypeDeclaration>,
    names: Names,
  ) {
    this.types = types;
    this.declared = declared;
    this.names = names;
  }

  fill(name: string): void {
    const declaration = this.declared.get(name);
    const type = this.types.get(name) as Mutable<ComplexType> | Mutable<EntityType>;
    if (!declaration || declaration.kind === 'enum' || Object.isFrozen(type)) return;
    if (this.begun.has(name)) throw new Error(`${name} inherits from itself.`);
    this.begun.add(name);
    const base = declaration.base ? this.baseOf(declaration, declaration.base) : undefined;
    for (let each = base; each; each = each.base) (each.kinds as Set<string>).add(name);
    type.base = base;
    type.open ||= base?.open ?? false;
    type.opensTo ??= base?.opensTo;
    type.properties = this.properties(declaration, base);
    type.navigation = this.navigations(declaration, base);
    if (declaration.kind === 'entity' && type.kind === 'entity') {
      fillEntity(type, declaration, base as EntityType | undefined);
    }
    Object.freeze(type);
  }

  private baseOf(user: Structured, name: string): StructuredType {
    const base = this.names.structured(user, name);
    if (base.kind !== user.kind) {
      throw new Error(`${user.name} has the base ${name}, which is not of its kind.`);
    }
    this.fill(base.name);
    return base;
  }

  private properties(
    declaration: Structured,
    base: StructuredType | undefined,
  ): Map<string, Property> {
    const properties = new Map(base?.properties);
    for (const [name, each] of Object.entries(declaration.properties)) {
      if (!shows(each.roots, this.names.scope)) continue;
      properties.set(name, this.property(declaration, name, each));
    }
    return properties;
  }

  private property(user: User, name: string, declaration: PropertyDeclaration): Property {
    const annotations = annotateProperty(declaration);
    const { scope } = this.names;
    const own = scope === 'store' ? undefined : declaration.typeAt?.[scope];
    return Object.freeze({
      name,
      ...this.names.value(user, own ?? declaration.type, declaration),
      collection: declaration.collection,
      nullable: declaration.nullable ?? !declaration.collection,
      computed: isTagged(annotations, `${CORE}.Computed`),
      kept: declaration.kept ?? false,
      immutable: isTagged(annotations, `${CORE}.Immutable`),
      permissions: readPermissions(annotations),
      secret: declaration.secret ?? false,
      isUrl: isTagged(annotations, `${CORE}.IsURL`),
      allowed: readAllowed(annotations),
      initial: declaration.initial,
      index: declaration.index,
      annotations,
    });
  }

  private navigations(
    declaration: Structured,
    base: StructuredType | undefined,
  ): Map<string, Navigation> {
    const navigation = new Map(base?.navigation);
    for (const [name, each] of Object.entries(declaration.navigation ?? {})) {
      if (!shows(each.roots, this.names.scope)) continue;
      navigation.set(name, this.navigation(declaration, name, each));
    }
    return navigation;
  }

  private navigation(user: User, name: string, declaration: NavigationDeclaration): Navigation {
    const { collection } = declaration;
    return Object.freeze({
      name,
      target: this.names.entity(user, declaration.target),
      collection,
      nullable: !collection && (declaration.nullable ?? true),
      contains: declaration.contains ?? false,
      relation: declaration.relation,
      inverse: declaration.inverse ?? false,
      transitive: declaration.transitive ?? false,
      derived: declaration.derived ?? false,
      storedAs: declaration.storedAs ?? name,
      alias: declaration.alias,
      partner: declaration.partner,
      onDelete: declaration.onDelete,
      constraints: new Map(Object.entries(declaration.constraints ?? {})),
      annotations: describe(declaration),
    });
  }
}

function fillEntity(
  type: Mutable<EntityType>,
  declaration: EntityDeclaration,
  base: EntityType | undefined,
): void {
  const aliases = declaration.keyAliases ?? {};
  type.key = declaration.key ?? base?.key ?? [];
  type.keyParts = declaration.key
    ? declaration.key.map((path) => ({ name: aliases[path] ?? path, path: path.split('/') }))
    : (base?.keyParts ?? []);
  const alternate = readAlternateKeys(type.annotations);
  type.alternateKeyParts = alternate.length > 0 ? alternate : (base?.alternateKeyParts ?? []);
  type.alternateKeys = type.alternateKeyParts.flatMap(([part, ...more]) =>
    part?.path.length === 1 && more.length === 0 ? part.path : [],
  );
  type.hasStream ||= base?.hasStream ?? false;
}

/** A key path leads through complex properties to a single value. */
function checkKeyPath(type: EntityType, path: readonly string[]): void {
  let owner: StructuredType | undefined = type;
  for (const [index, name] of path.entries()) {
    const property: Property | undefined = owner?.properties.get(name);
    const isLast = index === path.length - 1;
    owner = property?.type.kind === 'complex' && !property.collection ? property.type : undefined;
    if (property && !property.collection && isLast === (owner === undefined)) continue;
    throw new Error(`${type.name} has the key ${path.join('/')}, which is no single value.`);
  }
}
