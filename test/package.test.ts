import assert from 'node:assert/strict';
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'kith-package-'));
const home = join(folder, 'empty');
const command = join(home, 'node_modules', '.bin', 'kith');
const readyMillisecondsMax = 20_000;
const endMillisecondsMax = 5_000;
let stray: ChildProcess | undefined;

/** What a user's shell has: without the checkout's own programs that npm puts first in PATH. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const { PATH = '', ...rest } = process.env;
  const kept = PATH.split(':').filter((entry) => !entry.includes('node_modules'));
  const names = Object.keys(rest).filter((name) => !/^(npm_|KITH_|NODE_)/.test(name));
  return { ...Object.fromEntries(names.map((name) => [name, rest[name]])), PATH: kept.join(':') };
}

async function npm(cwd: string, ...flags: string[]): Promise<string> {
  const quiet = ['--no-audit', '--no-fund', '--prefer-offline'];
  const { stdout } = await run('npm', [...flags, ...quiet], { cwd, env: plainEnvironment() });
  return stdout;
}

interface Running {
  readonly child: ChildProcess;
  readonly lines: string[];
  readonly port: string;
}

/** Starts the installed program; resolves once it has said that it is ready. */
function start(): Promise<Running> {
  const flags = ['--port', '0', '--data-dir', join(folder, 'data')];
  const env = { ...plainEnvironment(), KITH_TEST_MARK: process.env.KITH_TEST_MARK };
  const child = spawn(command, flags, { cwd: home, env, stdio: ['ignore', 'pipe', 'pipe'] });
  stray = child;
  let output = '';
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    log += chunk;
  });
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`kith ${why}.\n${output}\n${log}`));
    const timer = setTimeout(() => fail('is not ready in time'), readyMillisecondsMax);
    child.on('error', reject);
    child.on('exit', (code) => fail(`ended with ${code} before it was ready`));
    const lines: string[] = [];
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      lines.splice(0, lines.length, ...output.split('\n').slice(0, -1));
      const port = /^Kith is ready at https:\/\/localhost:(\d+)$/m.exec(output)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve({ child, lines, port });
    });
  });
}

describe('the package', {
  skip: process.platform === 'win32' && 'starts by its shell name',
}, () => {
  after(() => {
    stray?.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  test('is made of built JavaScript', async () => {
    await npm(root, 'pack', '--pack-destination', folder);
    const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const tarball = join(folder, `${name}-${version}.tgz`);
    const { stdout } = await run('tar', ['-tzf', tarball]);
    const files = stdout.trim().split('\n');
    for (const file of ['dist/main.js', 'bin/kith.js', 'LICENSE', 'README.md', 'package.json']) {
      assert.ok(files.includes(`package/${file}`), `${file} is missing from\n${stdout}`);
    }
    assert.deepEqual(
      files.filter((file) => /\.ts$|^package\/(src|test|bench)\//.test(file)),
      [],
    );
    mkdirSync(home);
    writeFileSync(join(home, 'package.json'), '{ "private": true }\n');
    await npm(home, 'install', tarball);
  });

  test('starts, answers over plain HTTP and ends on SIGTERM', async () => {
    const { child, lines, port } = await start();
    const answer = await fetch(`http://localhost:${port}/_kith/live`);
    assert.equal(answer.status, 200);
    await answer.arrayBuffer();
    const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
      child.on('exit', (code, signal) => resolve({ code, signal }));
    });
    const asked = performance.now();
    child.kill('SIGTERM');
    assert.deepEqual(await ended, { code: 0, signal: null });
    assert.ok(performance.now() - asked < endMillisecondsMax, 'it took more than 5 s to end');
    assert.deepEqual(lines, [`Kith is ready at https://localhost:${port}`]);
  });
});
