import { Refusal } from '#errors.ts';
import type { Model } from '#model/model.ts';
import type { Expression, SearchExpression } from '#plan/expression.ts';
import type { SetLayout } from '../layout.ts';
import type { RowBinding, Scope } from './binding.ts';
import type { Context } from './context.ts';
import { compileArithmetic, compileNegation } from './expressions/compile-arithmetic.ts';
import { compileBooleanCall, compileCall, isBooleanCall } from './expressions/compile-call.ts';
import {
  compileComparison,
  compileHas,
  compileIn,
  compileSame,
} from './expressions/compile-comparison.ts';
import { compileCast, compileChoice, compileTypeTest } from './expressions/compile-conversion.ts';
import { compileCount, compileQuantifier } from './expressions/compile-quantifier.ts';
import { compileSearch } from './expressions/compile-search.ts';
import { balance, type Fragment, sql } from './fragment.ts';
import { literalOperand } from './literal-operand.ts';
import type { QueryWords } from './query-words.ts';
import { readPath } from './read-operand.ts';
import { calculated, type Operand } from './value.ts';

/** Compiles the expressions of one statement. */
export class Compiler implements Context {
  readonly words: QueryWords;
  readonly layouts: ReadonlyMap<string, SetLayout>;
  readonly model: Model;
  readonly tenant: number;
  /** Whether what was compiled depends on the time. */
  isTimed = false;
  private readonly ticks: bigint;
  private aliases = 0;

  constructor(options: {
    words: QueryWords;
    layouts: ReadonlyMap<string, SetLayout>;
    model: Model;
    tenant: number;
    nowTicks: bigint;
  }) {
    this.words = options.words;
    this.layouts = options.layouts;
    this.model = options.model;
    this.tenant = options.tenant;
    this.ticks = options.nowTicks;
  }

  get nowTicks(): bigint {
    this.isTimed = true;
    return this.ticks;
  }

  newAlias(): string {
    return `t${this.aliases++}`;
  }

  value(expression: Expression, scope: Scope): Operand {
    switch (expression.kind) {
      case 'literal':
        return literalOperand(this, expression);
      case 'path':
        return readPath(this, expression, scope);
      case 'negation':
        return compileNegation(this, expression, scope);
      case 'arithmetic':
        return compileArithmetic(this, expression, scope);
      case 'count':
        return compileCount(this, expression, scope);
      case 'cast':
        return compileCast(this, expression, scope);
      case 'case':
        return compileChoice(this, expression, scope);
      case 'call':
        if (!isBooleanCall(expression.name)) return compileCall(this, expression, scope);
    }
    const condition = this.condition(expression, scope, true);
    return calculated('boolean', this.words.truth(condition));
  }

  condition(expression: Expression, scope: Scope, exact: boolean): Fragment {
    switch (expression.kind) {
      case 'not':
        return sql`NOT (${this.condition(expression.operand, scope, true)})`;
      case 'and':
      case 'or': {
        const operands = expression.operands.map((each) => this.condition(each, scope, exact));
        return balance(operands, expression.kind === 'and' ? 'AND' : 'OR');
      }
      case 'comparison':
        return compileComparison(this, expression, scope, exact);
      case 'same':
        return compileSame(this, expression, scope);
      case 'in':
        return compileIn(this, expression, scope, exact);
      case 'has':
        return compileHas(this, expression, scope);
      case 'any':
      case 'all':
        return compileQuantifier(this, expression, scope);
      case 'isof':
        return compileTypeTest(this, expression, scope);
      case 'call':
        if (isBooleanCall(expression.name)) return compileBooleanCall(this, expression, scope);
    }
    const value = this.value(expression, scope);
    const operand = value.as ? value.as('boolean') : value;
    if (operand.kind === 'boolean') return sql`${operand.key} = 1`;
    if (operand.kind === 'null') return sql`${this.words.bind('integer', null)} = 1`;
    throw new Refusal('badRequest', `A value of kind ${operand.kind} is no condition.`);
  }

  search(search: SearchExpression, row: RowBinding): Fragment {
    return compileSearch(this, search, row);
  }
}
