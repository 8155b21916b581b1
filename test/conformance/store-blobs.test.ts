import assert from 'node:assert/strict';
import { chmod, mkdtemp, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Refusal } from '#errors.ts';
import { openBlobFolder } from '#store/blob-folder.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
// The SHA-256 of no bytes at all, as base64url.
const EMPTY = '47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU';

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'kith-blobs-'));
  try {
    await work(join(folder, 'blobs'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((each) => each.isFile()).map(({ name }) => name);
}

test('bytes are kept under their hash and given back, also to who opens the folder later', () =>
  inFolder(async (folder) => {
    const blobs = await openBlobFolder(folder);
    assert.equal(await blobs.put(new Uint8Array()), EMPTY);
    const name = await blobs.put(bytes('a picture'));
    const later = await openBlobFolder(folder);
    assert.deepEqual(Buffer.from((await later.get(name))!), Buffer.from('a picture'));
    assert.equal((await later.get(EMPTY))?.length, 0);
    assert.deepEqual((await filesIn(folder)).sort(), [EMPTY, name].sort());
    const mode = (await stat(join(folder, name.slice(0, 2), name.slice(2, 4), name))).mode;
    assert.equal(mode & 0o077, 0, 'nobody else may read it');
  }));

test('the same bytes, put many times at once, are one file', () =>
  inFolder(async (folder) => {
    const blobs = await openBlobFolder(folder);
    const names = await Promise.all(Array.from({ length: 20 }, () => blobs.put(bytes('same'))));
    assert.equal(new Set(names).size, 1);
    assert.deepEqual(await filesIn(folder), [names[0]]);
  }));

test('a name that is none, or leads elsewhere, has no bytes', () =>
  inFolder(async (folder) => {
    const blobs = await openBlobFolder(folder);
    await writeFile(join(folder, 'secret'), 'secret');
    for (const name of ['', 'x', '../secret', '/../../secret'.padStart(43, '.'), EMPTY]) {
      assert.equal(await blobs.get(name), undefined, name);
    }
  }));

test('what was left unfinished goes, and what is cut is written again', () =>
  inFolder(async (folder) => {
    const name = await (await openBlobFolder(folder)).put(bytes('a picture'));
    await writeFile(join(folder, 'unfinished', 'torn'), 'a pic');
    await truncate(join(folder, name.slice(0, 2), name.slice(2, 4), name), 3);
    const blobs = await openBlobFolder(folder);
    await blobs.put(bytes('a picture'));
    assert.deepEqual(Buffer.from((await blobs.get(name))!), Buffer.from('a picture'));
    assert.deepEqual(await filesIn(folder), [name]);
  }));

test('a folder that takes nothing is refused as unavailable', () =>
  inFolder(async (folder) => {
    const blobs = await openBlobFolder(folder);
    await rm(join(folder, 'unfinished'), { recursive: true });
    await writeFile(join(folder, 'unfinished'), 'in the way');
    await chmod(folder, 0o500);
    await assert.rejects(
      blobs.put(bytes('a picture')),
      (error) => error instanceof Refusal && error.refusal === 'unavailable',
    );
    await chmod(folder, 0o700);
  }));
