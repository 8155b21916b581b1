import { formatInstant } from '#clock.ts';
import { newId } from '#ids.ts';
import { isTagged } from '#model/compile-annotations.ts';
import type { EntityType, Property } from '#model/model.ts';
import { CORE } from '#model/schema-annotations.ts';
import type { Document, Value } from '#plan/document.ts';

/**
 * The members of a new entity with those that the server makes: what Core.Computed or
 * Core.ComputedDefaultValue stands at and nobody has given, where a model that was given as CSDL
 * says that it is never null. Times are now, Guids are new, all else is zero or empty, so that
 * every value is one of its type. `now` counts milliseconds since 1970. Keys are made elsewhere.
 */
export function makeComputed(type: EntityType, written: Document, now: number): Document {
  const made: Document = { ...written };
  const keys = new Set(type.keyParts.map(({ path }) => path[0]));
  for (const [name, property] of type.properties) {
    if ((written[name] ?? null) !== null || keys.has(name) || !isMade(property)) continue;
    const value = makeValue(property, now);
    if (value !== undefined) made[name] = value;
  }
  return made;
}

function isMade(property: Property): boolean {
  return isLeftToServer(property) && !property.nullable && !property.collection;
}

/** Whether the model lets the server say the value, always or where nobody else does. */
export function isLeftToServer({ computed, annotations }: Property): boolean {
  return computed || isTagged(annotations, `${CORE}.ComputedDefaultValue`);
}

/** Undefined for what has neither a zero nor an empty value: structured values, places, streams. */
function makeValue({ type }: Property, now: number): Value | undefined {
  if (type.kind === 'enum') return [...type.members.keys()][0];
  if (type.kind !== 'primitive') return undefined;
  const instant = formatInstant(now);
  switch (type.name) {
    case 'Edm.Guid':
      return newId();
    case 'Edm.DateTimeOffset':
      return instant;
    case 'Edm.Date':
      return instant.slice(0, 10);
    case 'Edm.TimeOfDay':
      return instant.slice(11, 19);
    case 'Edm.Duration':
      return 'PT0S';
    case 'Edm.Boolean':
      return false;
    case 'Edm.String':
    case 'Edm.Binary':
      return '';
    default:
      return /^Edm\.(S?Byte|Int\d\d|Decimal|Double|Single)$/.test(type.name) ? 0 : undefined;
  }
}
