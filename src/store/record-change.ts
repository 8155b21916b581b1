import type { Address, ChangeEvent } from '#plan/store.ts';
import type { SqlValue, Statement } from './database.ts';
import type { Dialect } from './dialect.ts';

/** A tenant at a moment, in milliseconds since 1970: what every change event says. */
export interface Moment {
  readonly tenant: number;
  readonly now: number;
  readonly dialect: Dialect;
}

/** Two root entities, by surrogate, and what relates them. */
export interface Link {
  readonly relation: string;
  readonly source: number;
  readonly target: number;
}

const COLUMNS = 'tenant, set_name, owner, path, key, kind, names, at';
const NONE = '[]';

/** A statement that records a change event. */
export function recordChange(
  moment: Moment,
  { set, owner, path, key }: Address,
  kind: ChangeEvent['kind'],
  names: readonly string[],
): Statement {
  return recordOne(moment, [set, owner, path, key, kind, JSON.stringify(names)]);
}

/** A statement that records, for readers of any earlier position, that what was is forgotten. */
export function recordForgotten(moment: Moment): Statement {
  return recordOne(moment, ['', 0, '', '', 'forgotten', NONE]);
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
  moment: Moment,
  { set, table, owner, types = [] }: Deleted,
): Statement {
  const { tenant, now, dialect } = moment;
  const { changeNumber } = dialect;
  // A document begins with its type (`renderDocument`).
  const kinds = types.map(
    (type) => `WHEN doc LIKE '{"@odata.type":"#${type}"%' THEN '["${type}"]'`,
  );
  const names = kinds.length === 0 ? `'${NONE}'` : `CASE ${kinds.join(' ')} ELSE '${NONE}' END`;
  return {
    sql: `${insertion(dialect)} SELECT ${changeNumber}?, ?, ?, '', id, 'deleted', ${names}, ?
      FROM ${table} WHERE tenant = ? AND num = ?`,
    params: [...numbered(moment), tenant, set, owner, now, tenant, owner],
    expects: 'one',
  };
}

/** Records a link that is about to be made or undone, unless it is already as it shall be. */
export function recordLink(
  moment: Moment,
  { relation, source, target }: Link,
  kind: 'linked' | 'unlinked',
): Statement {
  const { tenant, now, dialect } = moment;
  const changes = kind === 'linked' ? 'NOT EXISTS' : 'EXISTS';
  const link = [tenant, relation, source, target];
  return {
    sql: `${insertion(dialect)} SELECT ${dialect.changeNumber}?, '', ?, '', ?, '${kind}', ?, ?
      WHERE ${changes} (
        SELECT 1 FROM kith_link WHERE tenant = ? AND relation = ? AND source = ? AND target = ?)`,
    params: [
      ...numbered(moment),
      ...[tenant, source, String(target), JSON.stringify([relation]), now, ...link],
    ],
    expects: 'any',
  };
}

/** Records a link that is made or undone, whether it was there or not. */
export function recordLinked(
  moment: Moment,
  { relation, source, target }: Link,
  isLinked: boolean,
): Statement {
  const kind = isLinked ? 'linked' : 'unlinked';
  return recordOne(moment, ['', source, '', String(target), kind, JSON.stringify([relation])]);
}

/** Records that each link of a condition is about to be undone. */
export function recordUnlinked(
  moment: Moment,
  where: string,
  params: readonly SqlValue[],
): Statement {
  const { tenant, now, dialect } = moment;
  return {
    sql: `${insertion(dialect)} SELECT ${dialect.changeNumbers}?, '', source, '',
      CAST(target AS TEXT), 'unlinked', '["' || relation || '"]', ? FROM kith_link WHERE ${where}`,
    params: [...numbered(moment), tenant, now, ...params],
    expects: 'any',
  };
}

/** Records that each hidden link of a condition is about to be shown again. */
export function recordShown(moment: Moment, where: string, params: readonly SqlValue[]): Statement {
  const { tenant, now, dialect } = moment;
  return {
    sql: `${insertion(dialect)} SELECT ${dialect.changeNumbers}?, '', source, '',
      CAST(target AS TEXT), 'linked', '["' || substr(relation, 2) || '"]', ?
      FROM kith_link WHERE ${where}`,
    params: [...numbered(moment), tenant, now, ...params],
    expects: 'any',
  };
}

/** Records one event: all that it says between its tenant and its time. */
function recordOne(moment: Moment, values: readonly SqlValue[]): Statement {
  const { tenant, now, dialect } = moment;
  return {
    sql: `${insertion(dialect)} VALUES (${dialect.changeNumber}?, ?, ?, ?, ?, ?, ?, ?)`,
    params: [...numbered(moment), tenant, ...values, now],
    expects: 'one',
  };
}

function insertion({ changeColumn }: Dialect): string {
  return `INSERT INTO kith_change (${changeColumn}${COLUMNS})`;
}

/** What the number of an event is found by. */
function numbered({ tenant, dialect }: Moment): readonly SqlValue[] {
  return dialect.changeColumn === '' ? [] : [tenant];
}
