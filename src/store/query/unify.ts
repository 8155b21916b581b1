import { Refusal } from '#errors.ts';
import type { Context } from './context.ts';
import { type Fragment, sql } from './fragment.ts';
import { flagMembers } from './read-operand.ts';
import type { Carrier, IndexForm, Kind, Operand } from './value.ts';

const NUMERIC: readonly Kind[] = ['integer', 'exact', 'float'];
const DAY_TICKS = '864000000000';

/** Several values in one carrier, so that SQL can compare them. */
export interface Unified {
  readonly kind: Kind;
  readonly carrier: Carrier;
  readonly keys: readonly Fragment[];
}

/**
 * Brings values to one kind and carrier: integers to decimals to floats (OData URL Conventions,
 * section 5.1.1.15, Numeric Promotion), dates to instants, and what has no type to that of the
 * others. `forOrder` compares enumeration members by their numbers.
 */
export function unify(context: Context, values: readonly Operand[], forOrder = false): Unified {
  const columns = values.map(({ indexed }) => indexed);
  if (isCompared(values, columns, forOrder)) {
    const keys = columns.map((each) => each!.key);
    return { kind: values[0]!.kind, carrier: 'text', keys };
  }
  const typed = values.find(({ kind }) => kind !== 'untyped' && kind !== 'null');
  const operands = values.map((each) => (each.as ? each.as(typed?.kind ?? 'text') : each));
  const known = operands.filter(({ kind }) => kind !== 'null');
  const kind = commonKind(known);
  if (kind === 'enum') return unifyEnums(context, operands, forOrder);
  const asMoments = operands.map((each) =>
    kind === 'instant' && each.kind === 'date' ? atMidnight(context, each) : each,
  );
  const carrier = widest(asMoments.filter(({ kind: each }) => each !== 'null'));
  const keys = asMoments.map((each) => toCarrier(context, each, carrier));
  return { kind, carrier, keys };
}

/** Whether texts can be compared as index columns keep them: one column, and constants. */
function isCompared(
  values: readonly Operand[],
  columns: readonly (IndexForm | undefined)[],
  forOrder: boolean,
): boolean {
  const paths = values.filter(({ isConstant }) => !isConstant);
  return (
    paths.length === 1 &&
    columns.every((each) => each !== undefined && !(forOrder && each.isCut)) &&
    values.every(({ kind }) => kind === values[0]!.kind && (kind === 'text' || !forOrder))
  );
}

/** The key of one value in another carrier. */
export function toCarrier(context: Context, operand: Operand, carrier: Carrier): Fragment {
  if (operand.kind === 'null') return context.words.bind(carrier, null);
  return context.words.convert(operand.carrier, carrier, operand.key);
}

function commonKind(operands: readonly Operand[]): Kind {
  const kinds = new Set(operands.map(({ kind }) => kind));
  if (kinds.size === 0) return 'text';
  if (kinds.size === 1) return [...kinds][0]!;
  const all = (...allowed: Kind[]) => [...kinds].every((kind) => allowed.includes(kind));
  if (all(...NUMERIC)) return kinds.has('float') ? 'float' : 'exact';
  if (all('instant', 'date')) return 'instant';
  if (all('enum', 'text') || all('enum', 'integer')) return 'enum';
  if (all('text', 'binary')) return 'text';
  const message = `Values of the kinds ${[...kinds].join(' and ')} cannot be compared.`;
  throw new Refusal('badRequest', message);
}

function widest(operands: readonly Operand[]): Carrier {
  for (const carrier of ['float', 'exact', 'integer'] as const) {
    if (operands.some((each) => each.carrier === carrier)) return carrier;
  }
  return 'text';
}

function atMidnight(context: Context, operand: Operand): Operand {
  const { words } = context;
  const ticks = words.bind('exact', DAY_TICKS);
  const days = words.convert(operand.carrier, 'exact', operand.key);
  return {
    ...operand,
    kind: 'instant',
    carrier: 'exact',
    key: sql`kith_multiply(${days}, ${ticks})`,
  };
}

function unifyEnums(context: Context, operands: readonly Operand[], forOrder: boolean): Unified {
  const type = operands.find(({ enumeration }) => enumeration)?.enumeration;
  const isNumber = forOrder || type?.flags || operands.some(({ kind }) => kind === 'integer');
  if (!isNumber || !type) {
    const keys = operands.map((each) => toCarrier(context, each, 'text'));
    return { kind: 'enum', carrier: 'text', keys };
  }
  const members = flagMembers(context, type);
  const keys = operands.map((each) =>
    each.carrier === 'integer' || each.kind === 'null' || !each.text
      ? toCarrier(context, each, 'integer')
      : sql`kith_flags(${each.text()}, ${members})`,
  );
  return { kind: 'enum', carrier: 'integer', keys };
}
