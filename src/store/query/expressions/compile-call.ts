import { Refusal } from '#errors.ts';
import type { Call, Expression, Path, ResultType } from '#plan/expression.ts';
import { INDEXED_LENGTH } from '../../index-key.ts';
import type { Scope } from '../binding.ts';
import type { Context } from '../context.ts';
import { enterArray, followPath, fromOf, whereOf } from '../follow-path.ts';
import { type Fragment, join, raw, sql } from '../fragment.ts';
import { constantKey, textKey } from '../text-key.ts';
import { toCarrier } from '../unify.ts';
import { calculated, type Operand } from '../value.ts';
import { compileMoment, momentNames } from './compile-moment.ts';
import { compilePlaceCall } from './compile-place.ts';
import { prefixRange } from './prefix-range.ts';

/** A canonical function that gives a value; null where an argument is null. */
export function compileCall(context: Context, call: Call, scope: Scope): Operand {
  if (momentNames.has(call.name)) return compileMoment(context, call, scope);
  const { args } = call;
  switch (call.name) {
    case 'concat': {
      const [one, other] = args.map((each) => textOf(context, call, each, scope));
      return text(context, sql`(${one!} || ${other!})`);
    }
    case 'tolower':
      return text(context, sql`kith_lower(${textOf(context, call, args[0]!, scope)})`);
    case 'toupper':
      return text(context, sql`kith_upper(${textOf(context, call, args[0]!, scope)})`);
    case 'trim':
      return text(context, sql`kith_trim(${textOf(context, call, args[0]!, scope)})`);
    case 'substring':
      return compileSubstring(context, call, scope);
    case 'length':
      return compileLength(context, call, scope);
    case 'indexof': {
      const [one, other] = args.map((each) => foldOf(context, call, each, scope));
      return calculated('integer', sql`(${context.words.position(one!, other!)} - 1)`);
    }
    case 'floor':
    case 'ceiling':
    case 'round':
      return compileRound(context, call, scope);
    case 'geo.distance':
    case 'geo.length':
      return calculated('float', compilePlaceCall(context, call, scope));
    default:
      throw unsupported(call);
  }
}

/** A canonical function that gives a Boolean, as a condition; NULL where an argument is null. */
export function compileBooleanCall(context: Context, call: Call, scope: Scope): Fragment {
  const { args } = call;
  switch (call.name) {
    case 'contains': {
      const [one, other] = args.map((each) => foldOf(context, call, each, scope));
      return sql`${context.words.position(one!, other!)} > 0`;
    }
    case 'startswith': {
      const [value, prefix] = args;
      if (prefix?.kind === 'literal' && typeof prefix.value === 'string') {
        const { indexed } = context.value(value!, scope);
        const isShort = constantKey(context, prefix.value).length <= INDEXED_LENGTH;
        const key = isShort && indexed ? indexed.key : foldOf(context, call, value!, scope);
        return prefixRange(context, key, prefix.value);
      }
      const [one, other] = args.map((each) => foldOf(context, call, each, scope));
      return sql`kith_starts(${one!}, ${other!}) = 1`;
    }
    case 'endswith': {
      const [one, other] = args.map((each) => foldOf(context, call, each, scope));
      return sql`kith_ends(${one!}, ${other!}) = 1`;
    }
    case 'geo.intersects':
      return sql`${compilePlaceCall(context, call, scope)} = 1`;
    case 'matchespattern':
      return compilePattern(context, call, scope);
    case 'hassubset':
    case 'hassubsequence': {
      const type = args.find(({ kind }) => kind === 'path') as Path | undefined;
      const [one, other] = args.map((each) =>
        keysOf(context, call, withType(each, type?.result.type), scope),
      );
      return sql`kith_${call.name.slice(3)}(${one!}, ${other!}) = 1`;
    }
    default:
      throw unsupported(call);
  }
}

const booleanCalls: ReadonlySet<string> = new Set([
  'contains',
  'startswith',
  'endswith',
  'matchespattern',
  'hassubset',
  'hassubsequence',
  'geo.intersects',
]);

/** Whether a function gives a Boolean. */
export function isBooleanCall(name: string): boolean {
  return booleanCalls.has(name);
}

function text(context: Context, value: Fragment): Operand {
  return { ...calculated('text', textKey(context, value)), text: () => value };
}

/** The plain text of an argument. */
function textOf(context: Context, call: Call, argument: Expression, scope: Scope): Fragment {
  const operand = asText(context.value(argument, scope));
  if (operand.kind === 'null') return context.words.bind('text', null);
  if (!operand.text || operand.kind === 'structure') throw unsupported(call);
  return operand.text();
}

/** The text of an argument, as texts are compared. */
function foldOf(context: Context, call: Call, argument: Expression, scope: Scope): Fragment {
  const operand = asText(context.value(argument, scope));
  if (operand.kind === 'null') return context.words.bind('text', null);
  if (operand.carrier !== 'text' || operand.kind === 'structure') throw unsupported(call);
  return operand.key;
}

function asText(operand: Operand): Operand {
  return operand.as ? operand.as('text') : operand;
}

function integerOf(context: Context, argument: Expression, scope: Scope): Fragment {
  const value = context.value(argument, scope);
  return toCarrier(context, value.as ? value.as('integer') : value, 'integer');
}

function compileSubstring(context: Context, call: Call, scope: Scope): Operand {
  const [value, start, size] = call.args;
  const from = integerOf(context, start!, scope);
  const length = size ? integerOf(context, size, scope) : raw('2147483647');
  return text(
    context,
    sql`kith_substring(${textOf(context, call, value!, scope)}, ${from}, ${length})`,
  );
}

function compileLength(context: Context, call: Call, scope: Scope): Operand {
  const [argument] = call.args;
  if (argument?.kind === 'path' && argument.result.collection) {
    const result = { type: call.result.type, collection: false };
    const count = { kind: 'count', result, collection: argument } as const;
    const rest = { variable: '$this', filter: undefined, search: undefined };
    return context.value({ ...count, ...rest }, scope);
  }
  const value = textOf(context, call, argument!, scope);
  return calculated('integer', sql`kith_length(${value})`);
}

function compileRound(context: Context, call: Call, scope: Scope): Operand {
  const value = context.value(call.args[0]!, scope);
  const operand = value.as ? value.as('exact') : value;
  if (operand.kind === 'float')
    return calculated('float', sql`kith_float_${call.name}(${operand.key})`);
  const key = toCarrier(context, operand, 'exact');
  return calculated(
    operand.kind === 'null' ? 'exact' : operand.kind,
    sql`kith_${call.name}(${key})`,
    'exact',
  );
}

/** The pattern has to be a constant, so that it is read once and refused before the query runs. */
function compilePattern(context: Context, call: Call, scope: Scope): Fragment {
  const [value, pattern, flags] = call.args;
  const isConstant = pattern?.kind === 'literal' && (!flags || flags.kind === 'literal');
  if (!isConstant) throw unsupported(call);
  const written = pattern.value;
  if (written === null) return sql`(${context.words.bind('integer', null)} = 1)`;
  const flagText = flags?.kind === 'literal' ? String(flags.value ?? '') : '';
  return context.words.matches(textOf(context, call, value!, scope), String(written), flagText);
}

/** A list whose members' type the query does not tell takes that of the collection beside it. */
function withType(argument: Expression, type: ResultType['type']): Expression {
  if (argument.kind !== 'literal' || argument.result.type !== undefined) return argument;
  return { ...argument, result: { type, collection: true } };
}

/** The keys of a collection's members as JSON text, in their order. */
function keysOf(context: Context, call: Call, argument: Expression, scope: Scope): Fragment {
  if (argument.kind === 'literal') {
    if (!Array.isArray(argument.value)) throw unsupported(call);
    const members = argument.value.map((value) => {
      const result = { type: argument.result.type, collection: false };
      const { key, carrier } = context.value({ kind: 'literal', result, value }, scope);
      return context.words.mark(carrier, key);
    });
    return context.words.list(join(members, ', '));
  }
  if (argument.kind !== 'path') throw unsupported(call);
  const ways = followPath(context, argument, scope).map((way) => {
    if (!way.isArray) throw unsupported(call);
    const inside = enterArray(context, way);
    const path = { kind: 'path', variable: 'member', steps: [] } as const;
    const result = { type: argument.result.type, collection: false };
    const { key, carrier } = context.value({ ...path, result }, new Map([['member', inside.at]]));
    const keys = context.words.listAll(context.words.mark(carrier, key), inside.at.alias);
    return sql`(SELECT ${keys} FROM ${fromOf(inside)} WHERE ${whereOf(inside)})`;
  });
  if (ways.length !== 1) throw unsupported(call);
  return ways[0]!;
}

function unsupported(call: Call): Refusal {
  const message = `The function '${call.name}' is not supported for these arguments.`;
  return new Refusal('notImplemented', message, { target: call.name });
}
