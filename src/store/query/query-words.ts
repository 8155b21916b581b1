import type { MemberStart } from '#plan/query.ts';
import type { SqlValue } from '../database.ts';
import type { Fragment } from './fragment.ts';
import type { Carrier } from './value.ts';

/** One member of a JSON array that a query runs over. */
export interface ElementPlace {
  /** The JSON in which the array stands. */
  readonly json: Fragment;
  /** The alias under which the members are listed. */
  readonly alias: string;
}

/** What a scalar of JSON may be. */
export type JsonKind = 'string' | 'number' | 'boolean';

/** Where a value stands in JSON: inside a value, or inside one member of an array. */
export type JsonPlace =
  | { readonly kind: 'json'; readonly json: Fragment }
  | ({ readonly kind: 'element' } & ElementPlace);

/**
 * The words in which the queries of SQLite and PostgreSQL differ. Functions named `kith_...` exist
 * on both under one name and with one meaning (`sqlite-functions.ts`, `postgres-functions.ts`).
 */
export interface QueryWords {
  /** A parameter. */
  bind(carrier: Carrier, value: SqlValue): Fragment;
  /** How many rows, behind LIMIT or OFFSET. */
  rows(count: number): Fragment;
  /** The JSON of a row's document, read where it stands, for what is seldom looked at. */
  rareDocument(alias: string): Fragment;
  /** The JSON of a row's document, and what the row's FROM needs for it. */
  document(alias: string): Fragment;
  documentJoin(alias: string): string;
  /** A scalar inside JSON, in its carrier. Booleans are 0 and 1. */
  read(carrier: Carrier | 'boolean', place: JsonPlace, path: readonly string[]): Fragment;
  /** A whole value inside JSON, to look further into it. */
  inside(place: JsonPlace, path: readonly string[]): Fragment;
  /** Whether JSON of that kind stands there. */
  isJson(place: JsonPlace, path: readonly string[], kind: JsonKind): Fragment;
  /** The members of an array, as an item of FROM. */
  elements(json: Fragment, alias: string): Fragment;
  /** The place of a member in its array, from 0. */
  ordinal(alias: string): Fragment;
  /** Holds for the members of an array and for nothing else. */
  elementGuard(alias: string): string;
  /**
   * The texts of rows with commas between them, in UTF-8, each with its version at its beginning;
   * undefined where the database is no quicker at that.
   */
  joinTexts?(version: string, text: string, start: MemberStart): Fragment;
  /** The key by which text is compared. */
  fold(text: Fragment): Fragment;
  /** Text that compares by code point. */
  keyText(text: Fragment): Fragment;
  /** A value in another numeric carrier. */
  convert(from: Carrier, to: Carrier, value: Fragment): Fragment;
  /** A condition as 0, 1 or NULL. */
  truth(condition: Fragment): Fragment;
  /** The position of a text in another, from 1, or 0. */
  position(text: Fragment, sought: Fragment): Fragment;
  /** Membership in a list bound as one JSON text. */
  among(carrier: 'text' | 'integer', value: Fragment, list: string): Fragment;
  /** Whether a text matches a pattern in ECMAScript's notation. */
  matches(text: Fragment, pattern: string, flags: string): Fragment;
  /** An order key as a page mark keeps it. */
  mark(carrier: Carrier, key: Fragment): Fragment;
  /** Values as the JSON text of an array: those named here, or all of a table's in their order. */
  list(values: Fragment): Fragment;
  listAll(value: Fragment, alias: string): Fragment;
  /**
   * The members of an object in JSON text beside those that are named, whatever their order, to be
   * compared; NULL for what is no object.
   */
  members(text: Fragment, beside: readonly string[]): Fragment;
  /** A search for one of several phrases, or for words that begin so, in any order. */
  phraseQuery(phrases: readonly (readonly string[])[]): string;
  prefixQuery(words: readonly string[]): string;
  /** The numbers of the entities that a search finds. */
  foundIn(table: string, query: string): Fragment;
}
