import type { EntityType, Model, PropertyType } from '#model/model.ts';
import { type Expression, OUTER } from '#plan/expression.ts';
import type { ComputeSyntax, ExpressionSyntax } from '../language/expressions/syntax.ts';

/** Any type of a value or an entity. */
export type ValueType = PropertyType | EntityType;

/** What names are looked up in. */
export interface Binding {
  readonly model: Model;
  /** Parameter aliases by their names without `@`. */
  readonly aliases: ReadonlyMap<string, ExpressionSyntax>;
}

/** What a name in an expression may stand for as a whole. */
export interface Variable {
  /** As the plan names it. */
  readonly name: string;
  /** Undefined where the type is not known. */
  readonly type: ValueType | undefined;
  /** What `$compute` adds to its members, and the option in whose text that stands. */
  readonly computed: ComputeSyntax;
  readonly computeOption: string;
}

/** Where an expression stands, and what its names mean there. */
export interface Scope {
  /** The option in whose text positions count. */
  readonly option: string;
  /** `$this`, and whose members names without a variable are. */
  readonly here: Variable;
  /** `$it`; in a nested option an entity outside the query, undefined where none is in hand. */
  readonly it: Variable | undefined;
  /** The variables of the lambda expressions around, by name. */
  readonly lambda: ReadonlyMap<string, Variable>;
}

/** Binds expressions; its parts reach each other through it. */
export interface Binder extends Binding {
  /** Any expression. */
  bind(syntax: ExpressionSyntax, scope: Scope): Expression;
  /** An expression that has to be one Boolean; `what` names it in the refusal. */
  condition(syntax: ExpressionSyntax, scope: Scope, what: string): Expression;
  /** What a parameter alias stands for; null where it is not defined. */
  alias(name: string, at: number, scope: Scope): Expression;
  /** What the variable's `$compute` gives for that item. */
  computed(variable: Variable, index: number, scope: Scope): Expression;
}

/** The scope of an option: its members are the plan's `$it`. */
export function openScope(options: {
  readonly option: string;
  readonly type: ValueType | undefined;
  readonly compute?: ComputeSyntax | undefined;
  readonly computeOption?: string | undefined;
  /** Whether the option is nested in another, where `$it` is outside. */
  readonly isNested?: boolean | undefined;
  /** The type of `$it` outside, where the entity is in hand when the query is run. */
  readonly outer?: ValueType | undefined;
}): Scope {
  const { option, type, compute = [], computeOption = '$compute', isNested, outer } = options;
  const here: Variable = { name: '$it', type, computed: compute, computeOption };
  const outside = outer && { name: OUTER, type: outer, computed: [], computeOption };
  return { option, here, it: isNested ? outside : here, lambda: new Map() };
}
