import type { ApplySyntax } from '../apply/syntax.ts';
import type {
  AnnotationStep,
  ComputeSyntax,
  ExpressionSyntax,
  FilterSyntax,
  NameStep,
  OrderBySyntax,
} from '../expressions/syntax.ts';
import type { SearchSyntax } from './search-syntax.ts';

/** A step of a `$select` or `$expand` path: a property, a cast, an operation, an annotation. */
export type OptionStep = NameStep | AnnotationStep;

/** `*`, `Namespace.*`, or a path to a property or an operation. */
export type SelectItemSyntax =
  | { readonly kind: 'all'; readonly at: number }
  | { readonly kind: 'operations'; readonly at: number; readonly namespace: string }
  | {
      readonly kind: 'path';
      readonly at: number;
      readonly steps: readonly OptionStep[];
      /** The parameter names that choose a function's overload. */
      readonly parameters: readonly string[] | undefined;
      readonly options: OptionsSyntax | undefined;
    };

/** `$select`, in the order written (OData ABNF 4.01, select). */
export type SelectSyntax = readonly SelectItemSyntax[];

/** One item of `$expand` (OData ABNF 4.01, expandItem). */
export interface ExpandItemSyntax {
  readonly at: number;
  /** Empty for `*` and `$value` at the root. */
  readonly steps: readonly OptionStep[];
  /** What the path ends in: a name, `*`, or `$value` for the media stream. */
  readonly ending: 'name' | 'all' | 'value';
  /** `/$ref` or `/$count` behind it. */
  readonly suffix: 'ref' | 'count' | undefined;
  readonly options: OptionsSyntax | undefined;
}

/** `$expand`, in the order written. */
export type ExpandSyntax = readonly ExpandItemSyntax[];

/** `min`, `max` or an expression (OData Temporal ABNF, temporalExpr). */
export type TemporalSyntax = 'min' | 'max' | ExpressionSyntax;

/** An option and its value. `at` counts in the raw query, or in the outer option's text. */
interface Option<Name extends string, Value> {
  readonly name: Name;
  readonly at: number;
  readonly value: Value;
}

/** A system query option and its value. */
export type SystemOptionSyntax =
  | Option<'$apply', ApplySyntax>
  | Option<'$at' | '$from' | '$to' | '$toInclusive', TemporalSyntax>
  | Option<'$compute', ComputeSyntax>
  | Option<'$count', boolean>
  | Option<'$deltatoken' | '$skiptoken' | '$id' | '$format' | '$schemaversion', string>
  | Option<'$expand', ExpandSyntax>
  | Option<'$filter', FilterSyntax>
  | Option<'$index' | '$skip' | '$top', number>
  | Option<'$levels', number | 'max'>
  | Option<'$orderby', OrderBySyntax>
  | Option<'$search', SearchSyntax>
  | Option<'$select', SelectSyntax>;

/** `@alias=value`; the name without its `@`. */
export interface AliasOptionSyntax {
  readonly name: 'alias';
  readonly at: number;
  readonly alias: string;
  readonly value: ExpressionSyntax;
}

/** What is neither: a custom option, or a function's parameter by an implicit alias. */
export interface CustomOptionSyntax {
  readonly name: 'custom';
  readonly at: number;
  readonly custom: string;
  readonly value: string;
}

/** Any option of a query; `name` tells which. */
export type OptionSyntax = SystemOptionSyntax | AliasOptionSyntax | CustomOptionSyntax;

type Values = { [Each in SystemOptionSyntax as Each['name']]: Each['value'] };

/** What the system option of that name holds. */
export type OptionValue<Name extends keyof Values> = Values[Name];

/** The options of a request or of an item, each at most once; absent ones are undefined. */
export type OptionsSyntax = {
  readonly [Name in keyof Values]: Values[Name] | undefined;
} & {
  /** By the names without `@`, in the order written. */
  readonly aliases: ReadonlyMap<string, ExpressionSyntax>;
  readonly custom: readonly CustomOptionSyntax[];
  /** Of nested options: each as it is written, in their order. */
  readonly written?: readonly string[];
};
