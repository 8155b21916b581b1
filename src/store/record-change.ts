import type { Address, ChangeEvent } from '#plan/store.ts';
import type { SqlValue, Statement } from './database.ts';

/** A tenant at a moment, in milliseconds since 1970: what every change event says. */
export interface Moment {
  readonly tenant: number;
  readonly now: number;
}

/** Two root entities, by surrogate, and what relates them. */
export interface Link {
  readonly relation: string;
  readonly source: number;
  readonly target: number;
}

const INSERT = 'INSERT INTO kith_change (tenant, set_name, owner, path, key, kind, names, at)';
const NONE = '[]';

/** A statement that records a change event. */
export function recordChange(
  { tenant, now }: Moment,
  { set, owner, path, key }: Address,
  kind: ChangeEvent['kind'],
  names: readonly string[],
): Statement {
  return {
    sql: `${INSERT} VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    params: [tenant, set, owner, path, key, kind, JSON.stringify(names), now],
    expects: 'one',
  };
}

/** A root entity that is deleted; the types among which it may be, where the event says which. */
interface Deleted {
  readonly set: string;
  readonly table: string;
  readonly owner: number;
  readonly types?: readonly string[];
}

/**
 * Records that a root entity is deleted, with its id; goes before the deletion itself. Of what was
 * deleted before and is kept apart, the event says of which of these types it is.
 */
export function recordDeleted(
  { tenant, now }: Moment,
  { set, table, owner, types = [] }: Deleted,
): Statement {
  // A document begins with its type (`renderDocument`).
  const kinds = types.map(
    (type) => `WHEN doc LIKE '{"@odata.type":"#${type}"%' THEN '["${type}"]'`,
  );
  const names = kinds.length === 0 ? `'${NONE}'` : `CASE ${kinds.join(' ')} ELSE '${NONE}' END`;
  return {
    sql: `${INSERT} SELECT ?, ?, ?, '', id, 'deleted', ${names}, ?
      FROM ${table} WHERE tenant = ? AND num = ?`,
    params: [tenant, set, owner, now, tenant, owner],
    expects: 'one',
  };
}

/** Records a link that is about to be made or undone, unless it is already as it shall be. */
export function recordLink(
  { tenant, now }: Moment,
  { relation, source, target }: Link,
  kind: 'linked' | 'unlinked',
): Statement {
  const changes = kind === 'linked' ? 'NOT EXISTS' : 'EXISTS';
  return {
    sql: `${INSERT} SELECT ?, '', ?, '', ?, '${kind}', ?, ? WHERE ${changes} (
      SELECT 1 FROM kith_link WHERE tenant = ? AND relation = ? AND source = ? AND target = ?)`,
    params: [tenant, source, String(target), JSON.stringify([relation]), now].concat([
      tenant,
      relation,
      source,
      target,
    ]),
    expects: 'any',
  };
}

/** Records a link that is made or undone, whether it was there or not. */
export function recordLinked(
  { tenant, now }: Moment,
  { relation, source, target }: Link,
  isLinked: boolean,
): Statement {
  return {
    sql: `${INSERT} VALUES (?, '', ?, '', ?, ?, ?, ?)`,
    params: [tenant, source, String(target), isLinked ? 'linked' : 'unlinked'].concat([
      JSON.stringify([relation]),
      now,
    ]),
    expects: 'one',
  };
}

/** Records that each link of a condition is about to be undone. */
export function recordUnlinked(
  { tenant, now }: Moment,
  where: string,
  params: readonly SqlValue[],
): Statement {
  return {
    sql: `${INSERT} SELECT ?, '', source, '', CAST(target AS TEXT), 'unlinked',
      '["' || relation || '"]', ? FROM kith_link WHERE ${where}`,
    params: [tenant, now, ...params],
    expects: 'any',
  };
}

/** Records that each hidden link of a condition is about to be shown again. */
export function recordShown(
  { tenant, now }: Moment,
  where: string,
  params: readonly SqlValue[],
): Statement {
  return {
    sql: `${INSERT} SELECT ?, '', source, '', CAST(target AS TEXT), 'linked',
      '["' || substr(relation, 2) || '"]', ? FROM kith_link WHERE ${where}`,
    params: [tenant, now, ...params],
    expects: 'any',
  };
}
