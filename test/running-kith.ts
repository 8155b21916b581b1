import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { Agent, type IncomingHttpHeaders, request as sendRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Where a run of all tests has a bundle of it; a file that is run alone starts the source. */
const source = join(import.meta.dirname, '../src/server/main.ts');
const program = process.env.KITH_TEST_PROGRAM ?? source;
/** A data folder that the run has seeded. */
const seeded = process.env.KITH_TEST_SEEDED;
/** Flags with which a first start makes another store than without. */
const SEEDING = [
  '--seed',
  '--mode',
  '--model',
  '--store',
  '--blobs',
  '--data-dir',
  '--config',
  '--origin',
];
const START_MS = 30_000;
/** What the contract gives a server to end in after SIGTERM. */
const STOP_MS = 5_000;

export interface KithOptions {
  /** A folder that stays; without one, a fresh folder that goes with the server. */
  readonly dataDir?: string;
  /** `postgres://...`; SQLite without it. */
  readonly store?: string | undefined;
  readonly flags?: readonly string[];
  readonly program?: string;
}

export interface RequestOptions {
  /** GET without a body, PATCH with one. */
  readonly method?: string;
  /** Sent as it is if it is a text or bytes, as JSON otherwise. */
  readonly body?: unknown;
  readonly token?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer, with its body as bytes, as text and, where it is JSON, as a value. */
export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came.
  readonly json: any;
}

/** A server process of its own, with the seeded company. */
export interface RunningKith extends AsyncDisposable {
  readonly origin: string;
  readonly httpsOrigin: string;
  readonly port: number;
  readonly pid: number;
  readonly dataDir: string;
  /** What the server has written to stderr. */
  log(): string;
  isAlive(): boolean;
  /** A token of the bench; Mira's, with every scope, if nothing is said. */
  token(options?: object): Promise<string>;
  request(path: string, options?: RequestOptions): Promise<Reply>;
  /** Ends the process as a crash would. */
  kill(): Promise<void>;
  /** Ends the process by SIGTERM; throws if that takes more than 5 s or the exit code is not 0. */
  close(): Promise<void>;
}

/** Starts a server and waits until it is ready; throws with what it said if it is not. */
export async function startKith(options: KithOptions = {}): Promise<RunningKith> {
  const isOurs = options.dataDir === undefined;
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'kith-test-')));
  if (isOurs && takesSeeded(options)) await cp(seeded!, dataDir, { recursive: true });
  const store = options.store === undefined ? [] : ['--store', options.store];
  const flags = ['--port', '0', '--data-dir', dataDir, '--log-level', 'error', ...store];
  const server = spawnKith([...flags, ...(options.flags ?? [])], options.program);
  const port = await readyPort(server);
  const origin = `http://localhost:${port}`;
  const agent = new Agent({ keepAlive: true });
  const request: RunningKith['request'] = (path, wanted) => send(origin, agent, path, wanted);
  const remove = async () => {
    agent.destroy();
    if (isOurs) await rm(dataDir, { recursive: true, force: true });
  };
  const close = async () => {
    try {
      await stop(server);
    } finally {
      await remove();
    }
  };
  return {
    origin,
    httpsOrigin: `https://localhost:${port}`,
    port,
    pid: server.child.pid!,
    dataDir,
    log: () => server.stderr,
    isAlive: () => !hasEnded(server),
    async token(wanted = { user: 'mira@fernhollow.example' }) {
      const reply = await request('/_kith/token', { method: 'POST', body: wanted });
      if (reply.status !== 200) throw new Error(`No token: ${reply.status} ${reply.text}`);
      return reply.json.access_token;
    },
    request,
    async kill() {
      server.child.kill('SIGKILL');
      await server.ended;
      await remove();
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Runs the program with these flags to its end; for starts that are refused. */
export async function runKith(flags: readonly string[]) {
  const server = spawnKith(flags);
  const late = setTimeout(() => server.child.kill('SIGKILL'), START_MS);
  const code = await server.ended;
  clearTimeout(late);
  return { code, stdout: server.stdout, stderr: server.stderr };
}

interface Server {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  stdout: string;
  stderr: string;
}

/** Whether a server may begin with a copy of what has been seeded. */
function takesSeeded({ store, flags = [] }: KithOptions): boolean {
  const seedsItself = flags.some((flag) => SEEDING.some((name) => flag.startsWith(name)));
  return seeded !== undefined && store === undefined && !seedsItself;
}

function spawnKith(flags: readonly string[], file = program): Server {
  // What is compiled of a bundle, which goes with its run, is of no use to the next one.
  const env = file === source ? process.env : { ...process.env, NODE_DISABLE_COMPILE_CACHE: '1' };
  const stdio = ['ignore', 'pipe', 'pipe'] satisfies StdioOptions;
  const child = spawn(process.execPath, [file, ...flags], { stdio, env });
  const ended = once(child, 'close').then(([code]) => code as number | null);
  const server: Server = { child, ended, stdout: '', stderr: '' };
  child.stdout!.setEncoding('utf8').on('data', (text: string) => {
    server.stdout += text;
  });
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    server.stderr += text;
  });
  // A test process that ends for whatever reason leaves no server behind.
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  child.once('close', () => process.off('exit', kill));
  return server;
}

async function readyPort(server: Server): Promise<number> {
  const late = AbortSignal.timeout(START_MS);
  for (;;) {
    const ready = /^Kith is ready at https:\/\/localhost:(\d+)\n$/.exec(server.stdout);
    if (ready) return Number(ready[1]);
    const isOver = hasEnded(server) || late.aborted;
    if (isOver) {
      server.child.kill('SIGKILL');
      throw new Error(`Kith did not start.\n${server.stdout}${server.stderr}`);
    }
    await sleep(10);
  }
}

function hasEnded({ child }: Server): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

async function stop(server: Server): Promise<void> {
  const { child, ended } = server;
  if (hasEnded(server)) return;
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  const code = await ended;
  clearTimeout(late);
  if (code !== 0) throw new Error(`Kith did not end well within 5 s of SIGTERM: ${code}.`);
}

function send(
  origin: string,
  agent: Agent,
  path: string,
  { method, body, token, headers = {} }: RequestOptions = {},
): Promise<Reply> {
  const isRaw = typeof body === 'string' || body instanceof Uint8Array;
  const bytes = body === undefined ? undefined : Buffer.from(isRaw ? body : JSON.stringify(body));
  const { port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const outgoing = sendRequest({
      host: '127.0.0.1',
      port,
      agent,
      path,
      method: method ?? (body === undefined ? 'GET' : 'PATCH'),
      headers: {
        Host: `localhost:${port}`,
        ...(bytes ? { 'Content-Type': 'application/json', 'Content-Length': bytes.length } : {}),
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
        ...headers,
      },
    });
    outgoing.on('response', async (incoming) => {
      try {
        const chunks: Buffer[] = [];
        for await (const chunk of incoming) chunks.push(chunk as Buffer);
        resolve(toReply(incoming.statusCode!, incoming.headers, Buffer.concat(chunks)));
      } catch (error) {
        reject(error);
      }
    });
    outgoing.on('error', reject).end(bytes);
  });
}

function toReply(status: number, headers: IncomingHttpHeaders, bytes: Buffer): Reply {
  const text = bytes.toString('utf8');
  const isJson = /json/.test(headers['content-type'] ?? '') && !headers['content-encoding'];
  return {
    status,
    headers,
    bytes,
    text,
    json: isJson && text !== '' ? JSON.parse(text) : undefined,
  };
}
