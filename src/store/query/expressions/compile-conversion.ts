import { Refusal } from '#errors.ts';
import type { Choice, Conversion, TypeTest } from '#plan/expression.ts';
import type { Scope } from '../binding.ts';
import type { Context } from '../context.ts';
import { followPath, selectFrom } from '../follow-path.ts';
import { balance, type Fragment, join, raw, sql } from '../fragment.ts';
import { flagMembers, nothing } from '../read-operand.ts';
import { textKey } from '../text-key.ts';
import { typeGuard } from '../type-guard.ts';
import { toCarrier, unify } from '../unify.ts';
import { calculated, carrierOf, type Kind, kindOf, type Operand } from '../value.ts';

const integerLimits: Readonly<Record<string, readonly [bigint, bigint]>> = {
  'Edm.Byte': [0n, 255n],
  'Edm.SByte': [-128n, 127n],
  'Edm.Int16': [-(2n ** 15n), 2n ** 15n - 1n],
  'Edm.Int32': [-(2n ** 31n), 2n ** 31n - 1n],
  'Edm.Int64': [-(2n ** 63n), 2n ** 63n - 1n],
};

const GUID = '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$';

/** `cast` of a primitive value; null where the value has no form in the type. */
export function compileCast(context: Context, cast: Conversion, scope: Scope): Operand {
  const { type } = cast.result;
  const wanted = kindOf(type);
  const value = context.value(cast.operand, scope);
  if (value.kind === 'null') return calculated(wanted, nothing(context, wanted));
  const operand = value.as ? value.as(wanted) : value;
  if (wanted === 'text') {
    const text = toText(context, operand);
    return type?.name === 'Edm.Guid' ? onlyGuid(context, text) : text;
  }
  if (wanted === operand.kind && wanted !== 'integer') return operand;
  if (wanted === 'integer') return toInteger(context, operand, type?.name ?? 'Edm.Int64');
  const { kind } = operand;
  if (wanted === 'exact' && isNumber(kind)) {
    return calculated('exact', toCarrier(context, operand, 'exact'));
  }
  if (wanted === 'float' && isNumber(kind)) {
    return calculated('float', toCarrier(context, operand, 'float'));
  }
  if (kind === 'text' && operand.text) return fromText(operand.text(), wanted);
  if (kind === 'instant' && (wanted === 'date' || wanted === 'time')) {
    const call = { kind: 'call', name: wanted, args: [cast.operand] } as const;
    return context.value({ ...call, result: cast.result }, scope);
  }
  throw unsupported(type?.name ?? 'the type');
}

/** `isof`: whether a value is there and of the type. */
export function compileTypeTest(context: Context, test: TypeTest, scope: Scope): Fragment {
  const { operand, type } = test;
  const isStructured = type.kind === 'entity' || type.kind === 'complex';
  if (isStructured && operand.kind === 'path') {
    const ways = followPath(context, operand, scope).map((way) => {
      const guard = typeGuard(context, way.at.place, way.within, type.name);
      return sql`(${selectFrom(way, context.words.truth(guard))} IS NOT DISTINCT FROM 1)`;
    });
    return ways.length === 0 ? raw('1 = 0') : balance(ways, 'OR');
  }
  const value = context.value(operand, scope);
  const read = value.as ? value.as(kindOf(type)) : value;
  if (read.kind === 'null' || !isAssignable(read.kind, kindOf(type))) return raw('1 = 0');
  return sql`${read.key} IS NOT NULL`;
}

/** `case`: the first condition that holds gives the value. */
export function compileChoice(context: Context, choice: Choice, scope: Scope): Operand {
  const values = choice.branches.map(({ value }) => context.value(value, scope));
  const conditions = choice.branches.map(({ condition }) =>
    context.condition(condition, scope, false),
  );
  const { kind, carrier, keys } = unify(context, values);
  const choose = (results: readonly Fragment[]) => {
    const whens = results.map((result, index) => sql`WHEN ${conditions[index]!} THEN ${result}`);
    return sql`CASE ${join(whens, ' ')} END`;
  };
  const texts = values.map((each) => (each.kind === 'null' ? nullText(context) : each.text));
  const hasTexts = texts.every((text) => text !== undefined);
  const enumeration = values.find((each) => each.enumeration)?.enumeration;
  return {
    ...calculated(kind, choose(keys), carrier),
    enumeration,
    text: hasTexts ? () => choose(texts.map((text) => text!())) : undefined,
  };
}

function nullText(context: Context): () => Fragment {
  return () => context.words.bind('text', null);
}

function isNumber(kind: Kind): boolean {
  return kind === 'integer' || kind === 'exact' || kind === 'float';
}

function isAssignable(kind: Kind, wanted: Kind): boolean {
  return kind === wanted || (wanted === 'exact' && kind === 'integer');
}

/** As JSON carries the value: numbers in plain notation, Booleans as `true` and `false`. */
function toText(context: Context, operand: Operand): Operand {
  const { kind } = operand;
  let text: Fragment;
  if (isNumber(kind)) text = sql`kith_text(${toCarrier(context, operand, 'exact')})`;
  else if (kind === 'boolean') {
    text = sql`CASE ${operand.key} WHEN 1 THEN 'true' WHEN 0 THEN 'false' END`;
  } else if (operand.text && kind !== 'structure') text = operand.text();
  else throw unsupported('Edm.String');
  return { ...calculated('text', textKey(context, text)), text: () => text };
}

function onlyGuid(context: Context, operand: Operand): Operand {
  const isGuid = context.words.matches(operand.text!(), GUID, 'i');
  const only = (value: Fragment) => sql`CASE WHEN ${isGuid} THEN ${value} END`;
  return { ...operand, key: only(operand.key), text: () => only(operand.text!()) };
}

function toInteger(context: Context, operand: Operand, name: string): Operand {
  const { words } = context;
  let whole: Fragment;
  if (operand.kind === 'text' && operand.text) {
    whole = sql`kith_integer(kith_number(${operand.text()}))`;
  } else if (operand.kind === 'enum' && operand.enumeration && operand.text) {
    whole = sql`kith_flags(${operand.text()}, ${flagMembers(context, operand.enumeration)})`;
  } else if (isNumber(operand.kind)) {
    whole = sql`kith_integer(${operand.key})`;
  } else throw unsupported(name);
  const [least, greatest] = (integerLimits[name] ?? integerLimits['Edm.Int64']!).map((limit) =>
    words.bind('integer', limit),
  );
  return calculated('integer', sql`kith_within(${whole}, ${least!}, ${greatest!})`);
}

function fromText(text: Fragment, wanted: Kind): Operand {
  const functions: Readonly<Partial<Record<Kind, string>>> = {
    exact: 'kith_number',
    float: 'kith_float_text',
    date: 'kith_days',
    time: 'kith_time_ticks',
    duration: 'kith_duration',
    instant: 'kith_ticks',
  };
  if (wanted === 'boolean') {
    return calculated('boolean', sql`CASE ${text} WHEN 'true' THEN 1 WHEN 'false' THEN 0 END`);
  }
  const name = functions[wanted];
  if (!name) throw unsupported(`a value of kind ${wanted}`);
  return {
    ...calculated(wanted, sql`${name}(${text})`, carrierOf(wanted)),
    text: wanted === 'instant' ? () => text : undefined,
  };
}

function unsupported(name: string): Refusal {
  const message = `A cast to ${name} is not supported for this value.`;
  return new Refusal('notImplemented', message, { target: 'cast' });
}
