import { cp, mkdtemp, rm, stat, statfs } from 'node:fs/promises';
import { freemem } from 'node:os';
import { join } from 'node:path';
import type { CompanyStore } from './company-store.ts';

/** A copy of a company's store that goes when it is no longer needed. */
export type StoreCopy = CompanyStore & AsyncDisposable;

/** Files here are memory: the system can't take their pages back as it does those of a disk. */
const MEMORY_FOLDER = '/dev/shm';
/** What is left to everything else beside a copy of the store, by the size of the store. */
const ROOM = 1.5;

/**
 * The same store in memory, so that what is measured is Kith and not the disk; nothing where the
 * system has no such folder or too little memory.
 */
export async function copyToMemory(store: CompanyStore): Promise<StoreCopy | undefined> {
  const { size } = await stat(join(store.dataDir, 'kith.sqlite'));
  const { bavail, bsize } = await statfs(MEMORY_FOLDER).catch(() => ({ bavail: 0, bsize: 0 }));
  if (Math.min(bavail * bsize, freemem()) < size * ROOM) return undefined;
  const folder = await mkdtemp(join(MEMORY_FOLDER, 'kith-bench-'));
  const dataDir = join(folder, 'data');
  await cp(store.dataDir, dataDir, { recursive: true });
  const remove = () => rm(folder, { recursive: true, force: true });
  return { ...store, dataDir, [Symbol.asyncDispose]: remove };
}
