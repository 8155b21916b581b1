import type {
  DeclaredType,
  EntityType,
  Facets,
  Model,
  Navigation,
  Operation,
  Property,
  PropertyType,
  Resource,
  StructuredType,
  TypeDefinition,
} from '#model/model.ts';
import type { Annotations } from '#model/schema-annotations.ts';
import type { SchemaDeclaration, TermDeclaration } from '#model/schema-service.ts';

/** What one schema of a document declares. */
export interface SchemaElements {
  readonly definitions: readonly TypeDefinition[];
  readonly types: readonly DeclaredType[];
  readonly operations: readonly (readonly Operation[])[];
  readonly terms: readonly TermDeclaration[];
  readonly hasContainer: boolean;
  /**
   * What is said elsewhere of elements, by their target path: of the container's children, as
   * Graph has it, and of what has no element of its own.
   */
  readonly external: readonly (readonly [target: string, annotations: Annotations])[];
}

/** The elements of the schema's namespace, in the order of the model. */
export function elementsOf(model: Model, schema: SchemaDeclaration): SchemaElements {
  const { namespace } = schema;
  const hasContainer = model.container.namespace === namespace;
  const within = (name: string) => name.slice(0, name.lastIndexOf('.')) === namespace;
  return {
    definitions: [...model.definitions.values()].filter(({ name }) => within(name)),
    types: [...model.types.values()].filter(({ name }) => within(name)),
    operations: [...model.operations].flatMap(([name, all]) => (within(name) ? [all] : [])),
    terms: model.terms.filter((term) => term.namespace === namespace),
    hasContainer,
    external: [
      ...(hasContainer ? annotatedChildren(model) : []),
      ...Object.entries(schema.external ?? {}),
    ],
  };
}

function annotatedChildren(model: Model): [target: string, annotations: Annotations][] {
  const { namespace, name: container } = model.container;
  return [...model.resources.values(), ...model.imports.values()]
    .filter(({ annotations }) => Object.keys(annotations).length > 0)
    .map(({ name, annotations }) => [`${namespace}.${container}/${name}`, annotations]);
}

/** The sets and singletons of the container: those that URLs begin with. */
export function listResources({ resources }: Model): readonly Resource[] {
  return [...resources.values()].filter(({ name, reachedBy }) => name === reachedBy);
}

/** The properties that the type itself declares, without those of its base. */
export function ownProperties(type: StructuredType): Property[] {
  return own(type.properties, type.base?.properties);
}

/** The navigation properties that the type itself declares, without those of its base. */
export function ownNavigation(type: StructuredType): Navigation[] {
  return own(type.navigation, type.base?.navigation);
}

function own<Member>(
  members: ReadonlyMap<string, Member>,
  inherited: ReadonlyMap<string, Member> | undefined,
): Member[] {
  return [...members].flatMap(([name, each]) => (inherited?.get(name) === each ? [] : [each]));
}

/** The key parts that the type itself declares; none where its base has them. */
export function ownKey(type: EntityType): EntityType['keyParts'] {
  const base = type.base as EntityType | undefined;
  return base?.keyParts === type.keyParts ? [] : type.keyParts;
}

/** A value's type with its facets, as properties, parameters and return types have it. */
export interface TypedValue extends Facets {
  readonly type: PropertyType | EntityType;
  readonly definition: TypeDefinition | undefined;
}

const FRACTION = new Set<string>(['Edm.DateTimeOffset', 'Edm.Duration', 'Edm.TimeOfDay']);

/**
 * The facets that a document states, by the name of their attribute; none where a type definition
 * states them. Decimals always say their scale and times their precision, since what absence means
 * differs between CSDL XML and CSDL JSON.
 */
export function statedFacets(value: TypedValue): Readonly<Record<string, string | number>> {
  return value.definition ? {} : facetsOf(value.type.name, value);
}

/** The facets of a primitive type by the name of their attribute. */
export function facetsOf(
  type: string,
  facets: Partial<Facets>,
): Readonly<Record<string, string | number>> {
  const { maxLength, precision, scale, unicode, srid } = facets;
  const fraction = FRACTION.has(type) ? 0 : undefined;
  const stated = {
    MaxLength: maxLength,
    Precision: precision ?? fraction,
    Scale: type === 'Edm.Decimal' ? (scale ?? 'variable') : undefined,
    Unicode: unicode === false ? 'false' : undefined,
    SRID: srid,
  };
  const entries = Object.entries(stated).filter(([, facet]) => facet !== undefined);
  return Object.fromEntries(entries) as Readonly<Record<string, string | number>>;
}
