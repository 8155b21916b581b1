import type { PrimitiveName } from '#model/model.ts';
import type { Literal } from '#plan/expression.ts';
import { isPrimitive } from '../../decode-primitive.ts';
import type { ValueType } from '../binder.ts';
import { literal } from './bind-literal.ts';
import { readEnum } from './read-enum.ts';
import { edm, type Family, familyOf, nullLiteral } from './value-types.ts';

/** Families whose values JSON carries as text. */
const textual: ReadonlySet<Family> = new Set([
  'string',
  'guid',
  'date',
  'instant',
  'time',
  'duration',
  'binary',
  'enum',
]);

/**
 * The literal as a value of the type: texts become what their spelling says (OData URL Conventions
 * 4.01, section 5.1.1.14.1), and GUIDs become texts. Numbers stay as they are, since numbers
 * compare whatever their type. Undefined where the text is no such value.
 */
export function coerceLiteral(from: Literal, type: ValueType | undefined): Literal | undefined {
  if (from.value === null) return nullLiteral(type);
  const [had, wanted] = [familyOf(from.result.type), familyOf(type)];
  if (from.result.collection || type === undefined || wanted === 'untyped') return from;
  if (type.kind === 'enum') return coerceEnum(from, type);
  if (had === wanted) return from;
  if (had === 'date' && wanted === 'instant') return from;
  if (typeof from.value !== 'string' || !textual.has(had)) return undefined;
  // Ids that are GUIDs are strings in Graph.
  if (wanted === 'string') return had === 'guid' ? literal(type, from.value) : undefined;
  if (had !== 'string' || !textual.has(wanted) || type.kind !== 'primitive') return undefined;
  const { value } = from;
  const reads = (name: PrimitiveName) => isPrimitive(name, value);
  if (reads(type.name)) return literal(type, value);
  return wanted === 'instant' && reads('Edm.Date') ? literal(edm('Edm.Date'), value) : undefined;
}

function coerceEnum(from: Literal, type: ValueType & { kind: 'enum' }): Literal | undefined {
  const given = from.result.type;
  if (given?.kind === 'enum') return given.name === type.name ? from : undefined;
  const isText = familyOf(given) === 'string';
  if (!isText && !Number.isInteger(from.value)) return undefined;
  const value = readEnum(type, String(from.value));
  return value === undefined ? undefined : literal(type, value);
}
