/**
 * Writes the pages of docs/reference that follow from the source: a change of the public face shows
 * as a line there. `--check` writes nothing, and exits with 1 when a page is not what the source
 * says.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readFlags } from './read-flags.ts';
import { writePages } from './reference-pages.ts';

const folder = join(import.meta.dirname, '..', 'docs', 'reference');

const { check: isCheck } = readFlags('npm run reference -- [--check]', {
  check: { type: 'boolean', default: false },
});
for (const [name, text] of writePages()) {
  const path = join(folder, name);
  if (!isCheck) writeFileSync(path, text);
  else if (readFileSync(path, 'utf8') !== text) {
    process.stderr.write(`${name} is not what the source says; run npm run reference.\n`);
    process.exitCode = 1;
  }
}
