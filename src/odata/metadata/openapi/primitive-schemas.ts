import type { Facets, PrimitiveName } from '#model/model.ts';
import type { JsonObject } from '../json.ts';

const plain: Readonly<Partial<Record<PrimitiveName, JsonObject>>> = {
  'Edm.Binary': { type: 'string', contentEncoding: 'base64url' },
  'Edm.Boolean': { type: 'boolean' },
  'Edm.Byte': { type: 'integer', format: 'uint8', minimum: 0, maximum: 255 },
  'Edm.Date': { type: 'string', format: 'date' },
  'Edm.DateTimeOffset': { type: 'string', format: 'date-time' },
  'Edm.Decimal': { type: 'number', format: 'decimal' },
  'Edm.Double': { type: 'number', format: 'double' },
  'Edm.Duration': { type: 'string', format: 'duration' },
  'Edm.Guid': { type: 'string', format: 'uuid' },
  'Edm.Int16': { type: 'integer', format: 'int16', minimum: -32768, maximum: 32767 },
  'Edm.Int32': { type: 'integer', format: 'int32' },
  'Edm.Int64': { type: 'integer', format: 'int64' },
  'Edm.PrimitiveType': { type: ['boolean', 'number', 'string'] },
  'Edm.SByte': { type: 'integer', format: 'int8', minimum: -128, maximum: 127 },
  'Edm.Single': { type: 'number', format: 'float' },
  'Edm.Stream': { type: 'string', format: 'binary' },
  'Edm.String': { type: 'string' },
  'Edm.TimeOfDay': { type: 'string', format: 'time' },
  'Edm.Untyped': {},
};

/** Places are GeoJSON objects (OData JSON 4.01, section 7.1). */
const place: JsonObject = {
  type: 'object',
  required: ['type'],
  properties: { type: { type: 'string' }, coordinates: { type: 'array', items: {} } },
};

/** The JSON schema of a primitive type, with the length that its facets allow. */
export function encodePrimitive(name: PrimitiveName, facets?: Facets): JsonObject {
  const schema = plain[name] ?? place;
  const isText = name === 'Edm.String' && facets?.maxLength !== undefined;
  return isText ? { ...schema, maxLength: facets.maxLength } : schema;
}
