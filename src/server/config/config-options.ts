/** The one table of options: flags, variables, file keys and every text about them follow from it. */
import { isIP } from 'node:net';
import { logLevels } from '#log.ts';

/** Where the value of an option may come from, strongest first. */
export type OptionSource = 'flag' | 'variable' | 'file';

/** What an option holds once it is parsed; `undefined` where it is not given and has no default. */
export type OptionValue = string | number | boolean | readonly string[] | undefined;

/** One option as the operator meets it, on the command line, in the environment or in the file. */
export interface ConfigOption {
  /** The name as a flag, without its dashes; variable and file key are derived from it. */
  readonly flag: string;
  readonly short?: string;
  /** A path in the config file is taken from the file's folder; a switch is true or false. */
  readonly kind: 'text' | 'path' | 'port' | 'switch';
  /** Lists may repeat as flags, have commas in a variable, and are arrays in the file. */
  readonly isList?: true;
  /** What stands for the value in the help text, such as `FILE`. */
  readonly placeholder?: string;
  readonly choices?: readonly string[];
  /** Whether one text is a value; `must` completes the sentence "--flag must be ..." if not. */
  readonly accepts?: (text: string) => boolean;
  readonly must?: string;
  /** A secret value is not repeated in messages. */
  readonly isSecret?: true;
  /** All three where it is absent. */
  readonly sources?: readonly OptionSource[];
  readonly fallback?: OptionValue;
  /** One sentence for the help text and the reference page. */
  readonly about: string;
}

export const configOptions: readonly ConfigOption[] = [
  {
    flag: 'mode',
    kind: 'text',
    choices: ['emulator', 'directory'],
    fallback: 'emulator',
    about: 'A test bench with a seeded company, or a durable staff directory.',
  },
  {
    flag: 'host',
    kind: 'text',
    placeholder: 'NAME',
    accepts: isHost,
    must: 'a host name or an IP address',
    fallback: '127.0.0.1',
    about: 'The host name or IP address to listen on.',
  },
  {
    flag: 'port',
    kind: 'port',
    placeholder: 'NUMBER',
    must: 'a whole number from 0 to 65535',
    fallback: 8443,
    about: 'The port for HTTPS and HTTP; 0 picks a free one.',
  },
  {
    flag: 'data-dir',
    kind: 'path',
    placeholder: 'FOLDER',
    fallback: '.kith',
    about: 'The folder for the database, photos, keys and certificates.',
  },
  {
    flag: 'store',
    kind: 'text',
    placeholder: 'URL',
    accepts: isPostgresUrl,
    must: 'a URL that starts with postgres:// or postgresql://',
    isSecret: true,
    about: 'The PostgreSQL database to keep people in; SQLite in the data folder if not given.',
  },
  {
    flag: 'blobs',
    kind: 'text',
    placeholder: 'URL',
    accepts: isBucketUrl,
    must: 'a URL such as s3://bucket/prefix?endpoint=https://storage.example.org',
    about:
      'The S3 bucket to keep the bytes of photos in; a folder in the data folder if not given.',
  },
  {
    flag: 'seed',
    kind: 'path',
    isList: true,
    placeholder: 'FILE',
    fallback: [],
    about: 'A JSON Lines file of entities to start with; may repeat.',
  },
  {
    flag: 'model',
    kind: 'path',
    placeholder: 'FILE',
    about: 'A CSDL file, XML or JSON, with a model to serve in place of the people model.',
  },
  {
    flag: 'behaviour',
    kind: 'path',
    placeholder: 'FILE',
    about: 'A TypeScript file with functions and rules for the model.',
  },
  {
    flag: 'fidelity',
    kind: 'text',
    choices: ['pages', 'graph', 'odata'],
    fallback: 'pages',
    about: "Whose answers win where they differ: the contract's pages, live Graph, or plain OData.",
  },
  {
    flag: 'anonymous',
    kind: 'switch',
    fallback: false,
    about: 'Answer requests without a token, in emulator mode only.',
  },
  {
    flag: 'initials',
    kind: 'switch',
    fallback: false,
    about: 'Show people without a photo by their initials, in directory mode only.',
  },
  {
    flag: 'allow-remote',
    kind: 'switch',
    fallback: false,
    about: 'Let the emulator listen beyond this machine.',
  },
  {
    flag: 'cert',
    kind: 'path',
    placeholder: 'FILE',
    about: 'A PEM certificate chain to use in place of the self-made one; needs --key.',
  },
  {
    flag: 'key',
    kind: 'path',
    placeholder: 'FILE',
    about: 'The PEM private key of --cert.',
  },
  {
    flag: 'origin',
    kind: 'text',
    isList: true,
    placeholder: 'URL',
    accepts: isOrigin,
    must: 'an origin such as https://people.example.org',
    fallback: [],
    about:
      'The origins under which clients reach Kith beside this machine; the first is in tokens.',
  },
  {
    flag: 'issuers',
    kind: 'path',
    placeholder: 'FILE',
    about: 'A JSON file of other issuers whose tokens a directory accepts.',
  },
  {
    flag: 'trust-proxy',
    kind: 'text',
    isList: true,
    placeholder: 'LIST',
    accepts: isProxyRange,
    must: 'a list of IP addresses, CIDR ranges, loopback, linklocal or uniquelocal',
    fallback: [],
    about: 'The proxies whose X-Forwarded headers count, with commas between them.',
  },
  {
    flag: 'log-level',
    kind: 'text',
    choices: logLevels,
    fallback: 'info',
    about: 'How much is written to stderr.',
  },
  {
    flag: 'config',
    kind: 'path',
    placeholder: 'FILE',
    sources: ['flag', 'variable'],
    about: 'A JSON file of options; kith.config.json is read if it exists.',
  },
  {
    flag: 'help',
    short: 'h',
    kind: 'switch',
    sources: ['flag'],
    fallback: false,
    about: 'Print this text.',
  },
  {
    flag: 'version',
    short: 'v',
    kind: 'switch',
    sources: ['flag'],
    fallback: false,
    about: 'Print the version.',
  },
];

/** The key in the config file and in `Config`: `data-dir` becomes `dataDir`. */
export function keyOf(option: ConfigOption): string {
  return option.flag.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** The environment variable: `data-dir` becomes `KITH_DATA_DIR`. */
export function variableOf(option: ConfigOption): string {
  return `KITH_${option.flag.replaceAll('-', '_').toUpperCase()}`;
}

/** Whether the option may be given in that way. */
export function hasSource(option: ConfigOption, source: OptionSource): boolean {
  return option.sources?.includes(source) ?? true;
}

function isHost(text: string): boolean {
  return (
    isIP(text) !== 0 || (text.length <= 253 && /^[a-z0-9_]([a-z0-9._-]*[a-z0-9])?$/i.test(text))
  );
}

function isOrigin(text: string): boolean {
  return /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}

function isPostgresUrl(text: string): boolean {
  return /^postgres(ql)?:\/\//i.test(text) && URL.canParse(text);
}

function isBucketUrl(text: string): boolean {
  if (!/^s3:\/\/[a-z0-9][a-z0-9.-]+[a-z0-9]([/?]|$)/.test(text) || !URL.canParse(text))
    return false;
  const { searchParams } = new URL(text);
  const endpoint = searchParams.get('endpoint');
  const isKnown = [...searchParams.keys()].every((name) => ['endpoint', 'region'].includes(name));
  return (
    isKnown && (endpoint === null || (/^https?:\/\//.test(endpoint) && URL.canParse(endpoint)))
  );
}

function isProxyRange(text: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(text)) return true;
  const [address = '', prefix, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  if (prefix === undefined) return true;
  return /^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128);
}
