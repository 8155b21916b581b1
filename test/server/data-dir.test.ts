import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { openDataDir } from '#server/data-dir.ts';
import { makeScratchFolder } from './scratch-folder.ts';

/** Another process that holds the folder until it is killed. */
async function startHolder(path: string): Promise<ChildProcess> {
  const program = `
    import { openDataDir } from '#server/data-dir.ts';
    await openDataDir(${JSON.stringify(path)});
    process.stdout.write('held');
    setInterval(() => {}, 1000);
  `;
  const cwd = join(import.meta.dirname, '../..');
  const holder = spawn(process.execPath, ['--input-type=module', '-e', program], {
    cwd,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(holder.stdout!, 'data');
  return holder;
}

test('a second process is told who has the folder, and gets it once that is killed', async () => {
  await using scratch = await makeScratchFolder();
  const path = join(scratch.path, 'people');
  const holder = await startHolder(path);
  try {
    const message =
      `The data folder ${path} is in use by process ${holder.pid}; ` +
      'stop it, or choose another with --data-dir.';
    await assert.rejects(openDataDir(path), { name: 'ConfigError', message });
  } finally {
    holder.kill('SIGKILL');
    await once(holder, 'exit');
  }
  await using dataDir = await openDataDir(path);
  assert.equal(dataDir.path, path);
});

test('somebody who just reads the owner does not cost a start its folder', async () => {
  await using scratch = await makeScratchFolder();
  await (await openDataDir(scratch.path)).close();
  const program = `
    import { DatabaseSync } from 'node:sqlite';
    const lock = new DatabaseSync(${JSON.stringify(join(scratch.path, 'lock'))});
    lock.exec('BEGIN');
    lock.prepare('SELECT pid FROM owner').get();
    process.stdout.write('reading');
    setTimeout(() => lock.close(), 300);
  `;
  const reader = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(reader, 'exit');
  await once(reader.stdout!, 'data');
  await using dataDir = await openDataDir(scratch.path);
  assert.equal(dataDir.path, scratch.path);
  await ended;
});

test('a folder is locked within one process too, and free again once it is closed', async () => {
  await using scratch = await makeScratchFolder();
  const first = await openDataDir(scratch.path);
  const inUse = new RegExp(`in use by process ${process.pid};`);
  await assert.rejects(openDataDir(scratch.path), { message: inUse });
  // The refused attempt must not have loosened the lock.
  await assert.rejects(openDataDir(scratch.path), { message: inUse });
  await first.close();
  await first.close();
  await using second = await openDataDir(scratch.path);
  assert.equal(second.path, scratch.path);
});

test('a new folder is for its owner only', async () => {
  await using scratch = await makeScratchFolder();
  await using dataDir = await openDataDir(join(scratch.path, 'a', 'b'));
  assert.equal((await stat(dataDir.path)).mode & 0o777, 0o700);
});

test('a place that takes no folders is refused, not tried for ever', {
  skip: process.platform === 'linux' ? false : '/proc is a place of Linux',
}, async () => {
  await assert.rejects(openDataDir('/proc/kith/people'), {
    name: 'ConfigError',
    message: /^The data folder \/proc\/kith\/people cannot be made: ENOENT/,
  });
});

test('a path that is a file is refused with its name', async () => {
  await using scratch = await makeScratchFolder();
  const path = join(scratch.path, 'file');
  await writeFile(path, '');
  await assert.rejects(openDataDir(path), {
    name: 'ConfigError',
    message: new RegExp(`^The data folder ${path} cannot be made: `),
  });
});

test('a lock file that is no lock is refused, not overwritten', async () => {
  await using scratch = await makeScratchFolder();
  await writeFile(join(scratch.path, 'lock'), 'somebody else wrote this file\n'.repeat(40));
  await assert.rejects(openDataDir(scratch.path), {
    name: 'ConfigError',
    message: /^The data folder .* cannot be locked: /,
  });
});
