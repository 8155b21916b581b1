import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type RunningKith, startKith } from '../running-kith.ts';

const path = '/localtest/me';
const password = 'correct horse battery staple 42';

let kith: RunningKith;
let token: string;
before(async () => {
  kith = await startKith();
  token = await kith.token();
});
after(() => kith?.close());

test('a password is echoed by the answer to its own PATCH', async () => {
  const body = { passwordProfile: { password, forceChangePasswordNextSignIn: true } };
  const { json } = await kith.request(path, { token, body });
  assert.equal(json.passwordProfile.password, password);
  assert.equal(json.passwordProfile.forceChangePasswordNextSignIn, true);
});

test('no later answer shows it', async () => {
  const read = await kith.request(path, { token });
  assert.equal(read.json.passwordProfile.forceChangePasswordNextSignIn, true);
  const patched = await kith.request(path, { token, body: { city: 'Oslo' } });
  const other = await kith.request(path, {
    token,
    body: { passwordProfile: { forceChangePasswordNextSignIn: false } },
  });
  for (const reply of [read, patched, other]) {
    assert.equal(reply.status, 200);
    assert.ok(!('password' in reply.json.passwordProfile));
    assert.ok(!reply.text.includes(password));
  }
});

test('no file of the data folder holds it, nor what the server has logged', async () => {
  const names = await readdir(kith.dataDir, { recursive: true, withFileTypes: true });
  const files = names.filter((each) => each.isFile() && each.name !== 'lock');
  assert.ok(files.some(({ name }) => name === 'kith.sqlite'));
  for (const { name, parentPath } of files) {
    const bytes = await readFile(join(parentPath, name));
    assert.ok(!bytes.includes(password), name);
  }
  assert.ok(!kith.log().includes(password));
});
