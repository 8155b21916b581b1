import { Refusal } from '#errors.ts';
import type { Call } from '#plan/expression.ts';
import type { Scope } from '../binding.ts';
import type { Context } from '../context.ts';
import { type Fragment, raw, sql } from '../fragment.ts';
import { DAY_TICKS, TICKS_MAX } from '../functions/moment.ts';
import { toCarrier } from '../unify.ts';
import { calculated, type Operand } from '../value.ts';

const SECOND_TICKS = 10_000_000n;

/** Ticks in a unit, and the units in the next greater one. */
const units: Readonly<Record<string, readonly [bigint, bigint]>> = {
  hour: [3600n * SECOND_TICKS, 24n],
  minute: [60n * SECOND_TICKS, 60n],
  second: [SECOND_TICKS, 60n],
};

/** The functions of dates and times. */
export const momentNames: ReadonlySet<string> = new Set([
  ...['date', 'day', 'fractionalseconds', 'hour', 'maxdatetime', 'mindatetime', 'minute', 'month'],
  ...['now', 'second', 'time', 'totaloffsetminutes', 'totalseconds', 'year'],
]);

/**
 * A function of dates and times (OData URL Conventions, section 5.1.1.8). The parts of an instant
 * are those that its own zone shows; an instant that is calculated is in UTC.
 */
export function compileMoment(context: Context, call: Call, scope: Scope): Operand {
  const { words } = context;
  const constants: Readonly<Record<string, bigint>> = {
    now: context.nowTicks,
    maxdatetime: TICKS_MAX,
    mindatetime: 0n,
  };
  const constant = constants[call.name];
  if (constant !== undefined) return calculated('instant', words.bind('integer', constant));
  const value = context.value(call.args[0]!, scope);
  const operand = value.as ? value.as(wantedKind(call)) : value;
  switch (call.name) {
    case 'totalseconds': {
      const second = words.bind('exact', SECOND_TICKS);
      return calculated(
        'exact',
        sql`kith_divide(${toCarrier(context, operand, 'exact')}, ${second})`,
      );
    }
    case 'totaloffsetminutes':
      if (operand.text) return calculated('integer', sql`kith_offset(${operand.text()})`);
      return calculated('integer', sql`(${toCarrier(context, operand, 'integer')} * 0)`);
    case 'date':
      return calculated('date', daysOf(context, call, operand));
    case 'time':
      return calculated('time', dayTicksOf(context, call, operand));
    case 'year':
    case 'month':
    case 'day':
      return calculated(
        'integer',
        sql`kith_civil(${daysOf(context, call, operand)}, '${call.name}')`,
      );
    case 'fractionalseconds': {
      const rest = modulo(dayTicksOf(context, call, operand), SECOND_TICKS);
      const [ticks, second] = [
        words.convert('integer', 'exact', rest),
        words.bind('exact', SECOND_TICKS),
      ];
      return calculated('exact', sql`kith_divide(${ticks}, ${second})`);
    }
    default: {
      const [ticks, count] = units[call.name]!;
      const ofDay = dayTicksOf(context, call, operand);
      const whole = sql`kith_floor_divide(${ofDay}, ${literal(ticks)})`;
      return calculated('integer', modulo(whole, count));
    }
  }
}

/** An instant's ticks as its own zone shows it. */
function localTicks(context: Context, operand: Operand): Fragment {
  if (operand.text) return sql`kith_local_ticks(${operand.text()})`;
  return toCarrier(context, operand, 'integer');
}

function daysOf(context: Context, call: Call, operand: Operand): Fragment {
  if (operand.kind === 'date' || operand.kind === 'null')
    return toCarrier(context, operand, 'integer');
  if (operand.kind !== 'instant') throw unsupported(call);
  return sql`kith_floor_divide(${localTicks(context, operand)}, ${literal(DAY_TICKS)})`;
}

function dayTicksOf(context: Context, call: Call, operand: Operand): Fragment {
  if (operand.kind === 'time' || operand.kind === 'null')
    return toCarrier(context, operand, 'integer');
  if (operand.kind !== 'instant') throw unsupported(call);
  return modulo(localTicks(context, operand), DAY_TICKS);
}

function modulo(value: Fragment, divisor: bigint): Fragment {
  return sql`kith_modulo(${value}, ${literal(divisor)})`;
}

function literal(value: bigint): Fragment {
  return raw(String(value));
}

function wantedKind(call: Call): 'duration' | 'time' | 'instant' {
  if (call.name === 'totalseconds') return 'duration';
  return 'instant';
}

function unsupported(call: Call): Refusal {
  const message = `The function '${call.name}' is not supported for this argument.`;
  return new Refusal('notImplemented', message, { target: call.name });
}
