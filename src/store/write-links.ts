import type { SqlValue, Statement } from './database.ts';
import {
  type Link,
  type Moment,
  recordLink,
  recordShown,
  recordUnlinked,
} from './record-change.ts';

const PAIR = 'tenant = ? AND relation = ? AND source = ? AND target = ?';

/**
 * The relations in which a tenant has links, each found by one step through the index, so that
 * those of one entity are found by either end.
 */
const RELATIONS = `(WITH RECURSIVE known(relation) AS (
  SELECT min(relation) FROM kith_link WHERE tenant = ?
  UNION ALL
  SELECT (SELECT min(relation) FROM kith_link
      WHERE tenant = ? AND relation > known.relation)
    FROM known WHERE known.relation IS NOT NULL)
  SELECT relation FROM known WHERE relation IS NOT NULL)`;

/** Statements that link two entities, with an event if they are not linked yet. */
export function linkPair(moment: Moment, link: Link, records: boolean): Statement[] {
  return [
    ...(records ? [recordLink(moment, link, 'linked')] : []),
    {
      sql: `INSERT INTO kith_link (tenant, relation, source, target) VALUES (?, ?, ?, ?)
        ON CONFLICT (tenant, relation, source, target) DO NOTHING`,
      params: pairOf(moment, link),
      expects: 'any',
    },
  ];
}

/** Statements that undo a link, with an event if there is one. */
export function unlinkPair(moment: Moment, link: Link, records: boolean): Statement[] {
  return [
    ...(records ? [recordLink(moment, link, 'unlinked')] : []),
    {
      sql: `DELETE FROM kith_link WHERE ${PAIR}`,
      params: pairOf(moment, link),
      expects: 'any',
    },
  ];
}

/** What stands before the relation of a link that leads from or to what is apart. */
const HIDDEN = '~';
/** That a link is not hidden. */
const SHOWN = `relation NOT LIKE '${HIDDEN}%'`;

/** Statements that undo every link of an entity, at either end, with an event for each. */
export function unlinkAll(moment: Moment, owner: number, records: boolean): Statement[] {
  const { tenant } = moment;
  return ['source', 'target'].flatMap((end) => {
    const where = `tenant = ? AND relation IN ${RELATIONS} AND ${end} = ?`;
    const params = [tenant, tenant, tenant, owner];
    return [
      ...(records ? [recordUnlinked(moment, `${where} AND ${SHOWN}`, params)] : []),
      { sql: `DELETE FROM kith_link WHERE ${where}`, params, expects: 'any' as const },
    ];
  });
}

/** Statements that hide every link of an entity, at either end, with an event for each. */
export function hideLinks(moment: Moment, owner: number, records: boolean): Statement[] {
  const { tenant } = moment;
  return ['source', 'target'].flatMap((end) => {
    const where = `tenant = ? AND relation IN ${RELATIONS} AND ${SHOWN} AND ${end} = ?`;
    const params = [tenant, tenant, tenant, owner];
    const sql = `UPDATE kith_link SET relation = '${HIDDEN}' || relation WHERE ${where}`;
    return [
      ...(records ? [recordUnlinked(moment, where, params)] : []),
      { sql, params, expects: 'any' as const },
    ];
  });
}

/** Statements that show the links of an entity again whose other end is not in the table. */
export function showLinks(moment: Moment, owner: number, table: string): Statement[] {
  const { tenant } = moment;
  const ends = [
    ['source', 'target'],
    ['target', 'source'],
  ] as const;
  return ends.flatMap(([end, other]): Statement[] => {
    const where = `tenant = ? AND relation IN ${RELATIONS} AND relation LIKE '${HIDDEN}%'
      AND ${end} = ? AND NOT EXISTS (
        SELECT 1 FROM ${table} WHERE tenant = kith_link.tenant AND num = kith_link.${other})`;
    const params = [tenant, tenant, tenant, owner];
    return [
      recordShown(moment, where, params),
      {
        sql: `UPDATE kith_link SET relation = substr(relation, 2) WHERE ${where}`,
        params,
        expects: 'any',
      },
    ];
  });
}

function pairOf({ tenant }: Moment, { relation, source, target }: Link): SqlValue[] {
  return [tenant, relation, source, target];
}
