import type {
  DeclaredType,
  EntityType,
  Facets,
  Navigation,
  Property,
  PropertyType,
  StructuredType,
} from '#model/model.ts';
import { localName } from '#model/model.ts';
import { type Annotations, annotationText, CORE } from '#model/schema-annotations.ts';
import { ownNavigation, ownProperties } from '../csdl/schema-elements.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import { encodePrimitive } from './primitive-schemas.ts';

/** A type with what decides how many values there are, and whether null is one. */
export interface ShapedType {
  readonly type: PropertyType | EntityType;
  readonly collection: boolean;
  readonly nullable: boolean;
  readonly facets?: Facets;
}

/**
 * The schemas of a document: a type is written when it is first mentioned, with all that it
 * mentions itself (OpenAPI 3.1, section 4.8.24; JSON Schema 2020-12).
 */
export class SchemaRegistry {
  private readonly schemas = new Map<string, JsonValue>();

  /** The schemas of all types mentioned so far, by qualified name. */
  all(): JsonObject {
    return Object.fromEntries([...this.schemas].sort(([one], [other]) => (one < other ? -1 : 1)));
  }

  /** A value, or an array of values, of the type. */
  shape({ type, collection, nullable, facets }: ShapedType): JsonObject {
    const single = this.single(type, facets);
    if (collection) return { type: 'array', items: nullable ? orNull(single) : single };
    return nullable ? orNull(single) : single;
  }

  /** One page of a collection, with its control information. */
  page(type: EntityType): JsonObject {
    const name = `${componentName(type.name)}CollectionResponse`;
    if (!this.schemas.has(name)) {
      this.schemas.set(name, {
        title: `Collection of ${localName(type.name)}`,
        type: 'object',
        properties: {
          '@odata.context': { type: 'string' },
          '@odata.count': { type: 'integer', format: 'int64' },
          '@odata.nextLink': { type: 'string', format: 'uri' },
          value: { type: 'array', items: this.single(type, undefined) },
        },
      });
    }
    return reference(name);
  }

  private single(type: ShapedType['type'], facets: Facets | undefined): JsonObject {
    if (type.kind === 'primitive') return encodePrimitive(type.name, facets);
    if (type.name.startsWith('Edm.')) return { type: 'object' };
    const name = componentName(type.name);
    if (!this.schemas.has(name)) {
      // The name stands first, since types mention each other in circles.
      this.schemas.set(name, true);
      this.schemas.set(name, this.declared(type));
    }
    return reference(name);
  }

  private declared(type: DeclaredType): JsonObject {
    const head = { title: localName(type.name), ...describe(type.annotations) };
    if (type.kind !== 'enum') return { ...head, ...this.structured(type) };
    // Members of flags stand together, and some roots take any text.
    const isText = type.flags || type.acceptsAnyString;
    return { ...head, type: 'string', ...(isText ? {} : { enum: [...type.members.keys()] }) };
  }

  private structured(type: StructuredType): JsonObject {
    const members = [
      ...ownProperties(type).flatMap((property) => this.property(property)),
      ...ownNavigation(type).map((navigation) => [navigation.name, this.navigation(navigation)]),
    ];
    const own = { type: 'object', properties: Object.fromEntries(members) as JsonObject };
    if (type.base) return { allOf: [this.single(type.base as EntityType, undefined), own] };
    return { ...own, properties: { '@odata.type': { type: 'string' }, ...own.properties } };
  }

  private property(property: Property): [string, JsonValue][] {
    const { name, type, collection, computed, permissions, secret, allowed, initial } = property;
    // The bytes of a stream property are no member of the object.
    if (type.name === 'Edm.Stream') return [];
    const shape = this.shape({ type, collection, nullable: property.nullable, facets: property });
    const extra = {
      ...(computed || permissions === 'Read' ? { readOnly: true } : {}),
      ...(secret || permissions === 'Write' ? { writeOnly: true } : {}),
      ...(allowed ? { enum: allowed } : {}),
      ...(initial === undefined ? {} : { default: initial }),
      ...describe(property.annotations),
    };
    return [[name, { ...shape, ...extra }]];
  }

  private navigation({ target, collection, nullable, annotations }: Navigation): JsonObject {
    return {
      ...this.shape({ type: target, collection, nullable: !collection && nullable }),
      ...describe(annotations),
    };
  }
}

/** The description of an element as a member, where it has one. */
export function describe(annotations: Annotations): JsonObject {
  const description = annotationText(annotations[`${CORE}.Description`]);
  return description === undefined ? {} : { description };
}

/** A qualified name in the characters that components may have; no name of CSDL has a hyphen. */
function componentName(name: string): string {
  return name.replace(/[^\w.]/gu, (character) => `-${character.codePointAt(0)!.toString(16)}`);
}

function reference(name: string): JsonObject {
  return { $ref: `#/components/schemas/${name}` };
}

function orNull(schema: JsonObject): JsonObject {
  const { type } = schema;
  if (typeof type === 'string') return { ...schema, type: [type, 'null'] };
  if (Array.isArray(type)) return { ...schema, type: [...(type as JsonValue[]), 'null'] };
  return Object.keys(schema).length === 0 ? schema : { anyOf: [schema, { type: 'null' }] };
}
