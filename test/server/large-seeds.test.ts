import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { generateCompany } from '#emulator/company/generate-company.ts';
import { decodeAside } from '#server/seed/decode-aside.ts';
import { SeedError } from '#server/seed/read-seed.ts';
import { runKith, startKith } from '../running-kith.ts';
import { makeScratchFolder } from './scratch-folder.ts';

/** So many that their lines are decoded on a thread of their own. */
const PEOPLE = 400;
const OPERATOR_ERROR = 2;

interface Line {
  readonly '@set'?: string;
  readonly '@parent'?: string;
  readonly [name: string]: unknown;
}

const company = [...generateCompany({ people: PEOPLE, seed: 3 })] as Line[];
const text = company.map((line) => `${JSON.stringify(line)}\n`).join('');

test('a large seed is loaded whole, in its order', async () => {
  await using scratch = await makeScratchFolder();
  const seed = join(scratch.path, 'large.jsonl');
  assert.ok(text.length > 5_000_000, String(text.length));
  await writeFile(seed, text);
  await using kith = await startKith({ flags: ['--seed', seed] });
  const people = company.filter((line) => line['@set'] === 'users');
  const token = await kith.token({ user: String(people[1]!.userPrincipalName) });
  const listed = await kith.request(`/beta/users?$top=999&$select=id,displayName`, { token });
  assert.deepEqual(
    listed.json.value.map(({ id, displayName }: Line) => [id, displayName]),
    people.map(({ id, displayName }) => [id, displayName]),
  );
  for (const [name, own] of [
    ['skills', company.filter((line) => line['@parent']?.endsWith('/profile/skills'))],
    ['positions', company.filter((line) => line['@parent']?.endsWith('/profile/positions'))],
  ] as const) {
    const last = own.at(-1)!;
    const path = `/beta/${last['@parent']!.replace(/users\('(.*)'\)/, 'users/$1')}/${last.id}`;
    const { status, json } = await kith.request(path, { token });
    assert.equal(status, 200, `${name}: ${JSON.stringify(json)}`);
    assert.equal(json.id, last.id);
  }
  const reset = await kith.request('/_kith/reset', { method: 'POST' });
  assert.equal(reset.status, 204, reset.text);
  const again = await kith.request('/beta/users/$count', {
    token,
    headers: { ConsistencyLevel: 'eventual' },
  });
  assert.equal(again.text, String(PEOPLE));
});

/** As a seed so large that two threads decode it. */
const byTwo = { model: undefined, database: 'sqlite', threads: 2 } as const;

test('what two threads decode comes in the order of the lines', async () => {
  await using scratch = await makeScratchFolder();
  const seed = join(scratch.path, 'large.jsonl');
  await writeFile(seed, text);
  const decoded: string[] = [];
  let lines = 0;
  for await (const piece of decodeAside({ paths: [seed], ...byTwo })) {
    if (piece.kind === 'tenant') decoded.push(piece.where);
    else for (const { where } of piece.entities) decoded.push(where);
    lines += piece.kind === 'tenant' ? 1 : piece.lines;
  }
  const inOrder = company.map((_, index) => `${seed}:${index + 1}`);
  assert.deepEqual([...new Set(decoded)], inOrder);
  assert.deepEqual(decoded, decoded.toSorted(byNumber));
  assert.equal(lines, company.length);
});

test('of bad lines that two threads find, the first is named', async () => {
  await using scratch = await makeScratchFolder();
  const seed = join(scratch.path, 'bad.jsonl');
  // The one ends the first turn, the other opens the second, and so is found before it.
  const [one, other] = ['{"@set":"users","colour":"red"}\n', '{"@set":"users","size":1}\n'];
  const good = text.slice(0, text.lastIndexOf('\n', 900_000) + 1);
  const blank = `${' '.repeat(1 << 20)}\n`;
  await writeFile(seed, `${good}${one}${blank}${other}`);
  const decode = async () => {
    for await (const _piece of decodeAside({ paths: [seed], ...byTwo }));
  };
  await assert.rejects(decode, (error: Error) => {
    assert.match(error.message, new RegExp(`bad\\.jsonl:${good.split('\n').length}: .*'colour'`));
    return error instanceof SeedError;
  });
});

function byNumber(one: string, other: string): number {
  return Number(/\d+$/.exec(one)) - Number(/\d+$/.exec(other));
}

test('a bad line of a large seed is named, and nothing is served', async () => {
  await using scratch = await makeScratchFolder();
  const seed = join(scratch.path, 'bad.jsonl');
  await writeFile(seed, `${text}{"@set":"users","id":"x","colour":}\n`);
  const flags = ['--port', '0', '--data-dir', join(scratch.path, 'data'), '--seed', seed];
  const { code, stdout, stderr } = await runKith(flags);
  assert.equal(code, OPERATOR_ERROR, stderr);
  assert.match(stderr, new RegExp(`bad\\.jsonl:${company.length + 1} is not JSON`));
  assert.ok(!/^\s+at /m.test(stderr), stderr);
  assert.equal(stdout, '');
});
