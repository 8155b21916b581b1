import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { startKith } from '../running-kith.ts';
import { makeScratchFolder } from './scratch-folder.ts';

const guide = readFileSync(join(import.meta.dirname, '../../docs/guides/behaviours.md'), 'utf8');

/** The block of the guide in that language. */
function block(language: string): string {
  const found = new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 's').exec(guide)?.[1];
  assert.ok(found, `The guide has no ${language}.`);
  return found;
}

describe('the guide to behaviours', () => {
  test('is answered as it says', async () => {
    await using scratch = await makeScratchFolder();
    const write = async (name: string, language: string) => {
      await writeFile(join(scratch.path, name), block(language));
      return join(scratch.path, name);
    };
    const flags = ['--model', await write('library.csdl.xml', 'xml'), '--anonymous'];
    flags.push('--seed', await write('library.jsonl', 'jsonl'));
    flags.push('--behaviour', await write('behaviours.ts', 'ts'));
    await using kith = await startKith({ flags });
    const exchanges = block('http').trim().split('\n\n');
    assert.equal(exchanges.length, 4);
    for (const exchange of exchanges) {
      const [asked = '', answered = ''] = exchange.split('\n');
      const [, method = '', url = '', body] =
        /^(\w+) (\S+(?: [^{]+)?)(?: (\{.*))?$/.exec(asked) ?? [];
      const [, status, text] = /^(\d+)(?: (.*))?$/.exec(answered) ?? [];
      const sent = body === undefined ? {} : { body };
      const reply = await kith.request(url.replaceAll(' ', '%20'), { method, ...sent });
      assert.equal(reply.status, Number(status), `${asked}: ${reply.text}`);
      if (text === undefined) continue;
      assert.equal(reply.text, text.replace('{root}', `${kith.origin}/v1.0`), asked);
    }
  });
});
