import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { type RunningKith, startKith } from '../running-kith.ts';

const guides = join(import.meta.dirname, '../../docs/guides');
const run = promisify(execFile);

let kith: RunningKith;
let ca: string;
before(async () => {
  kith = await startKith();
  ca = join(kith.dataDir, 'kith-ca.pem');
  await writeFile(ca, (await kith.request('/_kith/ca.pem')).text);
});
after(() => kith?.close());

const names = [
  'msal-node',
  'azure-identity',
  'openid-client',
  'microsoft-graph-client',
  'msgraph-sdk',
  'msgraph-beta-sdk',
  'pnp-graph',
];

for (const name of names) {
  test(`the program of the guide ${name} prints the person's name`, async () => {
    const guide = await readFile(join(guides, `${name}.md`), 'utf8');
    const program = /```js\n([\s\S]*?)```/.exec(guide)?.[1];
    assert.ok(program, 'The guide has a program.');
    const { stdout } = await run(
      process.execPath,
      [
        '--input-type=module',
        '--eval',
        program.replaceAll('localhost:8443', `localhost:${kith.port}`),
      ],
      { cwd: import.meta.dirname, env: { ...process.env, NODE_EXTRA_CA_CERTS: ca } },
    );
    assert.match(stdout, /^Mira Oakley\b/);
  });
}
