import type {
  DeclaredType,
  EntityType,
  Model,
  Navigation,
  Property,
  PropertyType,
  Resource,
  StructuredType,
} from './model.ts';

/**
 * Another way to say what types of Graph's mean: under names and in types of its own, about the
 * same stored things.
 */
export interface DialectDeclaration {
  readonly namespace: string;
  /** The namespace of the types that are meant. */
  readonly means: string;
  /** Types by their own name -> the type that is meant. */
  readonly types: Readonly<Record<string, string>>;
  /**
   * Members by their own name -> the one that is meant, for each type that calls any otherwise;
   * all others have one name in both.
   */
  readonly members: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Members that the dialect has no word for, by its type: they stay as they are, unseen. */
  readonly unsaid: Readonly<Record<string, readonly string[]>>;
  /** Navigations that nothing else leads along, by the type of the dialect that has them. */
  readonly own: Readonly<Record<string, readonly string[]>>;
  /** Sets by their own name -> the one that is meant. */
  readonly resources: Readonly<Record<string, string>>;
}

/** A structured type of a dialect, and how its members are found in the one that it means. */
export interface TypeMeaning {
  readonly type: StructuredType;
  readonly meant: StructuredType;
  /** Properties of the dialect's type -> those that are meant. */
  readonly properties: ReadonlyMap<Property, Property>;
}

/** A dialect, resolved against the model of one root. */
export interface Dialect {
  readonly declaration: DialectDeclaration;
  /** Types, properties, navigations and resources of the dialect -> what they mean. */
  readonly meanings: ReadonlyMap<object, object>;
  /** The same back: types, navigations and resources that are meant -> the dialect's. */
  readonly words: ReadonlyMap<object, object>;
  /** By the name of the dialect's type, and by that of the one that is meant. */
  readonly types: ReadonlyMap<string, TypeMeaning>;
  /** Everything that the model is made of. */
  readonly parts: ReadonlySet<object>;
}

/** Resolves a dialect's declaration. Throws an Error that names what the model does not have. */
export function compileDialect(model: Model, declaration: DialectDeclaration): Dialect {
  const meanings = new Map<object, object>();
  const types = new Map<string, TypeMeaning>();
  for (const [name, meant] of Object.entries(declaration.types)) {
    const own = requireType(model, `${declaration.namespace}.${name}`);
    const other = requireType(model, `${declaration.means}.${meant}`);
    meanings.set(own, other);
    if (own.kind === 'enum' || other.kind === 'enum') continue;
    const properties = pairProperties(own, other, declaration.members[name] ?? {});
    for (const [property, counterpart] of properties) meanings.set(property, counterpart);
    pairNavigations(own, other, declaration.own[name] ?? [], meanings);
    const meaning = { type: own, meant: other, properties };
    types.set(own.name, meaning);
    types.set(other.name, meaning);
  }
  for (const [name, meant] of Object.entries(declaration.resources)) {
    meanings.set(requireResource(model, name), requireResource(model, meant));
  }
  const words = new Map([...meanings].map(([own, meant]) => [meant, own]));
  return { declaration, meanings, words, types, parts: partsOf(model) };
}

function pairProperties(
  own: StructuredType,
  other: StructuredType,
  renamed: Readonly<Record<string, string>>,
): Map<Property, Property> {
  const pairs = [...own.properties.values()].map((property) => {
    const counterpart = other.properties.get(renamed[property.name] ?? property.name);
    if (!counterpart) throw new Error(`${own.name}/${property.name} means nothing.`);
    return [property, counterpart] as const;
  });
  return new Map(pairs);
}

function pairNavigations(
  own: StructuredType,
  other: StructuredType,
  kept: readonly string[],
  meanings: Map<object, object>,
): void {
  for (const navigation of own.navigation.values()) {
    if (kept.includes(navigation.name)) continue;
    const counterpart = other.navigation.get(navigation.name);
    if (!counterpart) throw new Error(`${own.name}/${navigation.name} leads nowhere.`);
    meanings.set(navigation, counterpart);
  }
}

function requireType(model: Model, name: string): DeclaredType {
  const type = model.types.get(name);
  if (!type) throw new Error(`The model has no type ${name}.`);
  return type;
}

function requireResource(model: Model, name: string): Resource {
  const resource = model.resources.get(name);
  if (!resource) throw new Error(`The model has no resource ${name}.`);
  return resource;
}

type Part = DeclaredType | PropertyType | EntityType | Property | Navigation | Resource | Model;

function partsOf(model: Model): ReadonlySet<object> {
  const parts = new Set<Part>([model]);
  for (const type of model.types.values()) {
    parts.add(type);
    if (type.kind === 'enum') continue;
    for (const property of type.properties.values()) parts.add(property).add(property.type);
    for (const navigation of type.navigation.values()) parts.add(navigation);
  }
  for (const resource of model.resources.values()) parts.add(resource);
  return parts;
}
