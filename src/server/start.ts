import { systemClock } from '#clock.ts';
import { openLog } from '#log.ts';
import { StoreVersionError } from '#store/store-version-error.ts';
import program from '../../package.json' with { type: 'json' };
import { type Config, readConfig } from './config/config.ts';
import { ConfigError } from './config/config-error.ts';
import { formatHelp } from './config/config-help.ts';
import { SeedError } from './seed/read-seed.ts';
import { serve } from './serve.ts';

const OPERATOR_ERROR = 2;

/**
 * Starts what the command line asks for; the process ends when its work is done. The operator's
 * mistakes end with one sentence and exit code 2, ours with a stack and 1.
 */
export async function start(): Promise<void> {
  try {
    const config = readConfig();
    if (config.command === 'help') print(formatHelp());
    else if (config.command === 'version') print(`${program.version}\n`);
    else await run(config);
  } catch (error) {
    fail(error);
  }
}

async function run(config: Config): Promise<void> {
  const log = openLog(config.logLevel);
  const server = await serve(config, systemClock, log);
  const stop = (signal: string) => {
    log.info({ signal }, 'stopping');
    Promise.resolve(server[Symbol.asyncDispose]()).catch(fail);
  };
  process.once('SIGTERM', stop).once('SIGINT', stop);
  log.info({ port: server.port, mode: config.mode }, 'ready');
  print(`Kith is ready at https://localhost:${server.port}\n`);
}

function print(text: string): void {
  process.stdout.write(text);
}

function fail(error: unknown): void {
  const isTheirs =
    error instanceof ConfigError ||
    error instanceof SeedError ||
    error instanceof StoreVersionError;
  process.stderr.write(`kith: ${isTheirs ? error.message : (error as Error).stack}\n`);
  process.exitCode = isTheirs ? OPERATOR_ERROR : 1;
}
