import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';

const MISTAKE = 2;
const INTEGER = /^\d+$/;

/**
 * The flags of a script's command line, as `parseArgs` gives them. A flag whose default is a number
 * takes an integer. `--help` prints the usage and ends the process; what is no flag, or no value of
 * one, ends it with code 2 and one line before the usage.
 */
export function readFlags<const Options extends ParseArgsOptionsConfig>(
  usage: string,
  options: Options,
) {
  const help = { type: 'boolean', short: 'h', default: false } as const;
  const { values } = parse(usage, { ...options, help });
  if ((values as { help?: boolean }).help) {
    process.stdout.write(`Usage: ${usage}\n`);
    process.exit();
  }
  for (const [name, { default: usual }] of Object.entries(options)) {
    const value = (values as Record<string, unknown>)[name];
    const isNumber = typeof usual === 'string' && INTEGER.test(usual);
    if (isNumber && !INTEGER.test(String(value))) {
      refuse(usage, `--${name} takes an integer, not '${value}'.`);
    }
  }
  return values;
}

function parse<Options extends ParseArgsOptionsConfig>(usage: string, options: Options) {
  try {
    return parseArgs({ options });
  } catch (error) {
    return refuse(usage, (error as Error).message);
  }
}

function refuse(usage: string, message: string): never {
  process.stderr.write(`${message}\nUsage: ${usage}\n`);
  process.exit(MISTAKE);
}
