import { createHash } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { systemClock } from '#clock.ts';
import { Refusal } from '#errors.ts';
import { newId } from '#ids.ts';
import type { BlobPlace, TidyBlobs } from '#plan/blobs.ts';

const NAME = /^[\w-]{43}$/;
/** The part of a name that a folder has. */
const PART = /^[\w-]{2}$/;
/** Where blobs are written before they have their name. */
const UNFINISHED = 'unfinished';
/** Where blobs are that are about to go. */
const DISCARDED = 'discarded';

/**
 * Opens a folder of blobs, making it where it is missing: each is a file named by its hash, two
 * folders deep. What an earlier process has left unfinished is removed, so the folder must belong
 * to this process alone. It refuses with 507 where the disk is full, and with 503 what else it does
 * not do.
 */
export async function openBlobFolder(path: string, clock = systemClock): Promise<TidyBlobs> {
  const folder = resolve(path);
  await rm(join(folder, UNFINISHED), { recursive: true, force: true });
  await makeFolder(join(folder, UNFINISHED));
  await makeFolder(join(folder, DISCARDED));
  return {
    put: (bytes) => put(folder, bytes).catch(refuse),
    get: (name) => get(folder, name).catch(refuse),
    list: (place) => (place === 'kept' ? listKept(folder) : listFiles(join(folder, DISCARDED))),
    move: (name, to) => move(folder, { name, to, now: clock.now() }).catch(refuse),
    remove: (name) => rm(join(folder, DISCARDED, name), { force: true }).catch(refuse),
  };
}

/** A file has its name only once its bytes are on disk, and the name is before this resolves. */
async function put(folder: string, bytes: Uint8Array): Promise<string> {
  const name = createHash('sha256').update(bytes).digest('base64url');
  const { parent, path } = placeOf(folder, name);
  if (await isThere(path, bytes.length)) return name;
  const unfinished = join(folder, UNFINISHED, newId());
  try {
    const file = await open(unfinished, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await makeFolder(parent);
    await rename(unfinished, path);
  } finally {
    await rm(unfinished, { force: true });
  }
  await syncFolder(parent);
  return name;
}

async function get(folder: string, name: string): Promise<Uint8Array | undefined> {
  // A name comes from the store; one of another shape must not lead out of the folder.
  if (!NAME.test(name)) return undefined;
  for (const path of [placeOf(folder, name).path, join(folder, DISCARDED, name)]) {
    try {
      return await readFile(path);
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  }
  return undefined;
}

/** What is at a place is there since its file was last touched. */
async function move(
  folder: string,
  { name, to, now }: { name: string; to: BlobPlace; now: number },
): Promise<void> {
  const { parent, path: kept } = placeOf(folder, name);
  const discarded = join(folder, DISCARDED, name);
  const [from, into] = to === 'discarded' ? [kept, discarded] : [discarded, kept];
  try {
    await utimes(from, now / 1000, now / 1000);
    if (to === 'kept') await makeFolder(parent);
    await rename(from, into);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

/** Walks the two levels of folders, one after another. */
async function* listKept(folder: string) {
  for (const first of await namesIn(folder)) {
    if (!PART.test(first)) continue;
    for (const second of await namesIn(join(folder, first))) {
      yield* listFiles(join(folder, first, second));
    }
  }
}

async function* listFiles(folder: string) {
  for (const name of await namesIn(folder)) {
    if (!NAME.test(name)) continue;
    const found = await stat(join(folder, name)).catch(() => undefined);
    if (found) yield { name, since: found.mtimeMs };
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch {
    return [];
  }
}

function placeOf(folder: string, name: string): { readonly parent: string; readonly path: string } {
  const parent = join(folder, name.slice(0, 2), name.slice(2, 4));
  return { parent, path: join(parent, name) };
}

/** Whether a file of that length stands there: one that the system has cut is written again. */
async function isThere(path: string, length: number): Promise<boolean> {
  try {
    return (await stat(path)).size === length;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** Makes a folder and those above it that are missing, durably. */
async function makeFolder(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true, mode: 0o700 });
  if (first === undefined) return;
  for (let made = path; made.length >= first.length; made = join(made, '..')) {
    await syncFolder(join(made, '..'));
  }
}

/** Where folders cannot be opened, as on Windows, the system itself keeps names durable. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function refuse(cause: NodeJS.ErrnoException): never {
  if (cause.code === 'ENOSPC' || cause.code === 'EDQUOT') {
    throw new Refusal('storeFull', 'The store is full.', { cause });
  }
  const headers = { 'Retry-After': '5' };
  throw new Refusal('unavailable', 'The store does not answer.', { cause, headers });
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}
