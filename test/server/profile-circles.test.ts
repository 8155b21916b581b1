import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createDatabase } from '../postgres.ts';
import { type RunningKith, startKith } from '../running-kith.ts';

/** Who is in whose circles changes, and what they see of a profile changes in the same moment. */

/** Asks for what a viewer sees, by each way there is, and gives it once if all ways agree. */
async function seenBy(kith: RunningKith, token: string, id: string): Promise<string[]> {
  const read = async (path: string) => (await kith.request(encodeURI(path), { token })).json;
  const names = (all: { displayName: string }[]) =>
    all.map(({ displayName }) => displayName).filter((each) => each.startsWith('For '));
  const listed = names((await read(`/beta/users/${id}/profile/awards`)).value);
  const whole = names((await read(`/beta/users/${id}/profile`)).awards);
  assert.deepEqual(whole.toSorted(), listed.toSorted());
  return listed.toSorted();
}

function personNamed(name: string): object {
  return {
    ...{ displayName: name, mailNickname: name, accountEnabled: true },
    userPrincipalName: `${name}@fernhollow.example`,
    passwordProfile: { password: 'Never-used-1' },
  };
}

async function followCircles(options: { readonly store?: string }): Promise<void> {
  await using kith = await startKith(options);
  const admin = await kith.token();
  const ask = async (method: string, path: string, body?: unknown, token = admin) => {
    const reply = await kith.request(encodeURI(path), {
      ...{ token, method, ...(body === undefined ? {} : { body }) },
    });
    assert.ok(reply.status < 300, `${method} ${path}: ${reply.text}`);
    return reply.json;
  };
  const add = (name: string) => ask('POST', '/v1.0/users', personNamed(name));
  const viewer = 'near@fernhollow.example';
  const [{ id }, { id: other }] = [await add('middle'), await add('near')];
  const mine = await kith.token({ user: id });
  const theirs = await kith.token({ user: other });
  for (const allowedAudiences of ['contacts', 'groupMembers', 'me']) {
    const award = { displayName: `For ${allowedAudiences}`, allowedAudiences };
    await ask('POST', '/beta/me/profile/awards', award, mine);
  }
  const expect = async (...circles: readonly string[]) => {
    const seen = await seenBy(kith, theirs, id);
    assert.deepEqual(
      seen,
      circles.map((each) => `For ${each}`),
    );
  };
  await expect();
  const folder = await ask('POST', '/v1.0/me/contactFolders', { displayName: 'Near' }, mine);
  for (const path of ['/v1.0/me/contacts', `/v1.0/me/contactFolders/${folder.id}/contacts`]) {
    const emailAddresses = [{ address: viewer.toUpperCase(), name: 'Near' }];
    const contact = await ask('POST', path, { displayName: 'Near', emailAddresses }, mine);
    await expect('contacts');
    const away = { emailAddresses: [{ address: 'nobody@else.example', name: 'Nobody' }] };
    await ask('PATCH', `${path}/${contact.id}`, away, mine);
    await expect();
    await ask('PATCH', `${path}/${contact.id}`, { emailAddresses }, mine);
    await expect('contacts');
    const isLoose = path === '/v1.0/me/contacts';
    const gone = isLoose ? `${path}/${contact.id}` : `/v1.0/me/contactFolders/${folder.id}`;
    await ask('DELETE', gone, undefined, mine);
    await expect();
  }
  const away = [{ address: 'second@fernhollow.example', name: 'Near' }];
  await ask('POST', '/v1.0/me/contacts', { displayName: 'Second', emailAddresses: away }, mine);
  await expect();
  await ask('PATCH', `/v1.0/users/${other}`, { otherMails: ['second@fernhollow.example'] });
  await expect('contacts');
  await ask('PATCH', `/v1.0/users/${other}`, { otherMails: [] });
  await expect();
  const naming = { displayName: 'Near', mailNickname: 'nearby', mailEnabled: true };
  const group = await ask('POST', '/v1.0/groups', {
    ...naming,
    securityEnabled: false,
    groupTypes: ['Unified'],
  });
  const members = `/v1.0/groups/${group.id}/members`;
  for (const each of [id, other]) {
    const url = `${kith.origin}/v1.0/directoryObjects/${each}`;
    await ask('POST', `${members}/$ref`, { '@odata.id': url });
  }
  await expect('groupMembers');
  await ask('DELETE', `/v1.0/groups/${group.id}`);
  await expect();
  await ask('POST', `/v1.0/directory/deletedItems/${group.id}/restore`);
  await expect('groupMembers');
  await ask('DELETE', `${members}/${other}/$ref`);
  await expect();
}

test('circles follow every write, on SQLite', () => followCircles({}));

test('circles follow every write, on PostgreSQL', async () => {
  const database = await createDatabase();
  await followCircles({ store: database.url });
  await database.drop();
});
