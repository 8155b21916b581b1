import type { Model } from '#model/model.ts';
import type { Expression, Literal } from '#plan/expression.ts';
import type {
  ArraySyntax,
  BinarySyntax,
  ExpressionSyntax,
  UnarySyntax,
} from '../language/expressions/syntax.ts';
import type { Binder, Binding, Scope, Variable } from './binder.ts';
import { bindCall } from './functions/bind-call.ts';
import { bindCase } from './functions/bind-case.ts';
import { bindTypeTest } from './functions/bind-type-test.ts';
import { depthMax, nodesMax } from './limits.ts';
import { fit } from './operands/agree.ts';
import { bindLiteral } from './operands/bind-literal.ts';
import { edm, familyOf, isNull, nullLiteral, promote, resultOf } from './operands/value-types.ts';
import { bindArithmetic, bindNegation } from './operators/bind-arithmetic.ts';
import { bindComparison } from './operators/bind-comparison.ts';
import { bindHas, bindIn } from './operators/bind-in.ts';
import { refuseOperands } from './operators/refuse-operands.ts';
import { bindMemberPath } from './paths/bind-member-path.ts';
import { notServedAt, refusalAt } from './refuse-at.ts';

/**
 * Binds the expressions of one option. What aliases and `$compute` put into them counts against
 * the same limits as what is written, so that short texts cannot stand for endless expressions.
 */
export class ExpressionBinder implements Binder {
  readonly model: Model;
  readonly aliases: Binding['aliases'];
  /** The aliases that are being resolved. */
  private readonly open = new Set<string>();
  private depth = 0;
  private nodes = 0;

  constructor({ model, aliases }: Binding) {
    this.model = model;
    this.aliases = aliases;
  }

  bind(syntax: ExpressionSyntax, scope: Scope): Expression {
    this.nodes++;
    this.depth++;
    if (this.nodes > nodesMax || this.depth > depthMax) {
      const place = { option: scope.option, at: syntax.at };
      throw refusalAt(place, 'With its aliases and computed values, the expression is too large.');
    }
    const expression = this.bindNode(syntax, scope);
    this.depth--;
    return expression;
  }

  condition(syntax: ExpressionSyntax, scope: Scope, what: string): Expression {
    const expression = this.bind(syntax, scope);
    if (isCondition(expression)) return expression;
    const place = { option: scope.option, at: syntax.at };
    throw refusalAt(place, `${what} must evaluate to a single boolean value.`);
  }

  alias(name: string, at: number, scope: Scope): Expression {
    const syntax = this.aliases.get(name);
    if (!syntax) return nullLiteral();
    const place = { option: scope.option, at };
    if (this.open.has(name)) {
      throw refusalAt(place, `The parameter alias '@${name}' refers to itself.`);
    }
    this.open.add(name);
    const here = scope.it ?? scope.here;
    const value = this.bind(syntax, { ...scope, option: `@${name}`, here, lambda: new Map() });
    this.open.delete(name);
    return value;
  }

  computed(variable: Variable, index: number, scope: Scope): Expression {
    // Only what stands before it is known to a computed value, so that none refers to itself.
    const here = { ...variable, computed: variable.computed.slice(0, index) };
    const it = scope.it === variable ? here : scope.it;
    const { computeOption: option } = variable;
    return this.bind(variable.computed[index]!.expression, {
      ...{ option, here, it },
      lambda: new Map(),
    });
  }

  private bindNode(syntax: ExpressionSyntax, scope: Scope): Expression {
    switch (syntax.kind) {
      case 'literal':
        return bindLiteral(this, syntax, scope);
      case 'path':
        return bindMemberPath(this, syntax, scope);
      case 'binary':
        return this.binary(syntax, scope);
      case 'logical': {
        const { operator } = syntax;
        const operands = syntax.operands.map((each) => this.operand(operator, each, scope));
        return { kind: operator, operands };
      }
      case 'unary':
        return this.unary(syntax, scope);
      case 'call':
        return bindCall(this, syntax, scope);
      case 'cast':
      case 'isof':
        return bindTypeTest(this, syntax, scope);
      case 'case':
        return bindCase(this, syntax, scope);
      case 'array':
        return this.array(syntax, scope);
      case 'object': {
        const place = { option: scope.option, at: syntax.at };
        throw notServedAt(place, 'Complex literals are not served in a query.');
      }
    }
  }

  private binary(syntax: BinarySyntax, scope: Scope): Expression {
    switch (syntax.operator) {
      case 'in':
        return bindIn(this, syntax, scope);
      case 'has':
        return bindHas(this, syntax, scope);
      case 'add':
      case 'sub':
      case 'mul':
      case 'div':
      case 'divby':
      case 'mod':
        return bindArithmetic(this, syntax, scope);
      default:
        return bindComparison(this, syntax, scope);
    }
  }

  private unary(syntax: UnarySyntax, scope: Scope): Expression {
    if (syntax.operator === 'negate') return bindNegation(this, syntax, scope);
    return { kind: 'not', operand: this.operand('not', syntax.operand, scope) };
  }

  private operand(
    operator: 'and' | 'or' | 'not',
    syntax: ExpressionSyntax,
    scope: Scope,
  ): Expression {
    const operand = this.bind(syntax, scope);
    if (isCondition(operand)) return operand;
    throw refuseOperands({ option: scope.option, at: syntax.at }, operator, [operand]);
  }

  /** An array of constants of one type. */
  private array(syntax: ArraySyntax, scope: Scope): Literal {
    const items = syntax.items.map((item) => this.bind(item, scope));
    const literals = items.filter((each) => each.kind === 'literal');
    const leading = literals.find((each) => !isNull(each));
    const values = literals.map((each) => (leading ? fit(each, leading) : each));
    const isConstant = literals.length === items.length;
    if (!isConstant || values.some((each) => each?.kind !== 'literal')) {
      const place = { option: scope.option, at: syntax.at };
      throw notServedAt(place, 'An array in a query has to be of constants of one type.');
    }
    const type = commonType(literals) ?? leading?.result.type;
    const value = values.map((each) => (each as Literal).value);
    return { kind: 'literal', result: { type, collection: true }, value };
  }
}

/** The type to which all numbers are promoted; undefined for what are no numbers. */
function commonType(literals: readonly Literal[]): Literal['result']['type'] {
  const types = literals.filter((each) => !isNull(each)).map(({ result }) => result.type);
  if (types.length === 0 || types.some((type) => familyOf(type) !== 'numeric')) return undefined;
  return types.reduce((one, other) => promote(one, other), types[0]);
}

function isCondition(expression: Expression): boolean {
  const { type, collection } = resultOf(expression);
  const isBoolean = type === edm('Edm.Boolean') || familyOf(type) === 'untyped';
  return isBoolean && !collection;
}
