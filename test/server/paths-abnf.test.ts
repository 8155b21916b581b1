import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { writeAbnfModel } from '../conformance/abnf/abnf-model.ts';
import { startKith } from '../running-kith.ts';
import { makeScratchFolder } from './scratch-folder.ts';

interface Case {
  readonly suite: string;
  readonly rule: string;
  readonly input: string;
  readonly failAt?: number;
}

const SLOW_MS = 5_000;
/** Some of these lead somewhere; that all are refused would say nothing of the rest. */
const FOUND_MIN = 60;
const file = join(import.meta.dirname, '../conformance/abnf/cases.json');
const cases = JSON.parse(readFileSync(file, 'utf8')) as readonly Case[];
/** The rules of whole URLs, and what stands before their inputs to make them URLs. */
const prefixes: Readonly<Record<string, string>> = {
  odataRelativeUri: '',
  resourcePath: '',
  filter: 'Products?',
  queryOptions: 'Products?',
  systemQueryOption: 'Products?',
  expand: 'Products?',
  select: 'Products?',
  orderby: 'Products?',
  search: 'Products?',
  compute: 'Products?',
};

const scratch = await makeScratchFolder();
const model = join(scratch.path, 'abnf.csdl.xml');
const seed = join(scratch.path, 'abnf.jsonl');
await writeFile(model, writeAbnfModel());
await writeFile(
  seed,
  ['{"@set":"Products","ID":1,"Name":"x","Addresses":[{"Street":"a"}],"Address":{"City":"b"}}']
    .concat('{"@set":"Categories","ID":1,"Name":"y"}', '{"@set":"Suppliers","ID":1}')
    .join('\n'),
);
const kith = await startKith({ flags: ['--model', model, '--seed', seed, '--anonymous'] });
after(async () => {
  await kith.close();
  await scratch[Symbol.asyncDispose]();
});

/** What of a URL Node does not send as it is. */
function encode(text: string): string {
  return text.replaceAll(/[^\x21-\x7e]/g, encodeURIComponent);
}

describe("OData's own cases of the grammar, asked of a server", () => {
  let found = 0;
  for (const [rule, prefix] of Object.entries(prefixes)) {
    test(`${rule}: what is accepted is answered, refused or not served, and soon`, async () => {
      const complaints: string[] = [];
      for (const { input, failAt, ...each } of cases) {
        if (each.rule !== rule || failAt !== undefined || input.includes('#')) continue;
        const url = encode(prefix + input);
        const started = performance.now();
        const reply = await kith.request(`/v1.0/${url}`);
        const took = performance.now() - started;
        if (reply.status < 300) found++;
        const isError = reply.status >= 500 && reply.status !== 501;
        if (isError || took > SLOW_MS) complaints.push(`${reply.status}, ${took} ms: ${url}`);
        const isSaid = reply.status < 400 || reply.json?.error?.code !== undefined;
        if (!isSaid) complaints.push(`${reply.status} without an error: ${url}`);
      }
      assert.deepEqual(complaints, []);
    });
  }

  test('and many of them lead somewhere', () => {
    assert.ok(found >= FOUND_MIN, `${found} do`);
  });
});
