import type { ConnectionDegree, ConnectionGraph, SharedPeople } from '#plan/connection-graph.ts';
import type { QuerySource } from '../query/run-query.ts';

/** The relation that connects two people, kept both ways. */
export const CONNECTION = 'connection';

const LINKED = 'SELECT target FROM kith_link WHERE tenant = ? AND relation = ? AND source = ?';
const SHARED =
  'FROM kith_link one JOIN kith_link other ON other.tenant = one.tenant ' +
  'AND other.relation = one.relation AND other.target = one.target ' +
  'WHERE one.tenant = ? AND one.relation = ? AND one.source = ? AND other.source = ?';

/** Answers about connections from the links of people in the database. */
export class LinkedConnections implements ConnectionGraph {
  private readonly source: QuerySource;
  private readonly tenant: number;

  constructor(source: QuerySource, tenant: number) {
    this.source = source;
    this.tenant = tenant;
  }

  degrees(viewer: number, viewees: readonly number[]): Promise<readonly ConnectionDegree[]> {
    return Promise.all(viewees.map((viewee) => this.degree(viewer, viewee)));
  }

  async count(person: number): Promise<number> {
    const rows = await this.source.database.query(
      `SELECT count(*) AS total FROM (${LINKED}) each`,
      [this.tenant, CONNECTION, person],
    );
    return Number(rows[0]!.total);
  }

  async neighbours(person: number, after: number, limit: number): Promise<readonly number[]> {
    const rows = await this.source.database.query(
      `${LINKED} AND target > ? ORDER BY target LIMIT ${this.rows(limit)}`,
      [this.tenant, CONNECTION, person, after, limit],
    );
    return rows.map((row) => row.target as number);
  }

  async shared(one: number, other: number, limit: number): Promise<SharedPeople> {
    const { database } = this.source;
    const params = [this.tenant, CONNECTION, one, other];
    const [rows, counted] = await Promise.all([
      database.query(`SELECT one.target ${SHARED} ORDER BY one.target LIMIT ${this.rows(limit)}`, [
        ...params,
        limit,
      ]),
      database.query(`SELECT count(*) AS total ${SHARED}`, params),
    ]);
    return { owners: rows.map((row) => row.target as number), count: Number(counted[0]!.total) };
  }

  /** Step by step, because each step costs far more than the one before. */
  private async degree(from: number, to: number): Promise<ConnectionDegree> {
    if (from === to) return 'SELF';
    if (await this.isReachable(from, to, 1)) return 'DISTANCE_1';
    if (await this.isReachable(from, to, 2)) return 'DISTANCE_2';
    if (await this.isReachable(from, to, 3)) return 'DISTANCE_3';
    return 'OUT_OF_NETWORK';
  }

  private async isReachable(from: number, to: number, steps: number): Promise<boolean> {
    const joins = Array.from(
      { length: steps - 1 },
      (_, step) =>
        ` JOIN kith_link l${step + 1} ON l${step + 1}.tenant = l0.tenant` +
        ` AND l${step + 1}.relation = l0.relation AND l${step + 1}.source = l${step}.target`,
    );
    const rows = await this.source.database.query(
      `SELECT 1 FROM kith_link l0${joins.join('')}
        WHERE l0.tenant = ? AND l0.relation = ? AND l0.source = ?
          AND l${steps - 1}.target = ? LIMIT 1`,
      [this.tenant, CONNECTION, from, to],
    );
    return rows.length > 0;
  }

  private rows(limit: number): string {
    return this.source.dialect.words.rows(limit).text;
  }
}
