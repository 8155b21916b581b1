import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { createDatabase } from '../postgres.ts';
import { type RunningKith, startKith } from '../running-kith.ts';

const people = ['ada', 'bo', 'cy', 'di'].map((name, index) => ({
  '@set': 'users',
  id: `a0a0a0a0-0000-4000-8000-00000000000${index + 1}`,
  displayName: name,
  userPrincipalName: `${name}@kith.example`,
  skills: ['Zymurgy'],
}));
const [ada, bo, cy, di] = people.map(({ id }) => id) as [string, string, string, string];

/** Processes of one store: the embedded one has one alone. */
const settings = [
  { name: 'SQLite', open: async () => ({ processes: 1, store: undefined, drop: async () => {} }) },
  {
    name: 'PostgreSQL',
    open: async () => {
      const { url, drop } = await createDatabase();
      return { processes: 2, store: url, drop };
    },
  },
];

for (const { name, open } of settings) {
  describe(`words are kept from the first search on, on ${name}`, () => {
    let folder: string;
    let kiths: RunningKith[] = [];
    let drop: () => Promise<void>;
    before(async () => {
      const { processes, store, drop: end } = await open();
      drop = end;
      folder = await mkdtemp(join(tmpdir(), 'kith-begins-'));
      const seed = join(folder, 'seed.jsonl');
      await writeFile(seed, people.map((each) => `${JSON.stringify(each)}\n`).join(''));
      const options = { flags: ['--seed', seed], ...(store ? { store } : {}) };
      for (let count = 0; count < processes; count++) kiths.push(await startKith(options));
    });
    after(async () => {
      for (const kith of kiths) await kith.close();
      kiths = [];
      await drop();
      await rm(folder, { recursive: true });
    });

    /** The last process; of two it is the one that has not searched first. */
    async function send(method: string, path: string, body?: object): Promise<void> {
      const kith = kiths.at(-1)!;
      const token = await kith.token({ user: ada });
      const reply = await kith.request(`/beta/${path}`, { method, token, ...(body && { body }) });
      assert.ok(reply.status < 300, reply.text);
    }

    async function find(kith: RunningKith, word: string): Promise<string[]> {
      const headers = { ConsistencyLevel: 'eventual' };
      const path = `/beta/users?$search="skills:${word}"&$select=id`;
      const reply = await kith.request(path, { token: await kith.token({ user: ada }), headers });
      assert.equal(reply.status, 200, reply.text);
      return reply.json.value.map(({ id }: { id: string }) => id).sort();
    }

    test('what was there, changed and deleted before it is found as it is', async () => {
      await send('PATCH', `users/${bo}`, { skills: ['Rust'] });
      await send('DELETE', `users/${di}`);
      assert.deepEqual(await find(kiths[0]!, 'zymurgy'), [ada, cy]);
      assert.deepEqual(await find(kiths[0]!, 'rust'), [bo]);
    });

    test('what is written behind it is found by every process, restored people too', async () => {
      await send('PATCH', `users/${cy}`, { skills: ['Rust'] });
      await send('POST', `directory/deletedItems/${di}/restore`);
      await send('POST', `users/${ada}/profile/skills`, { displayName: 'Rust' });
      for (const kith of kiths) {
        assert.deepEqual(await find(kith, 'zymurgy'), [ada, di]);
        assert.deepEqual(await find(kith, 'rust'), [ada, bo, cy]);
      }
    });
  });
}
