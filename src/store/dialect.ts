import type { QueryWords } from './query/query-words.ts';

/** The words in which SQLite and PostgreSQL differ; everything else is one SQL for both. */
export interface Dialect {
  readonly name: 'sqlite' | 'postgres';
  /** Column types. */
  readonly integer: string;
  readonly text: string;
  readonly bytes: string;
  /** Text that compares by code point. */
  readonly keyText: string;
  /** A column that numbers the rows of its table, as its primary key. */
  readonly numbered: string;
  /** Columns of change events beyond those that both have. */
  readonly changeColumns: string;
  /** The position of a change event as text. */
  readonly changePosition: string;
  /** Change events behind the position that `changeParams` binds. */
  readonly changesAfter: string;
  /** Further: only those that none can come before any more. */
  readonly changesSettled: string;
  /** The column that numbers change events, where the database does not by itself; with a comma. */
  readonly changeColumn: string;
  /** Its value with a comma, one parameter: the tenant; that of a row of several adds its place. */
  readonly changeNumber: string;
  readonly changeNumbers: string;
  /** Statements that bring the table of change events into the form that it has now. */
  readonly changeTable: readonly string[];
  /** The columns that order change events. */
  readonly changeOrder: readonly string[];
  changeParams(position: string): readonly string[];
  /** Bytes with others behind them. */
  appendBytes(bytes: string, added: string): string;
  /** A column of texts as it is sent: in bytes, where the database has them at hand. */
  sentText(column: string): string;
  /** Ends a guard: holds the row that was read until the commit. */
  readonly holdRow: string;
  /** Membership in a list of integers bound as one JSON text. */
  inList(column: string): string;
  /** The members of a JSON array as rows of `value`: as JSON, and as texts. */
  eachOf(json: string, alias: string): string;
  textsOf(json: string, alias: string): string;
  /** Ends the definition of a table that has no order but that of its key. */
  readonly keyedTable: string;
  /** Names of a table's columns, one parameter: the table. */
  readonly columnsOf: string;
  /** Follows an index column in which null comes first. */
  readonly nullsFirst: string;
  /** Statements around those that look at every row of a table. */
  readonly scanning: { readonly before: readonly string[]; readonly after: readonly string[] };
  /** Statements around the loading of many rows, before their indexes are made. */
  readonly loading: { readonly before: readonly string[]; readonly after: readonly string[] };
  /** Statements that make a set's table of searched words. */
  createSearch(table: string): readonly string[];
  /** The column of such a table that holds the entity's number. */
  readonly searchKey: string;
  /** Words as such a table takes them. */
  readonly searchWords: string;
  writeWords(words: readonly string[]): string;
  /** Tells the planner anew how much there is, where it does not plan by indexes alone. */
  readonly analyze: string | undefined;
  /** Functions that compiled queries call, where the database itself has to keep them. */
  readonly functions: readonly string[];
  /** Those of places, which came later. */
  readonly placeFunctions: readonly string[];
  readonly words: QueryWords;
}
