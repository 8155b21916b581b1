import fc from 'fast-check';
import type { PrimitiveName } from '#model/model-primitives.ts';
import type { Arithmetic, Expression, FunctionName } from '#plan/expression.ts';
import type { Kind } from './query-variables.ts';
import { call, compare, literal, nothing, typeNamed } from './query-words.ts';

/** A generator of expressions. */
export type Arb = fc.Arbitrary<Expression>;
/** Generators of the operands of a kind. */
export type Operands = (kind: Kind) => Arb;

/** Comparisons of two values, or of one with null. */
export function comparison(left: Arb, right: Arb, kind: string): Arb {
  const operators = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'] as const;
  const usable = kind === 'binary' ? operators.slice(0, 2) : operators;
  const withNull = fc.oneof(
    { weight: 6, arbitrary: right },
    { weight: 1, arbitrary: fc.constant(nothing) },
  );
  return fc
    .tuple(left, fc.constantFrom(...usable), withNull, fc.boolean())
    .map(([one, operator, other, turned]) =>
      turned ? compare(other, operator, one) : compare(one, operator, other),
    );
}

/** Ways to make a text. */
export function texts(below: Operands): Arb[] {
  const index = fc.integer({ min: -3, max: 5 }).map((value) => literal('Edm.Int32', value));
  const single = fc.constantFrom<FunctionName>('tolower', 'toupper', 'trim');
  const written = fc.oneof(below('int'), below('decimal'), below('boolean'));
  return [
    fc.tuple(below('text'), below('text')).map(([one, other]) => call('concat', one, other)),
    fc.tuple(single, below('text')).map(([name, one]) => call(name, one)),
    fc.tuple(below('text'), index).map(([one, start]) => call('substring', one, start)),
    fc
      .tuple(below('text'), index, fc.nat(4))
      .map(([one, start, size]) => call('substring', one, start, literal('Edm.Int32', size))),
    written.map((operand): Expression => cast(operand, 'Edm.String')),
  ];
}

/** Ways to make a whole number. */
export function integers(below: Operands): Arb[] {
  const parts = fc.constantFrom<FunctionName>(
    'year',
    'month',
    'day',
    'hour',
    'minute',
    'second',
    'totaloffsetminutes',
  );
  return [
    calculation(below, ['int', 'int']),
    calculation(below, ['big', 'int']),
    below('text').map((each) => call('length', each)),
    fc.tuple(below('text'), below('text')).map(([one, other]) => call('indexof', one, other)),
    fc.tuple(parts, below('instant')).map(([name, one]) => call(name, one)),
    fc
      .tuple(fc.constantFrom<FunctionName>('year', 'month', 'day'), below('date'))
      .map(([name, one]) => call(name, one)),
    fc
      .tuple(fc.constantFrom<FunctionName>('hour', 'minute', 'second'), below('time'))
      .map(([name, one]) => call(name, one)),
    below('int').map(negated),
    fc
      .oneof(below('text'), below('decimal'), below('double'))
      .map((operand) => cast(operand, 'Edm.Int32')),
  ];
}

/** Ways to make a decimal. */
export function decimals(below: Operands): Arb[] {
  return [
    calculation(below, ['decimal', 'decimal']),
    calculation(below, ['decimal', 'int']),
    calculation(below, ['int', 'int'], ['divby']),
    rounded(below('decimal')),
    below('decimal').map(negated),
    below('duration').map((each) => call('totalseconds', each)),
    fc.oneof(below('instant'), below('time')).map((each) => call('fractionalseconds', each)),
    fc
      .oneof(below('text'), below('int'), below('double'))
      .map((operand) => cast(operand, 'Edm.Decimal')),
  ];
}

/** Ways to make a duration. */
export function durations(below: Operands): Arb[] {
  return [
    calculation(below, ['duration', 'duration'], ['add', 'sub']),
    calculation(below, ['instant', 'instant'], ['sub']),
    calculation(below, ['date', 'date'], ['sub']),
    calculation(below, ['duration', 'decimal'], ['mul', 'div']),
    calculation(below, ['int', 'duration'], ['mul']),
    below('duration').map(negated),
  ];
}

/** Arithmetic of operands of two kinds. */
export function calculation(
  below: Operands,
  [left, right]: readonly [Kind, Kind],
  operators: readonly Arithmetic['operator'][] = ['add', 'sub', 'mul', 'div', 'divby', 'mod'],
): Arb {
  const result = { type: undefined, collection: false };
  return fc.tuple(fc.constantFrom(...operators), below(left), below(right)).map(
    ([operator, one, other]): Expression => ({
      kind: 'arithmetic',
      operator,
      result,
      left: one,
      right: other,
    }),
  );
}

/** A number, rounded one way or the other. */
export function rounded(operand: Arb): Arb {
  const names = fc.constantFrom<FunctionName>('round', 'floor', 'ceiling');
  return fc.tuple(names, operand).map(([name, one]) => call(name, one));
}

function negated(operand: Expression): Expression {
  return { kind: 'negation', result: { type: undefined, collection: false }, operand };
}

function cast(operand: Expression, type: PrimitiveName): Expression {
  return { kind: 'cast', result: { type: typeNamed(type) as never, collection: false }, operand };
}
