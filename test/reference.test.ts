import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { writePages } from '../scripts/reference-pages.ts';

for (const [name, text] of writePages()) {
  test(`docs/reference/${name} is what the source says`, () => {
    const path = join(import.meta.dirname, '..', 'docs', 'reference', name);
    assert.equal(readFileSync(path, 'utf8'), text, 'run npm run reference');
  });
}
