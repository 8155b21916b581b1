/**
 * One PostgreSQL for tests, in a process of its own: prints the server's URL as its first line,
 * and ends the server and removes its data when its stdin closes. A pipe closes however the
 * process at its other end dies, so no server outlives the tests, `kill -9` included.
 * Arguments: `name=value` settings of PostgreSQL.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { preparePostgresPrograms } from './postgres-programs.ts';

const READY = 'database system is ready to accept connections';
const stopMillisecondsMax = 5_000;

const programs = preparePostgresPrograms();
const environment = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
const password = randomBytes(12).toString('hex');
const folder = mkdtempSync(join(tmpdir(), 'kith-postgres-data-'));
const data = join(folder, 'data');

/**
 * The databases sort by ICU's English rules, as many real ones do: a statement that leaves out
 * the collation it needs then gives another order than SQLite, and the conformance suite sees it.
 */
function initialise(): void {
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, password);
  if (programs.user) {
    chownSync(folder, programs.user.uid, programs.user.gid);
    chownSync(passwordFile, programs.user.uid, programs.user.gid);
  }
  chmodSync(folder, 0o700);
  const flags = ['--username=kith', `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=icu', '--icu-locale=en-US'];
  execFileSync(programs.initdb, [`--pgdata=${data}`, '--no-sync', ...flags, ...locale], {
    ...programs.user,
    env: environment,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

function pickPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

function launch(port: number): ChildProcess {
  const settings = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=200',
    ...process.argv.slice(2),
  ];
  const flags = settings.flatMap((setting) => ['-c', setting]);
  return spawn(programs.postgres, ['-D', data, ...flags], {
    ...programs.user,
    env: environment,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

/** Ends the server at once, without a checkpoint: its data are thrown away. */
function stop(server: ChildProcess | undefined): void {
  if (server === undefined || server.exitCode !== null || server.signalCode !== null) {
    rmSync(folder, { recursive: true, force: true });
    process.exit(0);
  }
  server.kill('SIGQUIT');
  setTimeout(() => server.kill('SIGKILL'), stopMillisecondsMax).unref();
}

let server: ChildProcess | undefined;
let isStopping = false;
const beginStop = () => {
  if (isStopping) return;
  isStopping = true;
  stop(server);
};
process.stdin.on('close', beginStop).on('error', beginStop).resume();
process.on('SIGTERM', beginStop);
process.on('SIGINT', () => {});
process.stdout.on('error', () => {});

initialise();
const port = await pickPort();
server = launch(port);
let log = '';
server.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
  const isReady = log.includes(READY);
  log = (log + chunk).slice(-65_536);
  if (isReady || !log.includes(READY)) return;
  process.stdout.write(`postgres://kith:${password}@127.0.0.1:${port}/postgres\n`);
});
server.on('exit', () => {
  if (!isStopping) process.stderr.write(`PostgreSQL ended by itself.\n${log}`);
  rmSync(folder, { recursive: true, force: true });
  process.exit(isStopping ? 0 : 1);
});
