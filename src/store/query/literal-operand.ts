import { foldText } from '#plan/compare.ts';
import type { Value } from '#plan/document.ts';
import type { Literal } from '#plan/expression.ts';
import { cutKey } from '../index-key.ts';
import type { Context } from './context.ts';
import { raw, sql } from './fragment.ts';
import { parseExact, wholeOf } from './functions/exact.ts';
import { parseDay, parseDuration, parseInstant, parseTime } from './functions/moment.ts';
import { numberOf } from './functions/text.ts';
import { flagMembers } from './read-operand.ts';
import { constantKey } from './text-key.ts';
import {
  type Carrier,
  calculated,
  carrierOf,
  type IndexForm,
  type Kind,
  kindOf,
  type Operand,
} from './value.ts';

/** A constant, its key made here so that the statement's text does not depend on it. */
export function literalOperand(context: Context, literal: Literal): Operand {
  const { value } = literal;
  const type = literal.result.type;
  if (value === null) return { ...calculated('null', raw('NULL')), isConstant: false };
  const declared = kindOf(type);
  const kind = declared === 'untyped' ? kindOfValue(value) : declared;
  const enumeration = type?.kind === 'enum' ? type : undefined;
  const text = typeof value === 'string' ? value.replaceAll('\0', '\u0001') : String(value);
  if (enumeration?.flags) {
    const written = context.words.bind('text', text);
    const key = sql`kith_flags(${written}, ${flagMembers(context, enumeration)})`;
    return { ...calculated(kind, key, 'integer'), enumeration, text: () => written };
  }
  const [carrier, key] = kind === 'text' ? textOf(context, literal) : keyOf(kind, value);
  // NaN is equal to nothing, and so is what cannot be read.
  if (key === null) return { ...calculated(kind, context.words.bind(carrier, null), carrier) };
  return {
    ...calculated(kind, context.words.bind(carrier, key), carrier),
    enumeration,
    isConstant: true,
    indexed: carrier === 'text' ? indexForm(context, String(key)) : undefined,
    text: () => context.words.bind('text', text),
  };
}

function indexForm(context: Context, key: string): IndexForm {
  const kept = cutKey(key);
  return { key: context.words.bind('text', kept), isCut: kept !== key };
}

function textOf(context: Context, { value, result }: Literal): [Carrier, string] {
  return ['text', constantKey(context, String(value), result.type)];
}

function keyOf(kind: Kind, value: Value): [Carrier, string | number | bigint | null] {
  const text = String(value);
  switch (kind) {
    case 'boolean':
      return ['integer', value === true ? 1 : 0];
    case 'integer': {
      const number = parseExact(text);
      const whole = number && wholeOf(number);
      // Beyond 64 bits it is still a number to compare with.
      return whole === null ? ['exact', number && text] : ['integer', whole];
    }
    case 'exact':
      return ['exact', parseExact(text) && text];
    case 'float':
      return ['float', numberOf(text)];
    case 'instant':
      return ['integer', parseInstant(text)];
    case 'date':
      return ['integer', parseDay(text)];
    case 'time':
      return ['integer', parseTime(text)];
    case 'duration':
      return ['exact', parseDuration(text)?.toString() ?? null];
    case 'binary':
      return ['text', text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')];
    default:
      return [carrierOf(kind), foldText(text)];
  }
}

function kindOfValue(value: Value): Kind {
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'number') return 'exact';
  return typeof value === 'string' ? 'text' : 'structure';
}
