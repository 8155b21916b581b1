import type {
  EntityType,
  Navigation,
  Property,
  PropertyType,
  Resource,
  StructuredType,
} from '#model/model.ts';
import type { Value } from './document.ts';

/**
 * Bound expressions: what `$filter`, `$orderby`, `$compute` and `/$filter` mean. Every name is
 * resolved to the model, every operand of a type that its operator takes (OData URL Conventions
 * 4.01, section 5.1.1). Null is a value of every type, and comparisons follow OData's two-valued
 * rules: `eq` and `ne` know null, every other comparison with null is false, arithmetic with null
 * is null.
 */
export type Expression =
  | Literal
  | Path
  | Not
  | Negation
  | Logical
  | Comparison
  | SameMembers
  | Arithmetic
  | InList
  | Has
  | Call
  | Quantifier
  | Count
  | TypeTest
  | Conversion
  | Choice;

/** The variable for the entity of the resource path, in what is asked of what it expands. */
export const OUTER = '$outer';

/** What an expression gives: one value or many, of a declared or built-in type. */
export interface ResultType {
  /** Undefined for null and for `$it` of a primitive collection whose type is not known. */
  readonly type: PropertyType | EntityType | undefined;
  readonly collection: boolean;
}

/** A constant. Instants, durations, guids and enum members are the text that JSON carries. */
export interface Literal {
  readonly kind: 'literal';
  readonly result: ResultType;
  readonly value: Value;
}

/** The way to a value from a variable: `$it`, `$this`, that of a lambda; or from `$root`. */
export interface Path {
  readonly kind: 'path';
  readonly result: ResultType;
  /** `$it` for the entity that is filtered. */
  readonly variable: string;
  readonly steps: readonly PathStep[];
}

/** One step of a path. */
export type PathStep =
  | { readonly kind: 'property'; readonly property: Property }
  /** An undeclared member of an open type. */
  | { readonly kind: 'dynamic'; readonly name: string }
  | { readonly kind: 'navigation'; readonly navigation: Navigation }
  /** Continues as a derived type; null for a value of another type. */
  | { readonly kind: 'cast'; readonly type: StructuredType }
  /** A set or singleton of the service, behind `$root`. */
  | { readonly kind: 'resource'; readonly resource: Resource }
  /** One member of a navigation collection or set. */
  | { readonly kind: 'key'; readonly value: string };

/** A condition that holds where its operand does not: `not`. */
export interface Not {
  readonly kind: 'not';
  readonly operand: Expression;
}

/** The opposite number or duration: unary minus. */
export interface Negation {
  readonly kind: 'negation';
  readonly result: ResultType;
  readonly operand: Expression;
}

/** `and`, `or`, over two or more operands. */
export interface Logical {
  readonly kind: 'and' | 'or';
  readonly operands: readonly Expression[];
}

/** A comparison of two values. */
export interface Comparison {
  readonly kind: 'comparison';
  readonly operator: 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le';
  readonly left: Expression;
  readonly right: Expression;
}

/**
 * Whether two structured values have the same members beside those that are named, whatever these
 * hold: null is as absent. What is written stands as JSON text.
 */
export interface SameMembers {
  readonly kind: 'same';
  readonly left: Path;
  readonly right: Path | string;
  readonly beside: readonly string[];
}

/** Arithmetic of numbers, durations and instants. */
export interface Arithmetic {
  readonly kind: 'arithmetic';
  readonly operator: 'add' | 'sub' | 'mul' | 'div' | 'divby' | 'mod';
  readonly result: ResultType;
  readonly left: Expression;
  readonly right: Expression;
}

/** Whether a value is one of a list: `in`. */
export interface InList {
  readonly kind: 'in';
  readonly operand: Expression;
  /** Literals, or one path to a collection. */
  readonly list: readonly Expression[];
}

/** Whether an enum value has all the flags. */
export interface Has {
  readonly kind: 'has';
  readonly operand: Expression;
  readonly flags: Expression;
}

/** A canonical function, named in lower case. */
export interface Call {
  readonly kind: 'call';
  readonly name: FunctionName;
  readonly result: ResultType;
  readonly args: readonly Expression[];
}

/** `any` and `all`; `any` without a predicate asks whether the collection has a member. */
export interface Quantifier {
  readonly kind: 'any' | 'all';
  readonly collection: Path;
  readonly variable: string;
  readonly predicate: Expression | undefined;
}

/** `collection/$count`, of those that meet the filter. */
export interface Count {
  readonly kind: 'count';
  readonly result: ResultType;
  readonly collection: Path;
  /** Its variable is `$it` of the collection's members, named as the filter names it. */
  readonly variable: string;
  readonly filter: Expression | undefined;
  readonly search: SearchExpression | undefined;
}

/** Whether a value is of a type: `isof`. */
export interface TypeTest {
  readonly kind: 'isof';
  readonly operand: Expression;
  readonly type: PropertyType | EntityType;
}

/** `cast`; null where the value has no form in the type. */
export interface Conversion {
  readonly kind: 'cast';
  readonly result: ResultType;
  readonly operand: Expression;
}

/** `case`: the first condition that holds gives the value. */
export interface Choice {
  readonly kind: 'case';
  readonly result: ResultType;
  readonly branches: readonly { readonly condition: Expression; readonly value: Expression }[];
}

/** `$search`: what has to be found, anywhere or in one property. */
export type SearchExpression =
  | { readonly kind: 'phrase'; readonly text: string; readonly property: Property | undefined }
  | FacetSearch
  /** These root entities, as a JSON array of their surrogates. */
  | { readonly kind: 'among'; readonly owners: string }
  | { readonly kind: 'and' | 'or'; readonly operands: readonly SearchExpression[] }
  | { readonly kind: 'not'; readonly operand: SearchExpression };

/** People who have a facet of one of these kinds in which all words of the text stand. */
export interface FacetSearch {
  readonly kind: 'facet';
  readonly facets: readonly string[];
  readonly text: string;
}

/** The canonical functions of OData 4.01 (URL Conventions, sections 5.1.1.5 to 5.1.1.13). */
export const functionNames = [
  'concat',
  'contains',
  'endswith',
  'indexof',
  'length',
  'startswith',
  'substring',
  'hassubset',
  'hassubsequence',
  'matchespattern',
  'tolower',
  'toupper',
  'trim',
  'date',
  'day',
  'fractionalseconds',
  'hour',
  'maxdatetime',
  'mindatetime',
  'minute',
  'month',
  'now',
  'second',
  'time',
  'totaloffsetminutes',
  'totalseconds',
  'year',
  'ceiling',
  'floor',
  'round',
  'geo.distance',
  'geo.intersects',
  'geo.length',
] as const;
/** The name of a canonical function. */
export type FunctionName = (typeof functionNames)[number];
