/** Graph's `"property:text"` inside a phrase (Graph: Use the $search query parameter). */
export interface SearchClauseSyntax {
  readonly property: string;
  readonly text: string;
}

/** A word, a phrase in double quotes, or a text in single quotes that need not be complete. */
export interface SearchTermSyntax {
  readonly kind: 'word' | 'phrase' | 'incomplete';
  readonly at: number;
  readonly text: string;
  /** Only a phrase that reads `name:text` has it. */
  readonly clause: SearchClauseSyntax | undefined;
}

/** What must not be found. */
export interface SearchNotSyntax {
  readonly kind: 'not';
  readonly at: number;
  readonly operand: SearchSyntax;
}

/** Two operands or more; a space alone means `AND`. */
export interface SearchLogicalSyntax {
  readonly kind: 'and' | 'or';
  readonly at: number;
  readonly operands: readonly SearchSyntax[];
}

/** Any part of a search; `kind` tells which. */
export type SearchSyntax = SearchTermSyntax | SearchNotSyntax | SearchLogicalSyntax;
