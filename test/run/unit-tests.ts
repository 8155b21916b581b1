/**
 * All unit tests in one process: each file named in KITH_TEST_FILES becomes a suite, so that
 * hooks at a file's top level hold for that file alone.
 */
import { relative } from 'node:path';
import { suite } from 'node:test';
import { pathToFileURL } from 'node:url';

const paths = JSON.parse(process.env.KITH_TEST_FILES ?? '[]') as string[];
for (const path of paths) {
  suite(relative(process.cwd(), path), async () => {
    await import(pathToFileURL(path).href);
  });
}
