/** The three places that options come from, each read into given values by key. */
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { ConfigError } from './config-error.ts';
import {
  type ConfigOption,
  configOptions,
  hasSource,
  keyOf,
  variableOf,
} from './config-options.ts';
import type { GivenValue } from './parse-option.ts';

/** Options as one source gives them, by their key. */
export type GivenValues = ReadonlyMap<string, GivenValue>;

/** Gives a file's text; throws as `node:fs` does, with the code ENOENT if there is none. */
export type ReadFile = (path: string) => string;

/**
 * Reads the command line after the program's name; `serve` may stand first. Single flags may be
 * overruled by a later one. Throws ConfigError on unknown flags, words and missing values.
 */
export function readFlags(argv: readonly string[]): GivenValues {
  const options = Object.fromEntries(
    configOptions.map(({ flag, short, kind }) => [
      flag,
      { type: kind === 'switch' ? 'boolean' : 'string', ...(short && { short }) } as const,
    ]),
  );
  // Lax parsing with tokens leaves the wording of every refusal to this file.
  const { tokens } = parseArgs({
    args: argv[0] === 'serve' ? argv.slice(1) : [...argv],
    options,
    strict: false,
    tokens: true,
  });
  const given = new Map<string, GivenValue>();
  for (const token of tokens) {
    if (token.kind === 'positional') {
      throw new ConfigError(`Kith knows no command "${token.value}"; it takes serve and flags.`);
    }
    if (token.kind === 'option') addFlag(given, token);
  }
  return given;
}

interface FlagToken {
  readonly name: string;
  readonly rawName: string;
  readonly value: string | undefined;
  readonly inlineValue: boolean | undefined;
}

function addFlag(given: Map<string, GivenValue>, token: FlagToken): void {
  const isNegated = token.rawName.startsWith('--no-');
  const flag = isNegated ? token.rawName.slice('--no-'.length) : token.name;
  const option = configOptions.find((candidate) => candidate.flag === flag);
  if (!option || (isNegated && option.kind !== 'switch')) {
    throw new ConfigError(`Kith knows no flag ${token.rawName}; kith --help lists them all.`);
  }
  const name = token.rawName;
  if (option.kind === 'switch') {
    if (token.value !== undefined) throw new ConfigError(`${name} takes no value.`);
    given.set(keyOf(option), { source: 'flag', name, value: !isNegated });
    return;
  }
  // In `--host --port 1` the next flag is not the host.
  if (token.value === undefined || (!token.inlineValue && token.value.startsWith('-'))) {
    throw new ConfigError(`${name} needs a value.`);
  }
  const earlier = given.get(keyOf(option))?.value as string[] | undefined;
  const value = option.isList ? [...(earlier ?? []), token.value] : token.value;
  given.set(keyOf(option), { source: 'flag', name, value });
}

/** Reads the `KITH_*` variables; an empty one counts as not set. */
export function readVariables(env: NodeJS.ProcessEnv): GivenValues {
  const given = new Map<string, GivenValue>();
  for (const option of configOptions) {
    const name = variableOf(option);
    const value = env[name];
    if (!value || !hasSource(option, 'variable')) continue;
    // Kubernetes sets KITH_PORT=tcp://10.0.0.1:8443 in each pod beside a service called kith.
    if (option.kind === 'port' && value.startsWith('tcp://')) continue;
    given.set(keyOf(option), { source: 'variable', name, value });
  }
  return given;
}

/**
 * Reads a JSON file of options by key. One that is not there gives no values, unless it was asked
 * for. Throws ConfigError on a file that is no JSON object, and on unknown keys.
 */
export function readConfigFile(path: string, isAskedFor: boolean, readFile: ReadFile): GivenValues {
  const given = new Map<string, GivenValue>();
  const text = readText(path, isAskedFor, readFile);
  if (text === undefined) return given;
  const known = new Map<string, ConfigOption>();
  for (const option of configOptions)
    if (hasSource(option, 'file')) known.set(keyOf(option), option);
  for (const [key, value] of Object.entries(parseObject(path, text))) {
    if (key === '$schema') continue;
    if (!known.has(key)) {
      throw new ConfigError(`The config file ${path} has an unknown key "${key}".`);
    }
    given.set(key, { source: 'file', name: `"${key}" in ${path}`, value, folder: dirname(path) });
  }
  return given;
}

function readText(path: string, isAskedFor: boolean, readFile: ReadFile): string | undefined {
  try {
    return readFile(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' && !isAskedFor) return undefined;
    const reason = code === 'ENOENT' ? 'does not exist' : `cannot be read: ${message}`;
    throw new ConfigError(`The config file ${path} ${reason}.`, { cause: error });
  }
}

function parseObject(path: string, text: string): Record<string, unknown> {
  let value: unknown;
  try {
    // A byte order mark is what Windows editors write first.
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const { message } = error as Error;
    throw new ConfigError(`The config file ${path} is not JSON: ${message}.`, { cause: error });
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw new ConfigError(`The config file ${path} must hold one JSON object.`);
}
