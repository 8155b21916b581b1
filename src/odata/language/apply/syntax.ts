import type {
  AggregateSyntax,
  AnnotationStep,
  ArgumentSyntax,
  ComputeSyntax,
  ExpressionSyntax,
  NameStep,
  OrderBySyntax,
  PathSyntax,
} from '../expressions/syntax.ts';
import type { SearchSyntax } from '../options/search-syntax.ts';

/*
 * `$apply` (OData Extension for Data Aggregation 4.0, section 3): a chain of transformations.
 */

/** One element of a `groupby` list. */
export type GroupingSyntax =
  | PathSyntax
  | {
      readonly kind: 'rollup';
      readonly at: number;
      /** The levels, or the qualifier of a leveled hierarchy as the only one. */
      readonly levels: readonly PathSyntax[];
    }
  | {
      readonly kind: 'rolluprecursive';
      readonly at: number;
      readonly hierarchy: HierarchySyntax;
      readonly of: ApplySyntax | undefined;
    };

/** The nodes of a recursive hierarchy, its qualifier, and the path to a node's id. */
export interface HierarchySyntax {
  readonly at: number;
  readonly nodes: PathSyntax;
  readonly qualifier: string;
  readonly path: PathSyntax;
}

/** `applyExpr as alias` inside `nest` and `addnested`. */
export interface NestedApplySyntax {
  readonly apply: ApplySyntax;
  readonly alias: string;
}

/** A path whose steps are names and annotations without keys. */
export interface PlainPathSyntax {
  readonly at: number;
  readonly steps: readonly (NameStep | AnnotationStep)[];
}

/** Transformations that keep what is first or last by an expression. */
export type TopBottomName =
  | 'topcount'
  | 'toppercent'
  | 'topsum'
  | 'bottomcount'
  | 'bottompercent'
  | 'bottomsum';

type Transformation<Kind extends string, Content> = {
  readonly kind: Kind;
  readonly at: number;
} & Content;

/** A transformation; the kind is the name that is written, `function` for a custom one. */
export type TransformationSyntax =
  | Transformation<'aggregate', { readonly expressions: readonly AggregateSyntax[] }>
  | Transformation<'compute', { readonly items: ComputeSyntax }>
  | Transformation<'concat', { readonly branches: readonly ApplySyntax[] }>
  | Transformation<
      'groupby',
      { readonly by: readonly GroupingSyntax[]; readonly apply: ApplySyntax | undefined }
    >
  | Transformation<
      'join' | 'outerjoin',
      {
        readonly path: PlainPathSyntax;
        readonly alias: string;
        readonly apply: ApplySyntax | undefined;
      }
    >
  | Transformation<'nest', { readonly branches: readonly NestedApplySyntax[] }>
  | Transformation<
      'addnested',
      { readonly path: PlainPathSyntax; readonly branches: readonly NestedApplySyntax[] }
    >
  | Transformation<
      TopBottomName,
      { readonly amount: ExpressionSyntax; readonly by: ExpressionSyntax }
    >
  | Transformation<'filter', { readonly predicate: ExpressionSyntax }>
  | Transformation<'identity', object>
  | Transformation<'orderby', { readonly items: OrderBySyntax }>
  | Transformation<'search', { readonly search: SearchSyntax }>
  | Transformation<'skip' | 'top', { readonly amount: number }>
  | Transformation<
      'ancestors' | 'descendants',
      {
        readonly hierarchy: HierarchySyntax;
        readonly of: ApplySyntax;
        readonly distance: number | undefined;
        readonly keepsStart: boolean;
      }
    >
  | Transformation<
      'traverse',
      {
        readonly hierarchy: HierarchySyntax;
        readonly order: 'preorder' | 'postorder';
        readonly of: ApplySyntax | undefined;
        readonly orderby: OrderBySyntax;
      }
    >
  | Transformation<
      'function',
      { readonly name: string; readonly parameters: readonly ArgumentSyntax[] }
    >;

/** A chain of transformations, each on what the one before gives. */
export interface ApplySyntax {
  readonly at: number;
  readonly transformations: readonly TransformationSyntax[];
}
