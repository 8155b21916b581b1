import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Reply, RunningKith } from '../running-kith.ts';
import { assertError, versionOf } from './expectations.ts';
import { findSeeded } from './seeded.ts';
import { stores } from './stores.ts';

const path = '/v1.0/me';
const { connected, connection, contactWithoutPhoto, ingrid } = findSeeded();

for (const store of stores) {
  describe(`versions on ${store.name}`, () => {
    let kith: RunningKith;
    let token: string;
    before(async () => {
      kith = await store.open();
      token = await kith.token();
    });
    after(() => kith?.close());

    const read = () => kith.request('/localtest/me', { token });
    const patch = (city: string, headers: Record<string, string> = {}): Promise<Reply> =>
      kith.request(path, { token, body: { city }, headers });

    test('a stale If-Match is 412 and changes nothing', async () => {
      const stale = (await patch('Before')).headers.etag!;
      const current = await patch('Now');
      const reply = await patch('Never', { 'If-Match': stale });
      assertError(reply, 412);
      assert.equal(reply.json.error.target, 'If-Match');
      const after = await read();
      assert.equal(after.json.city, 'Now');
      assert.equal(after.headers.etag, current.headers.etag);
    });

    test('the current tag, any tag, and a list with the current one are let through', async () => {
      for (const makeHeader of [
        (etag: string) => etag,
        () => '*',
        (etag: string) => `W/"99999", ${etag} , W/"0"`,
      ]) {
        const earlier = await read();
        const header = makeHeader(earlier.headers.etag!);
        const reply = await patch(`City of ${header}`, { 'If-Match': header });
        assert.equal(reply.status, 200, header);
        assert.equal(reply.json.city, `City of ${header}`);
        assert.equal(versionOf(reply), versionOf(earlier) + 1);
      }
    });

    test('a list without the current tag, and a tag of another entity, are 412', async () => {
      const version = versionOf(await read());
      for (const header of [
        `W/"${version + 1}", W/"0"`,
        `"${version}x"`,
        'W/""',
        version.toString(),
      ]) {
        assertError(await patch('Never', { 'If-Match': header }), 412);
      }
      assert.equal(versionOf(await read()), version);
    });

    test('If-Match: * is 412 where nothing is there yet', async () => {
      const photo = `/beta/me/contacts/${contactWithoutPhoto}/photo`;
      const body = { height: 6, width: 5 };
      assertError(await kith.request(photo, { token, body, headers: { 'If-Match': '*' } }), 412);
      assertError(await kith.request(photo, { token }), 404);
    });

    test('of 50 PATCHes with the same If-Match exactly one is answered with 200', async () => {
      const etag = (await patch('Start')).headers.etag!;
      const cities = Array.from({ length: 50 }, (_, index) => `Race ${index}`);
      const replies = await Promise.all(cities.map((city) => patch(city, { 'If-Match': etag })));
      const winners = replies.filter(({ status }) => status === 200);
      assert.equal(winners.length, 1);
      assert.equal(replies.filter(({ status }) => status === 412).length, 49);
      const after = await read();
      assert.equal(after.json.city, winners[0]!.json.city);
      assert.equal(after.headers.etag, winners[0]!.headers.etag);
    });

    test('of 20 first PATCHes of a profile with the same If-Match one is 200', async () => {
      for (const person of [ingrid, 'haruka@fernhollow.example']) {
        const profile = `/beta/users/${person}/profile`;
        const { etag } = (await kith.request(profile, { token })).headers;
        const headers = { 'If-Match': etag! };
        const notes = Array.from({ length: 20 }, (_, index) => ({ content: `Note ${index}` }));
        const replies = await Promise.all(
          notes.map((detail) =>
            kith.request(profile, { token, headers, body: { notes: [{ detail }] } }),
          ),
        );
        const statuses = replies.map(({ status }) => status).sort();
        assert.deepEqual(statuses, [200, ...Array(19).fill(412)]);
      }
    });

    test('200 PATCHes at once all succeed and the version rises by 200', async () => {
      const start = versionOf(await read());
      const names = Array.from({ length: 200 }, (_, index) => `City ${index}`);
      const replies = await Promise.all(names.map((city) => patch(city)));
      assert.deepEqual(
        replies.filter(({ status }) => status !== 200).map(({ text }) => text),
        [],
      );
      const versions = new Set(replies.map(versionOf));
      assert.equal(versions.size, 200);
      const last = replies.find((reply) => versionOf(reply) === start + 200);
      const after = await read();
      assert.equal(versionOf(after), start + 200);
      assert.equal(after.json.city, last?.json.city);
    });

    test('PATCHes of different members at once lose none of them', async () => {
      const names = ['city', 'country', 'department', 'jobTitle', 'state', 'surname'];
      const bodies = names.map((name) => ({ [name]: `Together ${name}` }));
      const replies = await Promise.all(bodies.map((body) => kith.request(path, { token, body })));
      assert.ok(replies.every(({ status }) => status === 200));
      const { json } = await read();
      for (const name of names) assert.equal(json[name], `Together ${name}`);
    });

    test('first writes of a part at once all succeed, each on the one before', async () => {
      const photo = `/beta/users/${connected}/photo`;
      const start = await kith.request(photo, { token });
      const from = start.status === 200 ? versionOf(start) : 0;
      const sizes = Array.from({ length: 20 }, (_, index) => ({ width: 10 + index, height: 10 }));
      const replies = await Promise.all(sizes.map((body) => kith.request(photo, { token, body })));
      assert.ok(replies.every(({ status }) => status === 200));
      assert.equal(versionOf(await kith.request(photo, { token })), from + 20);
    });

    test('return=minimal is answered with 204, its tag and without a body', async () => {
      for (const each of [
        { path, body: { city: 'Quiet' } },
        { path: '/beta/me/profile', body: {} },
        { path: '/beta/me/photo', body: { height: 7, width: 7 } },
        { path: `/v1.0/decoratedProfileConnections/${connection}/profile`, body: { summary: 'q' } },
      ]) {
        const headers = { Prefer: 'return=minimal' };
        const reply = await kith.request(each.path, { token, body: each.body, headers });
        assert.equal(reply.status, 204, each.path);
        assert.equal(reply.text, '');
        assert.equal(reply.headers['preference-applied'], 'return=minimal');
        const after = await kith.request(each.path, { token });
        assert.equal(reply.headers.etag, after.headers.etag);
      }
      assert.equal((await read()).json.city, 'Quiet');
    });

    test('return=representation is applied and said, an unknown preference is not', async () => {
      const asked = await patch('Loud', { Prefer: 'respond-async, return=representation' });
      assert.equal(asked.status, 200);
      assert.equal(asked.headers['preference-applied'], 'return=representation');
      const other = await patch('Loud', { Prefer: 'outlook.timezone="UTC", return=everything' });
      assert.equal(other.status, 200);
      assert.equal(other.headers['preference-applied'], undefined);
    });

    test('the own id may be sent back, in any case, and stays as it is', async () => {
      const { id } = (await read()).json;
      for (const written of [id, id.toUpperCase()]) {
        const reply = await kith.request(path, { token, body: { id: written, city: 'Same' } });
        assert.equal(reply.status, 200);
        assert.equal(reply.json.id, id);
        assert.equal((await read()).json.id, id);
      }
    });

    test('another id is refused and changes nothing', async () => {
      const version = versionOf(await read());
      for (const id of ['2a540bb9-0bb9-2a54-b90b-542ab90b542a', '', 'x']) {
        const reply = await kith.request(path, { token, body: { city: 'Never', id } });
        assertError(reply, 400);
        assert.equal(reply.json.error.target, 'id');
      }
      assert.equal(versionOf(await read()), version);
    });
  });
}
