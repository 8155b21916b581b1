import { isAbsolute, join } from 'node:path';
import { ConfigError } from './config-error.ts';
import type { ConfigOption, OptionSource, OptionValue } from './config-options.ts';

/** A value as it was given: not yet checked, with the name that a message calls it by. */
export interface GivenValue {
  readonly source: OptionSource;
  /** `--port`, `KITH_PORT` or `"port" in kith.config.json`. */
  readonly name: string;
  readonly value: unknown;
  /** The folder that relative paths start from, where it is not the working directory. */
  readonly folder?: string;
}

/** Turns one given value into what `Config` holds. Throws ConfigError with one sentence. */
export function parseOption(option: ConfigOption, given: GivenValue): OptionValue {
  if (option.isList) {
    return Object.freeze(splitList(option, given).map((item) => parseText(option, given, item)));
  }
  if (option.kind === 'switch') return parseSwitch(given);
  if (option.kind === 'port') return parsePort(option, given);
  return parseText(option, given, given.value);
}

/** A variable is split at its commas; a flag only if its items are no paths, as it may repeat. */
function splitList(option: ConfigOption, given: GivenValue): unknown[] {
  const { source, value } = given;
  if (source === 'file') {
    if (Array.isArray(value)) return value;
    throw new ConfigError(`${given.name} must be an array of strings.`);
  }
  const texts = (Array.isArray(value) ? value : [value]) as string[];
  if (source === 'flag' && option.kind === 'path') return texts;
  const items = texts.flatMap((text) => text.split(',')).map((item) => item.trim());
  return items.filter((item) => item !== '');
}

function parseText(option: ConfigOption, given: GivenValue, value: unknown): string {
  if (typeof value !== 'string' || value === '') {
    throw new ConfigError(`${given.name} must be ${option.must ?? 'a text that is not empty'}.`);
  }
  if (option.choices && !option.choices.includes(value)) {
    const choices = new Intl.ListFormat('en', { type: 'disjunction' }).format(option.choices);
    throw new ConfigError(`${given.name} must be ${choices}, not "${value}".`);
  }
  if (option.accepts && !option.accepts(value)) {
    const refused = option.isSecret ? '' : `, not "${value}"`;
    throw new ConfigError(`${given.name} must be ${option.must}${refused}.`);
  }
  const isMoved = option.kind === 'path' && given.folder !== undefined && !isAbsolute(value);
  return isMoved ? join(given.folder, value) : value;
}

function parsePort(option: ConfigOption, given: GivenValue): number {
  const { source, value } = given;
  const isNumber = source === 'file' ? Number.isInteger(value) : /^\d{1,5}$/.test(String(value));
  const port = Number(value);
  if (isNumber && port >= 0 && port <= 65535) return port;
  throw new ConfigError(`${given.name} must be ${option.must}, not ${JSON.stringify(value)}.`);
}

function parseSwitch(given: GivenValue): boolean {
  const { source, value } = given;
  if (typeof value === 'boolean') return value;
  if (source === 'variable' && (value === 'true' || value === '1')) return true;
  if (source === 'variable' && (value === 'false' || value === '0')) return false;
  throw new ConfigError(`${given.name} must be true or false, not ${JSON.stringify(value)}.`);
}
