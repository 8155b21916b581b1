import type { GeoSyntax } from '../literals/geo-syntax.ts';
import type { SearchSyntax } from '../options/search-syntax.ts';

/*
 * Expressions as they are written (OData ABNF 4.01, commonExpr). Names are not resolved. `at` is
 * the 0-based character of the option's decoded text at which the node starts. Every field is
 * always there; what is not written is undefined.
 */

/** What a literal is, as far as its spelling tells. A `string` may mean a duration or an enum. */
export type LiteralType =
  | 'null'
  | 'boolean'
  | 'integer'
  | 'decimal'
  | 'double'
  | 'string'
  | 'guid'
  | 'date'
  | 'dateTimeOffset'
  | 'timeOfDay'
  | 'duration'
  | 'binary'
  | 'enum'
  | 'geography'
  | 'geometry';

/** A primitive value. Numbers stay text, so that no digit is lost. */
export interface LiteralSyntax {
  readonly kind: 'literal';
  readonly at: number;
  readonly type: LiteralType;
  /** The value without prefix and quotes: `O'Neil`, `P1D`, `Yellow,Solid`, `2.50`, `true`. */
  readonly text: string;
  /** The qualified name before an enum literal's quote. */
  readonly enumType: string | undefined;
  readonly geo: GeoSyntax | undefined;
}

/** A JSON array whose items are expressions, or the list in parentheses behind `in`. */
export interface ArraySyntax {
  readonly kind: 'array';
  readonly at: number;
  readonly items: readonly ExpressionSyntax[];
  readonly isList: boolean;
}

/** A member of a JSON object; its name may be control information such as `@odata.id`. */
export interface MemberSyntax {
  readonly at: number;
  readonly name: string;
  readonly value: ExpressionSyntax;
}

/** A JSON object whose values are expressions. */
export interface ObjectSyntax {
  readonly kind: 'object';
  readonly at: number;
  readonly members: readonly MemberSyntax[];
}

/** Operators of two operands; `and` and `or` chain and stand in `LogicalSyntax`. */
export type BinaryOperator =
  | 'eq'
  | 'ne'
  | 'gt'
  | 'ge'
  | 'lt'
  | 'le'
  | 'has'
  | 'in'
  | 'add'
  | 'sub'
  | 'mul'
  | 'div'
  | 'divby'
  | 'mod';

/** `left operator right`. */
export interface BinarySyntax {
  readonly kind: 'binary';
  readonly at: number;
  readonly operator: BinaryOperator;
  readonly operatorAt: number;
  readonly left: ExpressionSyntax;
  readonly right: ExpressionSyntax;
}

/** `a and b and c`: two operands or more, flat, so that long filters stay shallow. */
export interface LogicalSyntax {
  readonly kind: 'logical';
  readonly at: number;
  readonly operator: 'and' | 'or';
  readonly operands: readonly ExpressionSyntax[];
}

/** `not operand` or `-operand`. */
export interface UnarySyntax {
  readonly kind: 'unary';
  readonly at: number;
  readonly operator: 'not' | 'negate';
  readonly operand: ExpressionSyntax;
}

/** A call of a canonical function; the name in the specification's spelling. */
export interface CallSyntax {
  readonly kind: 'call';
  readonly at: number;
  readonly name: string;
  readonly arguments: readonly ExpressionSyntax[];
}

/** A type's name, perhaps of a collection; unqualified names stay so. */
export interface TypeNameSyntax {
  readonly at: number;
  readonly name: string;
  readonly isCollection: boolean;
}

/** `cast(operand,type)` or `isof(operand,type)`; without an operand it is about `$it`. */
export interface TypeTestSyntax {
  readonly kind: 'cast' | 'isof';
  readonly at: number;
  readonly operand: ExpressionSyntax | undefined;
  readonly type: TypeNameSyntax;
}

/** `case(when:result,when:result)`: the first condition that holds decides. */
export interface CaseSyntax {
  readonly kind: 'case';
  readonly at: number;
  readonly branches: readonly {
    readonly when: ExpressionSyntax;
    readonly result: ExpressionSyntax;
  }[];
}

/** One value in parentheses: a function's named parameter, a named part of a key, or a key. */
export interface ArgumentSyntax {
  readonly at: number;
  readonly name: string | undefined;
  readonly value: ExpressionSyntax;
}

/**
 * A name in a path: a property, a relation, a function, a lambda variable, or a type when it casts.
 * The parentheses hold a key or parameters; which, only the model can tell.
 */
export interface NameStep {
  readonly kind: 'name';
  readonly at: number;
  /** With its namespace if one is written. */
  readonly name: string;
  readonly parentheses: readonly ArgumentSyntax[] | undefined;
}

/** A key behind other parentheses: `ByCategory(id=2)(3)`, `Products/$filter(true)(3)`. */
export interface KeyStep {
  readonly kind: 'key';
  readonly at: number;
  readonly parentheses: readonly ArgumentSyntax[];
}

/** `@Namespace.Term#qualifier`; the term may be unqualified. */
export interface AnnotationStep {
  readonly kind: 'annotation';
  readonly at: number;
  readonly term: string;
  readonly qualifier: string | undefined;
}

/** `any(variable:predicate)`, `all(variable:predicate)` or `any()`. */
export interface LambdaStep {
  readonly kind: 'lambda';
  readonly at: number;
  readonly quantifier: 'any' | 'all';
  readonly variable: string | undefined;
  readonly predicate: ExpressionSyntax | undefined;
}

/** `$count`, with the options that may follow it in an expression. */
export interface CountStep {
  readonly kind: 'count';
  readonly at: number;
  readonly filter: ExpressionSyntax | undefined;
  readonly search: SearchSyntax | undefined;
}

/** `$filter(predicate)` as a step. */
export interface FilterStep {
  readonly kind: 'filter';
  readonly at: number;
  readonly predicate: ExpressionSyntax;
}

/** `aggregate(...)` as a step (OData Aggregation ABNF, aggregateFunctionExpr). */
export interface AggregateStep {
  readonly kind: 'aggregate';
  readonly at: number;
  readonly expression: AggregateSyntax;
}

/** What stands between the slashes of a path in an expression. */
export type StepSyntax =
  | NameStep
  | KeyStep
  | AnnotationStep
  | LambdaStep
  | CountStep
  | FilterStep
  | AggregateStep;

/** What a path starts from. An alias may mean an annotation with an unqualified term. */
export type PathStart = 'it' | 'this' | 'these' | 'root' | 'alias' | 'here';

/** A path: from `$it`, `$this`, `$these`, `$root`, `@alias`, or from here. */
export interface PathSyntax {
  readonly kind: 'path';
  readonly at: number;
  readonly start: PathStart;
  /** The alias's name without its `@`. */
  readonly alias: string | undefined;
  readonly steps: readonly StepSyntax[];
}

/** Any expression; `kind` tells which. */
export type ExpressionSyntax =
  | LiteralSyntax
  | ArraySyntax
  | ObjectSyntax
  | BinarySyntax
  | LogicalSyntax
  | UnarySyntax
  | CallSyntax
  | TypeTestSyntax
  | CaseSyntax
  | PathSyntax;

/** `from properties with method` inside an aggregate. */
export interface AggregateFromSyntax {
  readonly at: number;
  readonly properties: readonly PathSyntax[];
  readonly method: string | undefined;
}

/** One aggregate: a count, an expression with a method, or a custom aggregate without one. */
export interface AggregateSyntax {
  readonly at: number;
  /** Undefined for `$count` of the input itself. */
  readonly operand: ExpressionSyntax | undefined;
  readonly method: string | undefined;
  readonly from: readonly AggregateFromSyntax[];
  readonly alias: string | undefined;
}

/** The expression of `$filter`. */
export type FilterSyntax = ExpressionSyntax;

/** One item of `$orderby`. */
export interface OrderByItemSyntax {
  readonly at: number;
  readonly expression: ExpressionSyntax;
  readonly direction: 'asc' | 'desc';
}

/** `$orderby`, in the order written. */
export type OrderBySyntax = readonly OrderByItemSyntax[];

/** One item of `$compute`. */
export interface ComputeItemSyntax {
  readonly at: number;
  readonly expression: ExpressionSyntax;
  readonly alias: string;
}

/** `$compute`, in the order written. */
export type ComputeSyntax = readonly ComputeItemSyntax[];
