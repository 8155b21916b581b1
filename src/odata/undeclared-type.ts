import {
  findType,
  type Model,
  type OperationValue,
  type Property,
  type PropertyType,
} from '#model/model.ts';
import { findPrimitive } from '#model/model-primitives.ts';

/**
 * A member that an open type does not declare, as a property of the type that its `@odata.type`
 * names: `#DateTimeOffset`, `#Collection(Edm.Int64)`, `#sample.Address` (OData JSON 4.01, section
 * 4.6.3). Undefined where that is no type of a value.
 */
export function propertyNamed(model: Model, name: string, written: string): Property | undefined {
  const plain = written.replace(/^[^#]*#/, '');
  const inner = /^Collection\((.*)\)$/.exec(plain)?.[1];
  const type = valueType(model, inner ?? plain);
  if (!type) return undefined;
  return plainProperty(name, {
    ...{ type, definition: undefined, collection: inner !== undefined, nullable: true },
    ...{ maxLength: undefined, precision: undefined, scale: 'variable' },
    ...{ unicode: true, srid: undefined, annotations: {} },
  });
}

/** A value as a property that clients may read and write, without anything more to be kept of it. */
export function plainProperty(
  name: string,
  value: Omit<OperationValue, 'type'> & Pick<Property, 'type'>,
): Property {
  return {
    ...value,
    name,
    computed: false,
    kept: false,
    immutable: false,
    permissions: 'ReadWrite',
    secret: false,
    isUrl: false,
    allowed: undefined,
    initial: undefined,
    index: undefined,
  };
}

/** The name of the type as `@odata.type` has it; undefined where the value names it itself. */
export function controlOf({ type, collection }: Property): string | undefined {
  if (type.kind === 'complex' && !collection) return undefined;
  const short = type.kind === 'primitive' ? type.name.replace(/^Edm\./, '') : type.name;
  return collection ? `#Collection(${short})` : `#${short}`;
}

function valueType(model: Model, name: string): PropertyType | undefined {
  const primitive = findPrimitive(name.includes('.') ? name : `Edm.${name}`);
  if (primitive) return primitive;
  const type = findType(model, name);
  return type && type.kind !== 'entity' ? type : undefined;
}
