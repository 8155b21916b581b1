/**
 * Writes a made-up company as a seed file (JSON Lines) to the standard output or a file:
 * `npm run company -- --people 100000 --seed 7 --out company.jsonl`. Counts go to stderr.
 */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { generateCompany } from '#emulator/company/generate-company.ts';
import { readFlags } from './read-flags.ts';

/** Lines are handed over in blocks: a write each would cost more than making the line. */
const blockCharacters = 1 << 18;

const values = readFlags(
  'npm run company -- [--people N] [--seed N] [--connections MEAN] [--out FILE]',
  {
    people: { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
    connections: { type: 'string' },
    out: { type: 'string' },
  },
);

const out = values.out === undefined ? process.stdout : createWriteStream(values.out);
// A reader such as `head` closes the pipe early: that ends the work and is no failure.
const isOpen = { value: true };
out.on('error', (error: NodeJS.ErrnoException) => {
  isOpen.value = false;
  if (error.code === 'EPIPE') return;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});

const counts = new Map<string, number>();
try {
  await writeLines();
} catch (error) {
  if (!(error instanceof RangeError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

async function writeLines(): Promise<void> {
  const mean = values.connections;
  const entities = generateCompany({
    people: Number(values.people),
    seed: Number(values.seed),
    ...(mean === undefined ? {} : { connectionsMean: Number(mean) }),
  });
  let block = '';
  for (const entity of entities) {
    count(entity);
    block += `${JSON.stringify(entity)}\n`;
    if (block.length < blockCharacters) continue;
    await write(block);
    block = '';
    if (!isOpen.value) return;
  }
  await write(block);
  if (values.out !== undefined && isOpen.value) {
    out.end();
    await finished(out);
  }
  for (const [set, number] of counts) process.stderr.write(`${number} ${set}\n`);
}

async function write(block: string): Promise<void> {
  if (isOpen.value && !out.write(block)) {
    const drained = new AbortController();
    await Promise.race([once(out, 'drain', drained), once(out, 'close', drained)]).catch(() => {});
    drained.abort();
  }
}

/** Counts by set, or by the path of what a contained entity lies in, without the ids. */
function count(entity: object): void {
  const { '@set': set, '@parent': parent } = entity as Record<string, string | undefined>;
  const name = set ?? parent?.replace(/\('[^']*'\)/g, '') ?? 'tenant';
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
