import { Refusal } from '#errors.ts';
import type { Value } from '#plan/document.ts';
import type { SqlValue } from '../database.ts';
import type { Context } from './context.ts';
import type { Fragment } from './fragment.ts';
import { formatDay, formatDuration, formatInstant, formatTime } from './functions/format-moment.ts';
import type { Kind, Operand } from './value.ts';

/** A computed value as a column, and how JSON carries what the column holds. */
export interface ComputedColumn {
  readonly value: Fragment;
  read(value: SqlValue): Value;
}

const formats: Readonly<Partial<Record<Kind, (text: string) => Value>>> = {
  boolean: (text) => text === '1',
  integer: exactly,
  exact: exactly,
  float: floating,
  instant: (text) => formatInstant(BigInt(text)),
  date: (text) => formatDay(BigInt(text)),
  time: (text) => formatTime(BigInt(text)),
  duration: (text) => formatDuration(BigInt(text)),
};

/** The column of an operand. Refuses with 501 a value that is known by its key alone. */
export function computedColumn({ words }: Context, operand: Operand): ComputedColumn {
  const { kind, carrier, key, text, as } = operand.as ? operand.as('text') : operand;
  const isNumber = kind === 'boolean' || kind === 'integer' || kind === 'exact' || kind === 'float';
  if (text && !isNumber) return column(text(), (value) => value);
  const format = formats[kind];
  if (format) return column(words.mark(carrier, key), format);
  if (kind === 'null' || (kind === 'untyped' && !as)) return column(key, () => null);
  const message = 'A value of this kind cannot be computed.';
  throw new Refusal('notImplemented', message, { target: '$compute' });
}

function column(value: Fragment, format: (text: string) => Value): ComputedColumn {
  return { value, read: (held) => (held === null ? null : format(String(held))) };
}

/** A number where a double holds it, else its digits, as documents keep them. */
function exactly(text: string): Value {
  const number = Number(text);
  return String(number) === text ? number : text;
}

function floating(text: string): Value {
  const number = Number(text);
  if (Number.isFinite(number)) return number;
  return Number.isNaN(number) ? 'NaN' : number > 0 ? 'INF' : '-INF';
}
