import type { SqlValue, Statement } from './database.ts';
import { type Link, type Moment, recordLink, recordUnlinked } from './record-change.ts';

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

/** Statements that undo every link of an entity, at either end, with an event for each. */
export function unlinkAll(moment: Moment, owner: number, records: boolean): Statement[] {
  const { tenant } = moment;
  return ['source', 'target'].flatMap((end) => {
    const where = `tenant = ? AND relation IN ${RELATIONS} AND ${end} = ?`;
    const params = [tenant, tenant, tenant, owner];
    return [
      ...(records ? [recordUnlinked(moment, where, params)] : []),
      { sql: `DELETE FROM kith_link WHERE ${where}`, params, expects: 'any' as const },
    ];
  });
}

function pairOf({ tenant }: Moment, { relation, source, target }: Link): SqlValue[] {
  return [tenant, relation, source, target];
}
