import pg from 'pg';
import type { Database, Outcome, SqlList, SqlRow, SqlValue, Statement } from './database.ts';
import { PreparedNames } from './prepared-names.ts';

const POOL_MAX = 10;
const INT8 = 20;

type PgError = Error & { code?: string; constraint?: string };

/** PostgreSQL over a pool of connections; the server itself gathers commits. */
export class PostgresDatabase implements Database {
  readonly isShared = true;
  readonly whileWriting = this;
  private readonly pool: pg.Pool;
  private readonly statements = new PreparedNames('kith');
  /** Compiled queries, whose shapes clients choose: they never push out the others. */
  private readonly queries = new PreparedNames('kith_query');

  constructor(url: string, onError: (error: Error) => void) {
    const options: pg.PoolConfig & { pipeline: boolean } = {
      pipeline: true,
      connectionString: url,
      max: POOL_MAX,
      connectionTimeoutMillis: 10_000,
      application_name: 'kith',
      types: {
        // Surrogates, versions and counts stay far below 2^53.
        getTypeParser: (id: number, format?: 'text' | 'binary') =>
          id === INT8 ? Number : pg.types.getTypeParser(id, format as 'text'),
      },
    };
    this.pool = new pg.Pool(options);
    // An idle connection that breaks is replaced; without a listener it would end the process.
    this.pool.on('error', (error) => {
      if (!this.pool.ending) onError(error);
    });
  }

  /** Every read is waited for. */
  atOnce<Result>(work: () => Result): Result {
    return work();
  }

  async query(sql: string, params: readonly SqlValue[]): Promise<readonly SqlRow[]> {
    const result = await this.pool.query({ ...this.statements.prepare(sql), values: [...params] });
    return result.rows as SqlRow[];
  }

  async list(sql: string, params: readonly SqlValue[]): Promise<readonly SqlList[]> {
    const query = { ...this.queries.prepare(sql), values: [...params], rowMode: 'array' as const };
    const result = await this.pool.query(query);
    return result.rows as SqlList[];
  }

  /** Every query has a connection of its own. */
  scan(sql: string, params: readonly SqlValue[]): Promise<readonly SqlList[]> {
    return this.list(sql, params);
  }

  async first(sql: string, params: readonly SqlValue[]): Promise<SqlList | undefined> {
    const query = { ...this.statements.prepare(sql), values: [...params] };
    const result = await this.pool.query({ ...query, rowMode: 'array' as const });
    return (result.rows as SqlList[])[0];
  }

  async commit(statements: readonly Statement[]): Promise<Outcome> {
    let client: pg.PoolClient;
    try {
      client = await this.pool.connect();
    } catch (error) {
      return { kind: 'failed', message: (error as Error).message };
    }
    let broken: Error | undefined;
    try {
      await client.query('BEGIN');
      const outcome = await this.runAll(client, statements);
      await client.query(outcome.kind === 'committed' ? 'COMMIT' : 'ROLLBACK');
      return outcome;
    } catch (error) {
      await client.query('ROLLBACK').catch((failure: Error) => {
        broken = failure;
      });
      return outcomeOf(error as PgError);
    } finally {
      client.release(broken);
    }
  }

  async exclusively<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    const client = await this.pool.connect();
    try {
      await client.query('SELECT pg_advisory_lock(hashtext($1))', [`kith ${name}`]);
      return await work();
    } finally {
      // The lock belongs to the connection and goes with it, whatever has happened to it.
      client.release(true);
    }
  }

  async whileAlone(name: string, work: (lost: AbortSignal) => Promise<void>): Promise<boolean> {
    const client = await this.pool.connect();
    const lost = new AbortController();
    const lose = () => lost.abort();
    client.on('error', lose);
    let isAlone = false;
    try {
      const sql = 'SELECT pg_try_advisory_lock(hashtext($1)) AS alone';
      isAlone = (await client.query(sql, [`kith ${name}`])).rows[0].alone as boolean;
      if (isAlone) await work(lost.signal);
      return isAlone;
    } finally {
      client.off('error', lose);
      // The lock goes with its connection.
      client.release(isAlone);
    }
  }

  async close(): Promise<void> {
    await this.pool.end();
  }

  /** Sends all statements before it waits for the first: a transaction costs two round trips. */
  private async runAll(client: pg.PoolClient, statements: readonly Statement[]): Promise<Outcome> {
    const results = await Promise.allSettled(
      statements.map(({ sql, params }) =>
        client.query({ ...this.statements.prepare(sql), values: [...params] }),
      ),
    );
    let rows: readonly SqlRow[] = [];
    for (const [index, result] of results.entries()) {
      // Behind the first failure everything fails, because the transaction is aborted.
      if (result.status === 'rejected') throw result.reason;
      if (result.value.fields.length > 0) rows = result.value.rows as SqlRow[];
      const found = result.value.rowCount !== 0;
      if (!found && statements[index]!.expects === 'one') return { kind: 'stale' };
    }
    return { kind: 'committed', rows };
  }
}

function outcomeOf(error: PgError): Outcome {
  const { code = '', message } = error;
  if (code === '23505') return { kind: 'duplicate', constraint: error.constraint ?? message };
  // Serialization failure and deadlock: the work may succeed when it is run again.
  if (code === '40001' || code === '40P01') return { kind: 'stale' };
  if (code === '53100') return { kind: 'full', message };
  return { kind: 'failed', message };
}
