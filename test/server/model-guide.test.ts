import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { startKith } from '../running-kith.ts';
import { makeScratchFolder } from './scratch-folder.ts';

const guide = readFileSync(join(import.meta.dirname, '../../docs/guides/any-model.md'), 'utf8');

/** The block of the guide in that language. */
function block(language: string): string {
  const found = new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 's').exec(guide)?.[1];
  assert.ok(found, `The guide has no ${language}.`);
  return found;
}

test('the guide to models of one’s own is answered as it says', async () => {
  await using scratch = await makeScratchFolder();
  await writeFile(join(scratch.path, 'garden.csdl.xml'), block('xml'));
  await writeFile(join(scratch.path, 'garden.jsonl'), block('jsonl'));
  // The guide's own command, with files from the scratch folder.
  const [command = '', ...flags] = block('sh').trim().split(' ');
  assert.equal(command, 'kith');
  const placed = flags.map((flag) => (/^garden\./.test(flag) ? join(scratch.path, flag) : flag));
  await using kith = await startKith({ flags: placed });
  const exchanges = block('http').trim().split('\n\n');
  assert.equal(exchanges.length, 15);
  for (const exchange of exchanges) {
    const [asked = '', answered = ''] = exchange.split('\n');
    const [, method = '', url = '', body] = /^(\w+) (.+?)(?: (\{.*))?$/.exec(asked) ?? [];
    const [, status, text] = /^(\d+)(?: (.*))?$/.exec(answered) ?? [];
    const sent = body === undefined ? {} : { body };
    const reply = await kith.request(url.replaceAll(' ', '%20'), { method, ...sent });
    assert.equal(reply.status, Number(status), `${asked}: ${reply.text}`);
    if (text !== undefined) {
      assert.equal(reply.text, text.replaceAll('{root}', `${kith.origin}/v1.0`), asked);
    }
  }
});
