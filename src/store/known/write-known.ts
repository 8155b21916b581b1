import type { EntityType } from '#model/model.ts';
import { facetNames } from '#model/profile/facet-members.ts';
import type { Document } from '#plan/document.ts';
import type { Address } from '#plan/store.ts';
import type { SqlValue, Statement } from '../database.ts';
import type { Dialect } from '../dialect.ts';
import {
  homeOfFacet,
  homeProperties,
  type KnownWord,
  partOf,
  wordsOfContact,
  wordsOfFacet,
  wordsOfUser,
} from './known-words.ts';
import { variantsOf } from './near-words.ts';

/** Where words are written: somebody of a tenant. */
export interface KnownAt {
  readonly tenant: number;
  readonly owner: SqlValue;
}

const PROFILE = 'profile/';
/** Longer tokens are found as they are alone: an index of PostgreSQL takes none of more than 2 KB. */
const TOKEN_MAX = 200;
const CONTACTS: ReadonlySet<string> = new Set(['contacts', 'contactFolders/contacts']);

/** The facet that is kept at a path. */
function facetAt(path: string): string | undefined {
  return path.startsWith(PROFILE) ? path.slice(PROFILE.length) : undefined;
}

/** Whether a person is found by what is kept at a path of theirs. */
export function isKnownBy(set: string, path: string): boolean {
  return set === 'users' && (CONTACTS.has(path) || facetNames.includes(facetAt(path) ?? ''));
}

/** Whether a change of these properties of a user changes by what they are found. */
export function changesKnown(set: string, names: readonly string[]): boolean {
  return set === 'users' && names.some((name) => homeProperties.has(name));
}

/** Words by which somebody of a tenant is found. */
export interface KnownOf extends KnownAt {
  readonly words: readonly KnownWord[];
}

/** What a write makes of the words by which somebody is found: first it forgets, then it keeps. */
export interface KnownChange {
  readonly forgets?: Statement;
  readonly keeps?: KnownOf;
}

/** The statements of several changes, in their order; what is only added goes together. */
export function writeKnown(dialect: Dialect, changes: readonly KnownChange[]): Statement[] {
  const statements: Statement[] = [];
  const varied = new Set<string>();
  let kept: KnownOf[] = [];
  const flush = () => {
    statements.push(...insertKnown(dialect, kept, varied));
    kept = [];
  };
  for (const { forgets, keeps } of changes) {
    if (forgets) flush();
    if (forgets) statements.push(forgets);
    if (keeps) kept.push(keeps);
  }
  flush();
  return statements;
}

/** Keeps by what somebody is found that starts from their user. */
export function keepUser(at: KnownAt, members: Document, isNew: boolean): KnownChange {
  const keeps = { ...at, words: wordsOfUser(members) };
  return isNew ? { keeps } : { forgets: forget(at, `home > '0'`, []), keeps };
}

/** Keeps by what somebody is found of one facet or contact of theirs. */
export function keepPart(
  at: KnownAt,
  place: Pick<Address, 'path' | 'key'>,
  type: EntityType,
  { members, isNew }: { readonly members: Document; readonly isNew: boolean },
): KnownChange {
  const keeps = { ...at, words: wordsOfPart(place, type, members) };
  return isNew ? { keeps } : { forgets: forgetOne(at, place.path, place.key), keeps };
}

/** The words of a facet or a contact of somebody. */
export function wordsOfPart(
  { path, key }: Pick<Address, 'path' | 'key'>,
  type: EntityType,
  members: Document,
): readonly KnownWord[] {
  const facet = facetAt(path);
  if (facet === undefined) return wordsOfContact(path, key, members);
  return wordsOfFacet(facet, type, { key, members });
}

/** Statements that forget by what somebody is found of something of theirs, or of what it contains. */
export function forgetPart(at: KnownAt, { set, path, key }: Address): KnownChange {
  if (set !== 'users') return {};
  if (path === 'profile') return { forgets: forget(at, `(home IS NULL OR home LIKE '/=%')`, []) };
  if (path === 'contactFolders') {
    // `0` is the character behind `/`.
    return { forgets: forget(at, 'home > ? AND home < ?', [`/${key}/`, `/${key}0`]) };
  }
  return isKnownBy(set, path) ? { forgets: forgetOne(at, path, key) } : {};
}

function forgetOne(at: KnownAt, path: string, key: string): Statement {
  const facet = facetAt(path) ?? path;
  const which = `((part = ? AND coalesce(home, '') < '0') OR home = ?)`;
  return forget(at, which, [partOf(facet, key), homeOfFacet(facet, key)]);
}

/** A statement that finds somebody no more, or again: what is hidden is that of no tenant. */
export function hideKnown({ tenant, owner }: KnownAt, isHidden: boolean): Statement {
  const [from, to] = isHidden ? [tenant, -tenant] : [-tenant, tenant];
  const sql = 'UPDATE kith_known SET tenant = ? WHERE tenant = ? AND owner = ?';
  return { sql, params: [to, from, owner], expects: 'any' };
}

/** A statement that forgets everything by which somebody is found. */
export function forgetKnown({ tenant, owner }: KnownAt): Statement {
  const sql = 'DELETE FROM kith_known WHERE tenant IN (?, ?) AND owner = ?';
  return { sql, params: [tenant, -tenant, owner], expects: 'any' };
}

/** Statements that forget by what anybody of a tenant is found. */
export function clearKnown(tenant: number): Statement[] {
  return [
    {
      sql: 'DELETE FROM kith_known WHERE tenant IN (?, ?)',
      params: [tenant, -tenant],
      expects: 'any',
    },
    { sql: 'DELETE FROM kith_near WHERE tenant = ?', params: [tenant], expects: 'any' },
  ];
}

function forget({ tenant, owner }: KnownAt, which: string, params: readonly SqlValue[]): Statement {
  const sql = `DELETE FROM kith_known WHERE tenant = ? AND owner = ? AND ${which}`;
  return { sql, params: [tenant, owner, ...params], expects: 'any' };
}

/** Statements that keep words, and the variants of those whose variants are not written yet. */
export function insertKnown(
  dialect: Dialect,
  known: readonly KnownOf[],
  varied: Set<string>,
): Statement[] {
  const near = newTokens(known, varied).map(([num, token]) => {
    const variants = variantsOf(token);
    return [num, token, variants[0], variants];
  });
  const insert = insertWords(dialect, known);
  if (near.length === 0) return insert;
  // A word that is known already costs one look.
  const vary: Statement = {
    sql: `INSERT INTO kith_near (tenant, variant, token)
      SELECT CAST(one.value ->> 0 AS BIGINT), variant.value, one.value ->> 1
      FROM ${dialect.eachOf('?', 'one')} CROSS JOIN ${dialect.textsOf('one.value -> 3', 'variant')}
      WHERE NOT EXISTS (SELECT 1 FROM kith_near known
        WHERE known.tenant = CAST(one.value ->> 0 AS BIGINT)
          AND known.variant = one.value ->> 2 AND known.token = one.value ->> 1)
      ON CONFLICT (tenant, variant, token) DO NOTHING`,
    params: [JSON.stringify(near)],
    expects: 'any',
  };
  return [...insert, vary];
}

/** A token of a tenant. */
export type TenantToken = readonly [tenant: number, token: string];

/** A variant of a token of a tenant. */
export type VariantRow = readonly [tenant: number, variant: string, token: string];

/** The tokens among words that are not noted yet, and notes them. */
export function newTokens(known: readonly KnownOf[], noted: Set<string>): TenantToken[] {
  const found: TenantToken[] = [];
  for (const { tenant, words } of known) {
    const num = Math.abs(tenant);
    for (const { token } of words) {
      if (token === undefined || token.length > TOKEN_MAX) continue;
      const name = `${num} ${token}`;
      if (noted.has(name)) continue;
      noted.add(name);
      found.push([num, token]);
    }
  }
  return found;
}

/** A statement that keeps variants, each with its tenant and the token that it is of. */
export function insertVariants(dialect: Dialect, rows: readonly VariantRow[]): Statement {
  return {
    sql: `INSERT INTO kith_near (tenant, variant, token)
      SELECT CAST(one.value ->> 0 AS BIGINT), one.value ->> 1, one.value ->> 2
      FROM ${dialect.eachOf('?', 'one')} WHERE TRUE
      ON CONFLICT (tenant, variant, token) DO NOTHING`,
    params: [JSON.stringify(rows)],
    expects: 'any',
  };
}

/** Statements that keep words, those of one part of somebody behind each other. */
export function insertWords(dialect: Dialect, known: readonly KnownOf[]): Statement[] {
  const rows = known.flatMap(({ tenant, owner, words }) =>
    words.map(({ part, word, rank, audience, home }) => {
      return [tenant, owner, part, word, rank, audience, home] as const;
    }),
  );
  if (rows.length === 0) return [];
  rows.sort((one, other) => Number(one[1]) - Number(other[1]) || one[2] - other[2]);
  const insert: Statement = {
    sql: `INSERT INTO kith_known (tenant, owner, part, word, rank, audience, home)
      SELECT CAST(one.value ->> 0 AS BIGINT), CAST(one.value ->> 1 AS BIGINT),
        CAST(one.value ->> 2 AS BIGINT), one.value ->> 3, CAST(one.value ->> 4 AS BIGINT),
        CAST(one.value ->> 5 AS BIGINT), one.value ->> 6
      FROM ${dialect.eachOf('?', 'one')} WHERE TRUE
      ON CONFLICT (tenant, owner, part, word) DO NOTHING`,
    params: [JSON.stringify(rows)],
    expects: 'any',
  };
  return [insert];
}
