import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

const startMillisecondsMax = 60_000;

/** A running PostgreSQL 18 and the way to end it. */
export interface PostgresServer {
  /** A superuser's URL, at the database `postgres`. */
  readonly url: string;
  /** Ends the server and removes its data; resolves when both are gone. */
  stop(): Promise<void>;
}

export interface PostgresOptions {
  /** Waits for the disk at each commit, as a real server does; false by default. */
  readonly durable?: boolean;
  /** Further settings of postgresql.conf. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** An empty database of its own, for one suite. */
export interface TestDatabase {
  readonly url: string;
  /** Drops the database, whoever is still connected to it. */
  drop(): Promise<void>;
}

/**
 * Starts a PostgreSQL of its own with empty data in a temporary folder and a free port.
 * It ends with `stop`, or by itself when the calling process has ended, however that happens.
 */
export async function startPostgres(options: PostgresOptions = {}): Promise<PostgresServer> {
  const speed = options.durable ? {} : { fsync: 'off', full_page_writes: 'off' };
  const settings = Object.entries({ ...speed, ...options.settings });
  const { KITH_TEST_MARK: _, ...env } = process.env;
  const keeper = spawn(
    process.execPath,
    [
      fileURLToPath(new URL('./postgres-server.ts', import.meta.url)),
      ...settings.map(([name, value]) => `${name}=${value}`),
    ],
    // A group of its own keeps Ctrl-C from it: the keeper outlives the tests and cleans up.
    { stdio: ['pipe', 'pipe', 'pipe'], detached: true, env },
  );
  let complaint = '';
  keeper.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    complaint += chunk;
  });
  const ended = new Promise<void>((resolve) => keeper.on('close', () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    const refuse = (why: string) => reject(new Error(`PostgreSQL ${why}.\n${complaint}`));
    const timer = setTimeout(() => {
      keeper.stdin.end();
      refuse('did not start in time');
    }, startMillisecondsMax);
    keeper.on('error', reject);
    keeper.on('close', () => refuse('did not start'));
    keeper.stdout.setEncoding('utf8').once('data', (line: string) => {
      clearTimeout(timer);
      resolve(line.trim());
    });
  });
  keeper.unref();
  for (const pipe of [keeper.stdin, keeper.stdout, keeper.stderr]) unref(pipe);
  return {
    url,
    async stop() {
      keeper.ref();
      keeper.stdin.end();
      await ended;
    },
  };
}

/** Lets the process end although the pipe is open; a pipe of a child is a socket. */
function unref(pipe: unknown): void {
  (pipe as { unref(): void }).unref();
}

let started: Promise<PostgresServer> | undefined;

/** The superuser's URL of the run's server; a file run by hand starts one for itself. */
async function findServer(): Promise<string> {
  const shared = process.env.KITH_TEST_POSTGRES;
  if (shared) return shared;
  started ??= startPostgres();
  return (await started).url;
}

async function runStatement(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Makes an empty database on the run's shared server, for one suite to use and drop. */
export async function createDatabase(): Promise<TestDatabase> {
  const server = await findServer();
  const name = `kith_${randomBytes(8).toString('hex')}`;
  await runStatement(server, `CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: () => runStatement(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}
