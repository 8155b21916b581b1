import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

/** A process of the benchmark that runs on one core only, threads included. */
export interface PinnedProcess extends AsyncDisposable {
  readonly pid: number;
  readonly child: ChildProcess;
  /** The first line that it wrote to its standard output, and how long after its start. */
  readonly firstLine: string;
  readonly readyMs: number;
}

export interface PinOptions {
  readonly core: number;
  /** A TypeScript file, run by the Node that runs the benchmark. */
  readonly file: string;
  readonly args: readonly string[];
  readonly nodeArgs?: readonly string[];
}

/** Clock ticks a second in `/proc`: Linux tells user space 100 on every machine. */
const TICKS_PER_SECOND = 100;
const STOP_MS = 10_000;

/** Starts a process on one core and waits for its first line. Throws when it ends before that. */
export async function startPinned(options: PinOptions): Promise<PinnedProcess> {
  const { core, file, args, nodeArgs = [] } = options;
  const command = [process.execPath, ...nodeArgs, file, ...args];
  const startedAt = performance.now();
  const child = spawn('taskset', ['-c', String(core), ...command], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const firstLine = await readFirstLine(child);
  const readyMs = performance.now() - startedAt;
  return {
    pid: child.pid!,
    child,
    firstLine,
    readyMs,
    [Symbol.asyncDispose]: () => stop(child),
  };
}

/** Processor time of all threads of a process so far, in seconds: utime and stime. */
export function readCpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name of the program, in parentheses, may hold spaces; 12 and 13 fields follow it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** Processor time that a core has spent on anything so far, in seconds, waiting left out. */
export function readCoreSeconds(core: number): number {
  const line = new RegExp(`^cpu${core} (.*)$`, 'm').exec(readFileSync('/proc/stat', 'utf8'))?.[1];
  if (line === undefined) throw new Error(`There is no core ${core}; the benchmark needs two.`);
  const [user, nice, system, , , irq, softIrq, steal] = line.split(' ').map(Number);
  return (user! + nice! + system! + irq! + softIrq! + steal!) / TICKS_PER_SECOND;
}

/** Resident memory of a process, in megabytes of 1,000,000 bytes. */
export function readResidentMegabytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  if (kibibytes === undefined) throw new Error(`Process ${pid} shows no resident memory.`);
  return (Number(kibibytes) * 1024) / 1_000_000;
}

async function readFirstLine(child: ChildProcess): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let text = '';
  child.stdout!.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')));
  });
  child.once('error', reject);
  child.once('exit', (code) => reject(new Error(`${child.spawnargs.join(' ')} ended: ${code}`)));
  return promise;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await ended;
  clearTimeout(timer);
}
