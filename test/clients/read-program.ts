import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunningKith } from '../running-kith.ts';

const guides = join(import.meta.dirname, '../../docs/guides');

/** The program of a guide, for a server that is running. */
export async function readProgram(name: string, { port }: RunningKith): Promise<string> {
  const guide = await readFile(join(guides, `${name}.md`), 'utf8');
  const program = /```js\n([\s\S]*?)```/.exec(guide)?.[1];
  assert.ok(program, 'The guide has a program.');
  return program.replaceAll('localhost:8443', `localhost:${port}`);
}
