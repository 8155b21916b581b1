import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { type RunningKith, startKith } from '../running-kith.ts';
import { readProgram } from './read-program.ts';

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
    const program = await readProgram(name, kith);
    const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', program], {
      cwd: import.meta.dirname,
      env: { ...process.env, NODE_EXTRA_CA_CERTS: ca },
    });
    assert.match(stdout, /^Mira Oakley\b/);
  });
}
