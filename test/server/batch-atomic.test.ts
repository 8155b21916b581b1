import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { stores } from '../contract/stores.ts';
import type { RunningKith } from '../running-kith.ts';
import { changeSet, get, part, patch, sendBatch, sendMultipart } from './batch-requests.ts';

const mira = '/me';
const ingrid = '/users/ingrid@fernhollow.example';
const group = { atomicityGroup: 'g' };

for (const store of stores) {
  describe(`atomic groups on ${store.name}`, () => {
    let kith: RunningKith;
    before(async () => {
      kith = await store.open();
    });
    beforeEach(() => kith.request('/_kith/reset', { method: 'POST' }));
    after(() => kith.close());

    const shown = '$select=id,city,jobTitle,userPrincipalName';
    const read = async (path: string) =>
      (await kith.request(`/v1.0${path}?${shown}`, { token: await kith.token() })).json;
    const statusesOf = async (requests: readonly object[]) => {
      const answers = await sendBatch(kith, requests);
      return [...answers.values()].map(({ status }) => status);
    };

    test('a group that succeeds changes all', async () => {
      const answers = await sendBatch(kith, [
        patch('1', mira, { city: 'Mora' }, group),
        patch('2', ingrid, { city: 'Ystad' }, group),
        get('3', mira, { dependsOn: ['g'] }),
      ]);
      for (const id of ['1', '2']) {
        assert.equal(answers.get(id)!.status, 200);
        assert.equal(answers.get(id)!.atomicityGroup, 'g');
      }
      assert.equal('atomicityGroup' in answers.get('3')!, false);
      assert.deepEqual([(await read(mira)).city, (await read(ingrid)).city], ['Mora', 'Ystad']);
    });

    test('a group that fails changes nothing, and says which request failed', async () => {
      const city = (await read(mira)).city;
      const answers = await sendBatch(kith, [
        patch('1', mira, { city: 'Never' }, group),
        patch('2', ingrid, { city: 7 }, group),
        patch('3', mira, { city: 'Never' }, group),
        get('4', mira, { dependsOn: ['g'] }),
        get('5', mira),
      ]);
      const statuses = [...answers].map(([id, { status }]) => [id, status]);
      const expected = { 1: 424, 2: 400, 3: 424, 4: 424, 5: 200 };
      assert.deepEqual(Object.fromEntries(statuses), expected);
      assert.match(answers.get('1')!.body.error.message, /'2' failed/);
      assert.equal((await read(mira)).city, city);
    });

    test('a request sees what its group has written before, and nobody else does', async () => {
      const answers = await sendBatch(kith, [
        patch('1', mira, { city: 'One' }, group),
        patch(
          '2',
          '$1',
          { jobTitle: 'Two' },
          {
            ...group,
            headers: { 'Content-Type': 'application/json', 'If-Match': '$1' },
          },
        ),
        get('3', '$2?$select=city,jobTitle', group),
      ]);
      const { city, jobTitle } = answers.get('3')!.body;
      assert.deepEqual([city, jobTitle], ['One', 'Two']);
      assert.equal((await read(mira)).jobTitle, 'Two');
    });

    test('who is renamed in a group is found by the new name in it', async () => {
      const renamed = 'inga@fernhollow.example';
      const path = `/users/${renamed}`;
      const statuses = await statusesOf([
        patch('1', ingrid, { userPrincipalName: renamed }, group),
        get('2', path, group),
        patch('3', `/users/${renamed}`, { city: 'Ystad' }, group),
      ]);
      assert.deepEqual(statuses, [200, 200, 200]);
      assert.equal((await read(path)).userPrincipalName, renamed);
      assert.equal((await read(ingrid)).error.code, 'Request_ResourceNotFound');
    });

    test('a name that is given away in a group leads to nobody in it', async () => {
      const statuses = await statusesOf([
        patch('1', ingrid, { userPrincipalName: 'inga@fernhollow.example' }, group),
        get('2', ingrid, group),
      ]);
      assert.deepEqual(statuses, [424, 404]);
      assert.ok((await read(ingrid)).id);
    });

    test('a group with a duplicate changes nothing and says which request has it', async () => {
      const city = (await read(mira)).city;
      const taken = { userPrincipalName: 'mira@fernhollow.example' };
      const answers = await sendBatch(kith, [
        patch('1', mira, { city: 'Never' }, group),
        patch('2', ingrid, taken, group),
      ]);
      const statuses = ['1', '2'].map((id) => answers.get(id)?.status);
      assert.deepEqual(statuses, [424, 400]);
      assert.match(answers.get('2')?.body.error.message, /already exists/);
      assert.equal((await read(mira)).city, city);
    });

    test('groups and single changes at the same time leave no half of a group', async () => {
      const token = await kith.token();
      const send = (city: string) => {
        const pair = [patch('1', mira, { city }, group), patch('2', ingrid, { city }, group)];
        const requests = Number(city) % 2 === 0 ? pair : pair.reverse();
        return sendBatch(kith, requests, { token });
      };
      const single = (city: string) =>
        kith.request(`/v1.0${mira}`, { token, body: { jobTitle: city } });
      const cities = Array.from({ length: 12 }, (_, index) => `${index}`);
      const [answers] = await Promise.all([
        Promise.all(cities.map(send)),
        Promise.all(cities.map(single)),
      ]);
      for (const { status } of answers.flatMap((each) => [...each.values()])) {
        assert.equal(status, 200);
      }
      const { city } = await read(mira);
      assert.ok(cities.includes(city));
      assert.equal((await read(ingrid)).city, city);
    });

    test('change sets are groups, too', async () => {
      const replies = await sendMultipart(kith, [
        changeSet(
          part('PATCH /v1.0/me HTTP/1.1', { city: 'Kept' }),
          part(`PATCH ${ingrid} HTTP/1.1`, { city: 'Kept' }),
        ),
        changeSet(
          part('PATCH /v1.0/me HTTP/1.1', { city: 'Lost' }),
          part('PATCH /v1.0/users/nobody HTTP/1.1', { city: 'Lost' }),
        ),
      ]);
      assert.equal(replies.length, 2);
      assert.deepEqual([(await read(mira)).city, (await read(ingrid)).city], ['Kept', 'Kept']);
    });
  });
}
