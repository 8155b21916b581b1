import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Config, isLoopback, readConfig } from './config.ts';
import { ConfigError } from './config-error.ts';

type Files = Readonly<Record<string, string>>;

interface Given {
  readonly argv?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly files?: Files;
}

function read({ argv = '', env = {}, files = {} }: Given): Config {
  return readConfig(argv.split(' ').filter(Boolean), env, (path) => {
    const text = files[path];
    if (text !== undefined) return text;
    throw Object.assign(new Error(`no such file: ${path}`), { code: 'ENOENT' });
  });
}

const DEFAULT_FILE = 'kith.config.json';

test('without flags, variables and a file every option has its default', () => {
  assert.deepEqual(
    { ...read({}) },
    {
      command: 'serve',
      mode: 'emulator',
      host: '127.0.0.1',
      port: 8443,
      dataDir: '.kith',
      store: undefined,
      blobs: undefined,
      seed: [],
      model: undefined,
      behaviour: undefined,
      fidelity: 'pages',
      anonymous: false,
      initials: false,
      allowRemote: false,
      cert: undefined,
      key: undefined,
      origin: [],
      issuers: undefined,
      trustProxy: [],
      logLevel: 'info',
      config: undefined,
    },
  );
});

const everyOption: readonly [key: keyof Config, flag: string, variable: string, file: unknown][] = [
  ['mode', 'emulator', 'directory', 'directory'],
  ['host', '127.0.0.2', '127.0.0.3', 'localhost'],
  ['port', '1', '2', 3],
  ['dataDir', 'a', 'b', 'c'],
  ['store', 'postgres://a/x', 'postgresql://b/x', 'postgres://c/x'],
  ['seed', 'a.jsonl', 'b.jsonl,bb.jsonl', ['c.jsonl']],
  ['model', 'a.xml', 'b.xml', 'c.xml'],
  ['behaviour', 'a.ts', 'b.ts', 'c.ts'],
  ['fidelity', 'graph', 'odata', 'pages'],
  ['origin', 'https://a.example', 'https://b.example:8', ['http://c.example']],
  ['issuers', 'a.json', 'b.json', 'c.json'],
  ['trustProxy', '10.0.0.1,10.0.0.2', 'loopback', ['10.0.0.0/8']],
  ['logLevel', 'debug', 'warn', 'error'],
];

for (const [key, flag, variable, file] of everyOption) {
  test(`${key} comes from the flag, else the variable, else the file`, () => {
    const kebab = key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    const name = `KITH_${kebab.replaceAll('-', '_').toUpperCase()}`;
    const files = { [DEFAULT_FILE]: JSON.stringify({ [key]: file }) };
    const env = { [name]: variable };
    const asValue = (text: string) => {
      if (key === 'port') return Number(text);
      return ['seed', 'origin', 'trustProxy'].includes(key) ? text.split(',') : text;
    };
    assert.deepEqual(read({ argv: `--${kebab} ${flag}`, env, files })[key], asValue(flag));
    assert.deepEqual(read({ env, files })[key], asValue(variable));
    assert.deepEqual(read({ files })[key], file);
  });
}

test('a switch is set by a flag, a variable or the file, and taken back by its --no- flag', () => {
  const files = { [DEFAULT_FILE]: '{ "anonymous": true }' };
  assert.equal(read({ files }).anonymous, true);
  assert.equal(read({ files, env: { KITH_ANONYMOUS: 'false' } }).anonymous, false);
  assert.equal(read({ env: { KITH_ANONYMOUS: '1' } }).anonymous, true);
  assert.equal(read({ files, argv: '--no-anonymous' }).anonymous, false);
  assert.equal(read({ argv: '--anonymous' }).anonymous, true);
});

test('certificate and key are taken together', () => {
  const { cert, key } = read({ argv: '--cert c.pem', env: { KITH_KEY: 'k.pem' } });
  assert.deepEqual([cert, key], ['c.pem', 'k.pem']);
});

test('serve may stand first, and flags may repeat', () => {
  assert.deepEqual(read({ argv: 'serve --seed a,1 --seed=b' }).seed, ['a,1', 'b']);
  assert.equal(read({ argv: '--port 1 --port 2' }).port, 2);
});

test('paths in a config file start from its folder, and others stay as they are', () => {
  const files = { 'etc/k.json': '{ "dataDir": "people", "seed": ["/s", "t"], "host": "::1" }' };
  const config = read({ files, argv: '--config etc/k.json --cert c --key k' });
  assert.equal(config.dataDir, 'etc/people');
  assert.deepEqual(config.seed, ['/s', 'etc/t']);
  assert.equal(config.cert, 'c');
  assert.equal(config.host, '::1');
  assert.equal(read({ files, env: { KITH_CONFIG: 'etc/k.json' } }).dataDir, 'etc/people');
});

test('an empty variable, and a port that Kubernetes sets for a service, count as not set', () => {
  const env = { KITH_HOST: '', KITH_PORT: 'tcp://10.96.0.7:8443' };
  assert.deepEqual([read({ env }).host, read({ env }).port], ['127.0.0.1', 8443]);
});

test('help and version are given even where the rest is wrong', () => {
  const wrong = { env: { KITH_PORT: 'x' }, files: { [DEFAULT_FILE]: '{' } };
  assert.equal(read({ ...wrong, argv: '--help' }).command, 'help');
  assert.equal(read({ ...wrong, argv: '-h' }).command, 'help');
  assert.equal(read({ ...wrong, argv: 'serve --version' }).command, 'version');
});

test('the configuration and its lists cannot be changed', () => {
  const config = read({ argv: '--seed a' });
  assert.ok(Object.isFrozen(config) && Object.isFrozen(config.seed));
});

const refusals: readonly (Given & { readonly sentence: string })[] = [
  { argv: '--prot 1', sentence: 'Kith knows no flag --prot; kith --help lists them all.' },
  { argv: '-p 1', sentence: 'Kith knows no flag -p; kith --help lists them all.' },
  { argv: '--no-port', sentence: 'Kith knows no flag --no-port; kith --help lists them all.' },
  { argv: 'start', sentence: 'Kith knows no command "start"; it takes serve and flags.' },
  { argv: 'serve x', sentence: 'Kith knows no command "x"; it takes serve and flags.' },
  { argv: '--host', sentence: '--host needs a value.' },
  { argv: '--host --port 1', sentence: '--host needs a value.' },
  { argv: '--anonymous=yes', sentence: '--anonymous takes no value.' },
  {
    env: { KITH_ANONYMOUS: 'yes' },
    sentence: 'KITH_ANONYMOUS must be true or false, not "yes".',
  },
  { argv: '--port x', sentence: '--port must be a whole number from 0 to 65535, not "x".' },
  { argv: '--port 65536', sentence: '--port must be a whole number from 0 to 65535, not "65536".' },
  { argv: '--port=-1', sentence: '--port must be a whole number from 0 to 65535, not "-1".' },
  {
    files: { [DEFAULT_FILE]: '{ "port": "80" }' },
    sentence: '"port" in kith.config.json must be a whole number from 0 to 65535, not "80".',
  },
  { argv: '--mode x', sentence: '--mode must be emulator or directory, not "x".' },
  { argv: '--fidelity x', sentence: '--fidelity must be pages, graph, or odata, not "x".' },
  { argv: '--host a/b', sentence: '--host must be a host name or an IP address, not "a/b".' },
  { argv: '--data-dir=', sentence: '--data-dir must be a text that is not empty.' },
  {
    argv: '--store mysql://u:secret@h/x',
    sentence: '--store must be a URL that starts with postgres:// or postgresql://.',
  },
  {
    env: { KITH_TRUST_PROXY: '10.0.0.0/8,proxy' },
    sentence:
      'KITH_TRUST_PROXY must be a list of IP addresses, CIDR ranges, loopback, linklocal or ' +
      'uniquelocal, not "proxy".',
  },
  {
    argv: '--trust-proxy 10.0.0.0/33',
    sentence:
      '--trust-proxy must be a list of IP addresses, CIDR ranges, loopback, linklocal or ' +
      'uniquelocal, not "10.0.0.0/33".',
  },
  {
    argv: '--host 0.0.0.0',
    sentence:
      'The emulator would be open to other machines on 0.0.0.0; add --allow-remote if it should be.',
  },
  {
    argv: '--mode directory --anonymous',
    sentence: '--anonymous works in emulator mode only; a directory asks for tokens.',
  },
  {
    argv: '--initials',
    sentence: '--initials works in directory mode only; the emulator answers as Graph.',
  },
  { argv: '--cert c', sentence: '--cert needs --key, the private key of the certificate.' },
  { argv: '--key k', sentence: '--key needs --cert, the certificate of the key.' },
  { argv: '--config x.json', sentence: 'The config file x.json does not exist.' },
  {
    files: { [DEFAULT_FILE]: '[]' },
    sentence: 'The config file kith.config.json must hold one JSON object.',
  },
  {
    files: { [DEFAULT_FILE]: '{ "data-dir": "x" }' },
    sentence: 'The config file kith.config.json has an unknown key "data-dir".',
  },
  {
    files: { [DEFAULT_FILE]: '{ "config": "x" }' },
    sentence: 'The config file kith.config.json has an unknown key "config".',
  },
  {
    files: { [DEFAULT_FILE]: '{ "seed": "x" }' },
    sentence: '"seed" in kith.config.json must be an array of strings.',
  },
];

for (const { sentence, ...given } of refusals) {
  test(`a wrong start is refused: ${sentence}`, () => {
    assert.throws(
      () => read(given),
      (error) => error instanceof ConfigError && error.message === sentence,
    );
  });
}

test('a file that is not JSON is refused with its name', () => {
  assert.throws(() => read({ files: { [DEFAULT_FILE]: '{' } }), {
    name: 'ConfigError',
    message: /^The config file kith\.config\.json is not JSON: /,
  });
});

test('a file that is there but cannot be read is refused', () => {
  const readFile = () => {
    throw Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' });
  };
  assert.throws(() => readConfig([], {}, readFile), {
    name: 'ConfigError',
    message: 'The config file kith.config.json cannot be read: EACCES: permission denied.',
  });
});

test('a directory, and an emulator that may, listen beyond this machine', () => {
  assert.equal(read({ argv: '--mode directory --host 0.0.0.0' }).host, '0.0.0.0');
  assert.equal(read({ argv: '--allow-remote --host ::' }).host, '::');
});

test('loopback is localhost, 127.0.0.0/8 and ::1, however it is written', () => {
  for (const host of [
    'localhost',
    'LOCALHOST',
    '127.0.0.1',
    '127.9.9.9',
    '::1',
    '0:0:0:0:0:0:0:1',
  ]) {
    assert.ok(isLoopback(host), host);
  }
  for (const host of ['0.0.0.0', '::', '10.0.0.1', 'example.com', '127.0.0.1.example.com']) {
    assert.ok(!isLoopback(host), host);
  }
});
