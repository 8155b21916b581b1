import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createDatabase } from '../postgres.ts';
import { startKith } from '../running-kith.ts';
import { openWebhook } from './webhook.ts';

const seed =
  '{"@set":"users","id":"a0a0a0a0-0000-4000-8000-000000000001","displayName":"Ada",' +
  '"userPrincipalName":"ada@kith.example"}\n';
const roles = ['User.ReadWrite.All', 'Directory.ReadWrite.All'];

test('of two processes on PostgreSQL one tells of what either writes, then the other', async () => {
  const database = await createDatabase();
  await using webhook = await openWebhook();
  const folder = await mkdtemp(join(tmpdir(), 'kith-told-'));
  const file = join(folder, 'seed.jsonl');
  await writeFile(file, seed);
  const shared = { store: database.url, flags: ['--seed', file] };
  try {
    const one = await startKith(shared);
    await using two = await startKith(shared);
    const tokenOf = (kith: typeof one) =>
      kith.token({ app: '11111111-2222-4333-8444-555555555555', roles });
    const token = await tokenOf(two);
    const body = {
      changeType: 'updated',
      notificationUrl: webhook.url,
      resource: 'users',
      expirationDateTime: new Date(Date.now() + 3_600_000).toISOString(),
    };
    const made = await two.request('/v1.0/subscriptions', { method: 'POST', body, token });
    assert.equal(made.status, 201, made.text);
    const { json } = await two.request('/v1.0/users/ada@kith.example', { token });
    const rename = async (kith: typeof one, jobTitle: string) => {
      const options = { body: { jobTitle }, token: await tokenOf(kith) };
      const reply = await kith.request(`/v1.0/users/${json.id}`, options);
      assert.ok(reply.status < 300, reply.text);
    };
    await rename(one, 'By one');
    await webhook.until(1);
    await rename(two, 'By two');
    await webhook.until(2);
    await one.close();
    await rename(two, 'Alone');
    const told = await webhook.until(3);
    assert.deepEqual(
      told.map(({ resource }) => resource),
      Array.from({ length: 3 }, () => `Users/${json.id}`),
    );
  } finally {
    await database.drop();
    await rm(folder, { recursive: true });
  }
});
