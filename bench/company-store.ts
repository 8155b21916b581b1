import { once } from 'node:events';
import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { generateCompany } from '#emulator/company/generate-company.ts';
import { startKith } from './kith.ts';

/** A user of the company, as far as requests name one. */
export interface Person {
  readonly id: string;
  readonly department: string;
  readonly displayName: string;
}

/** A data folder that Kith has filled with a company, and who is in it. */
export interface CompanyStore {
  readonly dataDir: string;
  readonly people: readonly Person[];
  /** How long Kith took from its start to its first answer; absent for a store kept from before. */
  readonly importSeconds: number | undefined;
}

export interface CompanyOptions {
  /** Where the store is made, in a folder of its own. */
  readonly folder: string;
  readonly people: number;
  /** Users alone, without what they own and without relations. */
  readonly isLean: boolean;
  /** Whether a store from an earlier run does as well. */
  readonly isKept: boolean;
}

const COMPANY_SEED = 7;
const BLOCK_CHARACTERS = 1 << 18;

/** Generates a company and lets Kith import it. What was there before goes, unless it is kept. */
export async function makeCompanyStore(options: CompanyOptions): Promise<CompanyStore> {
  const { people: count, isLean, isKept } = options;
  const folder = join(options.folder, `${count}${isLean ? '-lean' : ''}`);
  const dataDir = join(folder, 'data');
  const peopleFile = join(folder, 'people.tsv');
  // The list of people is written last: where it stands, the store is whole.
  if (!isKept || !existsSync(peopleFile)) {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    const seed = join(folder, 'company.jsonl');
    const people = await writeSeed(seed, count, isLean);
    const importSeconds = await importSeed(dataDir, seed);
    await rm(seed);
    const lines = people.map((each) => [each.id, each.department, each.displayName].join('\t'));
    await writeFile(`${peopleFile}.part`, lines.join('\n'));
    await rename(`${peopleFile}.part`, peopleFile);
    return { dataDir, people, importSeconds };
  }
  const people = (await readFile(peopleFile, 'utf8')).split('\n').map((line) => {
    const [id = '', department = '', displayName = ''] = line.split('\t');
    return { id, department, displayName };
  });
  return { dataDir, people, importSeconds: undefined };
}

async function importSeed(dataDir: string, seed: string): Promise<number> {
  await using kith = await startKith({ dataDir, seed });
  return kith.process.readyMs / 1000;
}

async function writeSeed(file: string, count: number, isLean: boolean): Promise<Person[]> {
  const out = createWriteStream(file);
  const people: Person[] = [];
  let block = '';
  for (const entity of generateCompany({ people: count, seed: COMPANY_SEED })) {
    const written = isLean ? leanLine(entity) : entity;
    // Behind the last user come groups and connections, which a lean company does without.
    if (!written && people.length === count) break;
    if (!written) continue;
    const { '@set': set, id, department, displayName } = written as Record<string, unknown>;
    if (set === 'users') {
      people.push({
        id: String(id),
        department: String(department ?? ''),
        displayName: String(displayName),
      });
    }
    block += `${JSON.stringify(written)}\n`;
    if (block.length < BLOCK_CHARACTERS) continue;
    if (!out.write(block)) await once(out, 'drain');
    block = '';
  }
  out.end(block);
  await finished(out);
  return people;
}

/** The line as a lean company has it: a user without relations, the tenant; nothing else. */
function leanLine(entity: object): object | undefined {
  if ('tenant' in entity) return entity;
  if ((entity as Record<string, unknown>)['@set'] !== 'users') return undefined;
  const members = Object.entries(entity).filter(([name]) => !name.endsWith('@odata.bind'));
  return Object.fromEntries(members);
}
