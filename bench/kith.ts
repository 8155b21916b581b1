import { type PinnedProcess, startPinned } from './pinned-process.ts';

/** A running Kith, alone on its core. */
export interface Kith extends AsyncDisposable {
  readonly process: PinnedProcess;
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
}

export interface KithOptions {
  readonly dataDir: string;
  /** What the store is filled from when it is empty. */
  readonly seed?: string;
  /** Options for Node itself, such as `--cpu-prof`. */
  readonly nodeArgs?: readonly string[];
}

const SERVER_CORE = 0;

/** Starts Kith on a data folder and waits until it is ready. */
export async function startKith(options: KithOptions): Promise<Kith> {
  const { dataDir, seed, nodeArgs = [] } = options;
  const seedArgs = seed === undefined ? [] : ['--seed', seed];
  const process = await startPinned({
    core: SERVER_CORE,
    file: new URL('../src/server/main.ts', import.meta.url).pathname,
    args: ['--port', '0', '--data-dir', dataDir, '--log-level', 'warn', ...seedArgs],
    nodeArgs,
  });
  const port = /:(\d+)$/.exec(process.firstLine)?.[1];
  if (port === undefined) throw new Error(`Kith said "${process.firstLine}" and no port.`);
  return {
    process,
    origin: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: () => process[Symbol.asyncDispose](),
  };
}

/** A token of that user with every permission that Kith knows. */
export async function mintToken(origin: string, user: string): Promise<string> {
  const body = JSON.stringify({ user, lifetimeSeconds: 86_400 });
  const response = await fetch(`${origin}/_kith/token`, { method: 'POST', body });
  const answer = (await response.json()) as { access_token?: string };
  if (!answer.access_token) throw new Error(`No token for ${user}: ${JSON.stringify(answer)}`);
  return answer.access_token;
}
