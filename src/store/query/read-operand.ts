import type { EnumType } from '#model/model.ts';
import { foldText } from '#plan/compare.ts';
import type { Path } from '#plan/expression.ts';
import { INDEXED_LENGTH } from '../index-key.ts';
import type { RowBinding, Scope } from './binding.ts';
import type { Context } from './context.ts';
import { followPath, selectFrom, type Way } from './follow-path.ts';
import { type Fragment, join, raw, sql } from './fragment.ts';
import type { JsonKind } from './query-words.ts';
import { ignoresCase, textKey } from './text-key.ts';
import { calculated, carrierOf, type Kind, kindOf, type Operand } from './value.ts';

/** A cut key has at least as many code points: all it keeps may be surrogate pairs. */
const CUT_LENGTH = INDEXED_LENGTH / 2;

/** The value at the end of a path. */
export function readPath(context: Context, path: Path, scope: Scope): Operand {
  const ways = followPath(context, path, scope);
  const kind = kindOf(path.result.type);
  if (ways.length === 0) return calculated(kind, nothing(context, kind));
  const operands = ways.map((way) => readWay(context, way, kindOf(way.type)));
  return operands.length === 1 ? operands[0]! : firstOf(operands);
}

/** NULL in the carrier of a kind. */
export function nothing(context: Context, kind: Kind): Fragment {
  return context.words.bind(carrierOf(kind), null);
}

/** The members of an enumeration as `kith_flags` takes them. */
export function flagMembers(context: Context, type: EnumType): Fragment {
  const members = [...type.members].map(([name, number]) => [foldText(name), number]);
  return context.words.bind('text', JSON.stringify(Object.fromEntries(members)));
}

function readWay(context: Context, way: Way, kind: Kind): Operand {
  if (way.isArray) return calculated('structure', readText(context, way));
  if (kind === 'structure') return readStructure(context, way);
  if (kind === 'untyped') {
    return {
      ...calculated('untyped', raw('NULL')),
      as: (wanted) => readUntyped(context, way, wanted),
    };
  }
  const enumeration = way.type?.kind === 'enum' ? way.type : undefined;
  const column = columnOf(context, way, kind);
  const isText = column && carrierOf(kind) === 'text';
  const key = isText
    ? uncutKey(context, way, column)
    : (column ?? readKey(context, way, kind, enumeration));
  return {
    ...calculated(kind, selectFrom(way, key), enumeration?.flags ? 'integer' : carrierOf(kind)),
    indexed: isText ? { key: selectFrom(way, column), isCut: false } : undefined,
    text: () => readText(context, way),
    enumeration,
  };
}

/** The whole key of a text: that of the column, unless it may be cut there. */
function uncutKey(context: Context, way: Way, column: Fragment): Fragment {
  const { words } = context;
  const json = words.rareDocument((way.at as RowBinding).alias);
  const whole = words.fold(words.read('text', { kind: 'json', json }, way.within));
  return sql`CASE WHEN length(${column}) >= ${String(CUT_LENGTH)} THEN ${whole} ELSE ${column} END`;
}

/** Complex values and entities are only asked whether they are there. */
function readStructure(context: Context, way: Way): Operand {
  const isRow = way.at.kind === 'row' && way.within.length === 0;
  if (isRow) return calculated('structure', selectFrom(way, raw(`'there'`)));
  return calculated('structure', readText(context, way));
}

function readText(context: Context, way: Way): Fragment {
  return selectFrom(way, context.words.read('text', way.at.place, way.within));
}

/** The column with the key of an indexed property; what it keeps of texts is folded. */
function columnOf(context: Context, way: Way, kind: Kind): Fragment | undefined {
  if (!way.index || way.at.kind !== 'row') return undefined;
  const { type } = way.index.property;
  const isKept =
    (kind === 'text' && ignoresCase(context, type)) ||
    kind === 'boolean' ||
    kind === 'instant' ||
    (type.kind === 'enum' && !type.flags) ||
    (type.kind === 'primitive' && ['Edm.Int16', 'Edm.Int32', 'Edm.Int64'].includes(type.name));
  return isKept ? raw(`${way.at.alias}.${way.index.column}`) : undefined;
}

function readKey(
  context: Context,
  way: Way,
  kind: Kind,
  enumeration: EnumType | undefined,
): Fragment {
  const { words } = context;
  const read = (carrier: Parameters<typeof words.read>[0]) =>
    words.read(carrier, way.at.place, way.within);
  switch (kind) {
    case 'boolean':
    case 'integer':
    case 'exact':
    case 'float':
      return read(kind);
    case 'instant':
      return sql`kith_ticks(${read('text')})`;
    case 'date':
      return sql`kith_days(${read('text')})`;
    case 'time':
      return sql`kith_time_ticks(${read('text')})`;
    case 'duration':
      return sql`kith_duration(${read('text')})`;
    case 'binary':
      return words.keyText(sql`kith_binary(${read('text')})`);
    case 'enum':
      if (!enumeration?.flags) return words.fold(read('text'));
      return sql`kith_flags(${read('text')}, ${flagMembers(context, enumeration)})`;
    default:
      return textKey(context, read('text'), way.type);
  }
}

/** A value of an open type or of any type: null unless its JSON is of the kind that is wanted. */
function readUntyped(context: Context, way: Way, wanted: Kind): Operand {
  if (wanted === 'null' || wanted === 'structure') {
    return calculated('structure', readText(context, way));
  }
  const isNumber = wanted === 'integer' || wanted === 'exact' || wanted === 'float';
  const kind = isNumber ? 'exact' : wanted === 'untyped' ? 'text' : wanted;
  const json: JsonKind = isNumber ? 'number' : kind === 'boolean' ? 'boolean' : 'string';
  const only = (value: Fragment) =>
    sql`CASE WHEN ${context.words.isJson(way.at.place, way.within, json)} THEN ${value} END`;
  const key = selectFrom(way, only(readKey(context, way, kind, undefined)));
  const text = () => selectFrom(way, only(context.words.read('text', way.at.place, way.within)));
  return { ...calculated(kind, key), text };
}

/** The first that is there: a relation leads to one entity, in one of several sets. */
function firstOf(operands: readonly Operand[]): Operand {
  const first = operands[0]!;
  const choose = (values: readonly Fragment[]) => sql`coalesce(${join(values, ', ')})`;
  const { as, text, indexed } = first;
  const columns = operands.map((each) => each.indexed?.key ?? each.key);
  return {
    ...first,
    key: choose(operands.map(({ key }) => key)),
    indexed: indexed && { key: choose(columns), isCut: false },
    text: text && (() => choose(operands.map((each) => each.text!()))),
    as: as && ((kind) => firstOf(operands.map((each) => each.as!(kind)))),
  };
}
