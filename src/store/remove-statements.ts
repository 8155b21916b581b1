import type { Address } from '#plan/store.ts';
import type { SqlValue, Statement } from './database.ts';
import type { Dialect } from './dialect.ts';
import type { SetLayout } from './layout.ts';
import { type Moment, recordChange, recordDeleted } from './record-change.ts';
import { searchTable } from './search-words.ts';
import { unlinkAll } from './write-links.ts';

/** What is removed, the version that it has, and whether events say so. */
export interface Removal extends Moment {
  readonly address: Address;
  readonly version: number;
  readonly records: boolean;
}

/** Tables of what belongs to a root entity, by tenant and owner. */
const OWNED = ['kith_part', 'kith_secret', 'kith_media', 'kith_task', 'kith_connected'];
/** Of these, those of what is contained. */
const BELOW = ['kith_part', 'kith_media', 'kith_task'];

/**
 * Statements that remove a root entity and all that is kept with it. The row goes first: whoever
 * links to it or writes below it holds it, and what they have committed is removed with the rest.
 */
export function removeEntity(removal: Removal, layout: SetLayout, dialect: Dialect): Statement[] {
  const { tenant, address, records } = removal;
  const { owner } = address;
  return [
    ...removeRow(removal, layout, dialect),
    ...unlinkAll(removal, owner, records),
    ...OWNED.map((each) => ({
      sql: `DELETE FROM ${each} WHERE tenant = ? AND owner = ?`,
      params: [tenant, owner],
      expects: 'any' as const,
    })),
  ];
}

/** Statements that remove the row of a root entity, and the words by which it is searched. */
export function removeRow(removal: Removal, layout: SetLayout, dialect: Dialect): Statement[] {
  const { tenant, address, version, records } = removal;
  const { owner } = address;
  const { set, table, isApart, type } = layout;
  const types = isApart ? [...type.kinds] : [];
  return [
    ...(records ? [recordDeleted(removal, { set, table, owner, types })] : []),
    {
      sql: `DELETE FROM ${table} WHERE tenant = ? AND num = ? AND version = ?`,
      params: [tenant, owner, version],
      expects: 'one',
    },
    {
      sql: `DELETE FROM ${searchTable(set)} WHERE ${dialect.searchKey} = ?`,
      params: [owner],
      expects: 'any',
    },
  ];
}

/** Statements that remove a contained entity, and what it contains in its turn. */
export function removePart(removal: Removal): Statement[] {
  const { tenant, address, version, records } = removal;
  const { owner, path, key } = address;
  const here = 'tenant = ? AND owner = ? AND path = ? AND key = ?';
  const place = [tenant, owner, path, key];
  return [
    {
      sql: `DELETE FROM kith_part WHERE ${here} AND version = ?`,
      params: [...place, version],
      expects: 'one',
    },
    ...['kith_media', 'kith_task'].map((table) => ({
      sql: `DELETE FROM ${table} WHERE ${here}`,
      params: place,
      expects: 'any' as const,
    })),
    ...BELOW.map((table) => removeBelow(table, tenant, address)),
    ...(records ? [recordChange(removal, address, 'deleted', [])] : []),
  ];
}

/** What lies below has a longer path, and the same keys or more: none at all are everybody's. */
function removeBelow(table: string, tenant: number, { owner, path, key }: Address): Statement {
  const params: SqlValue[] = [tenant, owner, `${path}/`, `${path}0`];
  const isKeyed = key !== '';
  if (isKeyed) params.push(key, `${key}/`, `${key}0`);
  // `0` is the character behind `/`.
  const below = 'tenant = ? AND owner = ? AND path > ? AND path < ?';
  const within = isKeyed ? ' AND (key = ? OR (key > ? AND key < ?))' : '';
  return { sql: `DELETE FROM ${table} WHERE ${below}${within}`, params, expects: 'any' };
}
