import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startKith } from '../running-kith.ts';

/** What the test files of one run share, so that a server starts in a third of the time. */
export interface SharedProgram {
  /** Variables by which `startKith` finds it. */
  readonly env: Readonly<Record<string, string>>;
  remove(): void;
}

/**
 * Bundles the program as `npm pack` does, and lets it seed a data folder that servers begin with a
 * copy of. A test file that is run alone does without: it starts the source.
 */
export async function shareProgram(root: string): Promise<SharedProgram> {
  // Inside the repository, from where the bundle finds its packages.
  mkdirSync(join(root, '.cache'), { recursive: true });
  const folder = mkdtempSync(join(root, '.cache', 'tests-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const [program, seeded] = [join(folder, 'program'), join(folder, 'seeded')];
    const build = join(root, 'scripts', 'build.ts');
    await promisify(execFile)(process.execPath, [build, root, program]);
    const env = { KITH_TEST_PROGRAM: join(program, 'main.js'), KITH_TEST_SEEDED: seeded };
    const server = await startKith({ dataDir: seeded, program: env.KITH_TEST_PROGRAM });
    await server.close();
    return { env, remove };
  } catch (error) {
    remove();
    throw error;
  }
}
