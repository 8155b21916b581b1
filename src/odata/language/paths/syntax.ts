import type { ArgumentSyntax, ExpressionSyntax } from '../expressions/syntax.ts';
import type { SyntaxProblem } from '../syntax-refusal.ts';

/*
 * A resource path (OData ABNF 4.01, resourcePath), a list of segments. `at` counts in the decoded
 * path; `text` is the decoded segment.
 */

/**
 * A property, a relation, an operation, a type that casts, or, behind a collection, a key
 * (OData URL Conventions 4.01, section 4.3.6): `text` is the key's value then.
 */
export interface NameSegment {
  readonly kind: 'name';
  readonly at: number;
  readonly text: string;
  readonly name: string;
  /** A key or parameters. */
  readonly parentheses: readonly ArgumentSyntax[] | undefined;
  /** A key behind the parameters: `ByCategory(id=2)(3)`. */
  readonly key: readonly ArgumentSyntax[] | undefined;
}

/** What is no name and so can only be a key or an index: `1`, `a@b.example`, `O'Neil`. */
export interface KeySegment {
  readonly kind: 'key';
  readonly at: number;
  readonly text: string;
  /** Why it is no name: what a SyntaxRefusal says where the model wants a name. */
  readonly problem: SyntaxProblem;
}

/** `$filter(predicate)`, perhaps with a key behind it. */
export interface FilterSegment {
  readonly kind: 'filter';
  readonly at: number;
  readonly text: string;
  readonly predicate: ExpressionSyntax;
  readonly key: readonly ArgumentSyntax[] | undefined;
}

/** `$crossjoin(A,B)`: the sets' names. */
export interface CrossjoinSegment {
  readonly kind: 'crossjoin';
  readonly at: number;
  readonly text: string;
  readonly sets: readonly { readonly at: number; readonly name: string }[];
}

/** The segments of OData's own that have no parentheses. */
export type SystemSegmentName =
  | '$all'
  | '$batch'
  | '$count'
  | '$each'
  | '$entity'
  | '$metadata'
  | '$query'
  | '$ref'
  | '$value';

/** A segment of OData's own without parentheses. */
export interface SystemSegment {
  readonly kind: 'system';
  readonly at: number;
  readonly text: string;
  readonly name: SystemSegmentName;
}

/** What stands between the slashes of a resource path. */
export type SegmentSyntax =
  | NameSegment
  | KeySegment
  | FilterSegment
  | CrossjoinSegment
  | SystemSegment;

/** No segments at all are the service document. */
export type ResourcePathSyntax = readonly SegmentSyntax[];
