import { readFileSync } from 'node:fs';
import { BlockList, isIP } from 'node:net';
import type { LogLevel } from '#log.ts';
import { ConfigError } from './config-error.ts';
import { configOptions, keyOf, type OptionValue } from './config-options.ts';
import { type ReadFile, readConfigFile, readFlags, readVariables } from './config-sources.ts';
import { type GivenValue, parseOption } from './parse-option.ts';

/** How Kith runs, checked and frozen. Paths are as given, or from the config file's folder. */
export interface Config {
  /** `help` and `version` come with every other option at its default. */
  readonly command: 'serve' | 'help' | 'version';
  readonly mode: 'emulator' | 'directory';
  readonly host: string;
  /** 0 picks a free port. */
  readonly port: number;
  readonly dataDir: string;
  /** A PostgreSQL URL with its password; SQLite if undefined. */
  readonly store: string | undefined;
  /** The URL of an S3 bucket for bytes; a folder in the data folder if undefined. */
  readonly blobs: string | undefined;
  readonly seed: readonly string[];
  readonly model: string | undefined;
  readonly behaviour: string | undefined;
  readonly fidelity: 'pages' | 'graph' | 'odata';
  readonly anonymous: boolean;
  /** Whether people without a photo are shown by their initials; in a directory alone. */
  readonly initials: boolean;
  readonly allowRemote: boolean;
  /** Either both of `cert` and `key` are there, or neither. */
  readonly cert: string | undefined;
  readonly key: string | undefined;
  /** Origins under which clients reach the server, beside the names of this machine. */
  readonly origin: readonly string[];
  /** A file with rules for other issuers. */
  readonly issuers: string | undefined;
  readonly trustProxy: readonly string[];
  readonly logLevel: LogLevel;
  /** The config file that was asked for. */
  readonly config: string | undefined;
}

const DEFAULT_FILE = 'kith.config.json';

/**
 * Reads the options: flags (`argv` is what follows the program's name) win, then variables, then
 * the config file, then defaults. Throws ConfigError with one sentence for the operator.
 */
export function readConfig(
  argv: readonly string[] = process.argv.slice(2),
  env: NodeJS.ProcessEnv = process.env,
  readFile: ReadFile = (path) => readFileSync(path, 'utf8'),
): Config {
  const flags = readFlags(argv);
  for (const command of ['help', 'version'] as const) {
    // Help is given even where the rest of the line, or the file, is wrong.
    if (flags.get(command)?.value === true) return buildConfig(command, () => undefined);
  }
  const variables = readVariables(env);
  const path = (flags.get('config') ?? variables.get('config'))?.value as string | undefined;
  const file = readConfigFile(path ?? DEFAULT_FILE, path !== undefined, readFile);
  const config = buildConfig(
    'serve',
    (key) => flags.get(key) ?? variables.get(key) ?? file.get(key),
  );
  checkTogether(config);
  return config;
}

/** Whether only this machine can reach what listens there: `localhost`, 127.0.0.0/8 and ::1. */
export function isLoopback(host: string): boolean {
  const family = isIP(host);
  if (family === 0) return host.toLowerCase() === 'localhost';
  return loopback.check(host, family === 6 ? 'ipv6' : 'ipv4');
}

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

function buildConfig(
  command: Config['command'],
  find: (key: string) => GivenValue | undefined,
): Config {
  const values: Record<string, OptionValue> = { command };
  for (const option of configOptions) {
    const key = keyOf(option);
    if (key === 'help' || key === 'version') continue;
    const given = find(key);
    values[key] = given ? parseOption(option, given) : option.fallback;
  }
  // Pages and Graph say nothing about other models.
  if (find('model') && !find('fidelity')) values.fidelity = 'odata';
  // The table and the type are held together by the test that lists every key.
  return Object.freeze(values) as unknown as Config;
}

function checkTogether(config: Config): void {
  const { mode, host, cert, key, model } = config;
  if (mode === 'emulator' && !config.allowRemote && !isLoopback(host)) {
    throw new ConfigError(
      `The emulator would be open to other machines on ${host}; add --allow-remote if it should be.`,
    );
  }
  if (mode === 'directory' && config.anonymous) {
    throw new ConfigError('--anonymous works in emulator mode only; a directory asks for tokens.');
  }
  if (mode === 'emulator' && config.initials) {
    throw new ConfigError(
      '--initials works in directory mode only; the emulator answers as Graph.',
    );
  }
  if (model !== undefined && config.fidelity !== 'odata') {
    throw new ConfigError('--model is served as plain OData; leave --fidelity out.');
  }
  if (cert !== undefined && key === undefined) {
    throw new ConfigError('--cert needs --key, the private key of the certificate.');
  }
  if (key !== undefined && cert === undefined) {
    throw new ConfigError('--key needs --cert, the certificate of the key.');
  }
}
