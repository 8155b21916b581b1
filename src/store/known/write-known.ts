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
  readonly dialect: Dialect;
  readonly tenant: number;
  readonly owner: SqlValue;
}

const PROFILE = 'profile/';
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

/** Statements that keep by what somebody is found that starts from their user. */
export function writeKnownUser(at: KnownAt, members: Document, isNew: boolean): Statement[] {
  const forgetting = isNew ? [] : [forget(at, `home > '0'`, [])];
  return [...forgetting, ...insertWords(at, wordsOfUser(members))];
}

/** Statements that keep by what somebody is found of one facet or contact of theirs. */
export function writeKnownPart(
  at: KnownAt,
  { path, key }: Pick<Address, 'path' | 'key'>,
  type: EntityType,
  part: { readonly members: Document; readonly isNew: boolean },
): Statement[] {
  const forgetting = part.isNew ? [] : [forgetOne(at, path, key)];
  const facet = facetAt(path);
  const words =
    facet === undefined
      ? wordsOfContact(path, key, part.members)
      : wordsOfFacet(facet, type, { key, members: part.members });
  return [...forgetting, ...insertWords(at, words)];
}

/** Statements that forget by what somebody is found of something of theirs, or of what it contains. */
export function forgetPart(at: KnownAt, { set, path, key }: Address): Statement[] {
  if (set !== 'users') return [];
  if (path === 'profile') return [forget(at, `(home IS NULL OR home LIKE '/=%')`, [])];
  if (path === 'contactFolders') {
    // `0` is the character behind `/`.
    return [forget(at, 'home > ? AND home < ?', [`/${key}/`, `/${key}0`])];
  }
  return isKnownBy(set, path) ? [forgetOne(at, path, key)] : [];
}

function forgetOne(at: KnownAt, path: string, key: string): Statement {
  const facet = facetAt(path) ?? path;
  const which = `((part = ? AND coalesce(home, '') < '0') OR home = ?)`;
  return forget(at, which, [partOf(facet, key), homeOfFacet(facet, key)]);
}

/** A statement that finds somebody no more, or again: what is hidden is that of no tenant. */
export function hideKnown(
  { tenant, owner }: Omit<KnownAt, 'dialect'>,
  isHidden: boolean,
): Statement {
  const [from, to] = isHidden ? [tenant, -tenant] : [-tenant, tenant];
  const sql = 'UPDATE kith_known SET tenant = ? WHERE tenant = ? AND owner = ?';
  return { sql, params: [to, from, owner], expects: 'any' };
}

/** A statement that forgets everything by which somebody is found. */
export function forgetKnown({ tenant, owner }: Omit<KnownAt, 'dialect'>): Statement {
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

/** Words whose variants are remembered: most are written again and again. */
const NEAR_MAX = 20_000;
const nearTexts = new Map<string, string>();

/** A token, its beginning and its variants, as JSON. */
function nearText(token: string): string {
  const before = nearTexts.get(token);
  if (before !== undefined) return before;
  const variants = variantsOf(token);
  const text = JSON.stringify([token, variants[0], variants]);
  if (nearTexts.size >= NEAR_MAX) nearTexts.clear();
  nearTexts.set(token, text);
  return text;
}

function insertWords(
  { dialect, tenant, owner }: KnownAt,
  words: readonly KnownWord[],
): Statement[] {
  if (words.length === 0) return [];
  const rows = words.map(({ part, word, rank, audience, home }) => [
    part,
    word,
    rank,
    audience,
    home,
  ]);
  const tokens = new Set(words.flatMap(({ token }) => token ?? []));
  const insert: Statement = {
    sql: `INSERT INTO kith_known (tenant, owner, part, word, rank, audience, home)
      SELECT CAST(? AS BIGINT), CAST(? AS BIGINT), CAST(one.value ->> 0 AS BIGINT),
        one.value ->> 1, CAST(one.value ->> 2 AS BIGINT), CAST(one.value ->> 3 AS BIGINT),
        one.value ->> 4
      FROM ${dialect.eachOf('?', 'one')} WHERE TRUE
      ON CONFLICT (tenant, owner, part, word) DO NOTHING`,
    params: [tenant, owner, JSON.stringify(rows)],
    expects: 'any',
  };
  if (tokens.size === 0) return [insert];
  // A word that is known already costs one look.
  const vary: Statement = {
    sql: `INSERT INTO kith_near (tenant, variant, token)
      SELECT CAST(? AS BIGINT), variant.value, one.value ->> 0
      FROM ${dialect.eachOf('?', 'one')} CROSS JOIN ${dialect.textsOf('one.value -> 2', 'variant')}
      WHERE NOT EXISTS (SELECT 1 FROM kith_near known
        WHERE known.tenant = ? AND known.variant = one.value ->> 1
          AND known.token = one.value ->> 0)
      ON CONFLICT (tenant, variant, token) DO NOTHING`,
    params: [tenant, `[${Array.from(tokens, nearText).join()}]`, tenant],
    expects: 'any',
  };
  return [insert, vary];
}
