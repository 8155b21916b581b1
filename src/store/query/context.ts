import type { Model } from '#model/model.ts';
import type { Expression, SearchExpression } from '#plan/expression.ts';
import type { SetLayout } from '../layout.ts';
import type { RowBinding, Scope } from './binding.ts';
import type { Fragment } from './fragment.ts';
import type { QueryWords } from './query-words.ts';
import type { Operand } from './value.ts';

/**
 * What every part of the compiler works with. The parts call each other through it, so that none
 * of their files imports another in a ring.
 */
export interface Context {
  readonly words: QueryWords;
  readonly layouts: ReadonlyMap<string, SetLayout>;
  readonly model: Model;
  readonly tenant: number;
  /** Ticks of `now()`, the same throughout a query. */
  readonly nowTicks: bigint;
  /** A name for a table that nothing else in the statement has. */
  newAlias(): string;
  /** An expression as a value; NULL for null. */
  value(expression: Expression, scope: Scope): Operand;
  /**
   * An expression as a condition, by OData's three-valued logic: NULL is unknown. Where `exact` is
   * not asked for, a comparison may give NULL for false, which a WHERE takes as the same and which
   * leaves indexes usable.
   */
  condition(expression: Expression, scope: Scope, exact: boolean): Fragment;
  /** Whether a row is found by a search. */
  search(search: SearchExpression, row: RowBinding): Fragment;
}
