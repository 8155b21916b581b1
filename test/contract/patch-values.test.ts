import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { RunningKith } from '../running-kith.ts';
import { assertError } from './expectations.ts';
import { stores } from './stores.ts';

const path = '/localtest/me';
const BODY_MAX = 1024 * 1024;

/** Texts that have to come back as they went in, from an indexed member too. */
const texts: Readonly<Record<string, string>> = {
  emoji: '👩🏽‍🚀 🏴󠁧󠁢󠁳󠁣󠁴󠁿 ☕️',
  'right to left': 'مرحبا בית \u202Eabc\u202C',
  'beyond the basic plane': '𠮷野家 𝔘𝔫𝔦𝔠𝔬𝔡𝔢',
  'combining marks, not normalised': 'e\u0301 \u0041\u030A Å ﬁ ß İ',
  NUL: 'a\0b\0',
  'control characters': '\u0001\u001F\u007F\u0085\u2028\u2029\t\r\n',
  'the greatest code points': '\uFEFF\uFFFD\uFFFF\u{10FFFF}',
  'quotes and wildcards': `'"\\%_*?$1\${x}<script>&amp;--;`,
  empty: '',
  spaces: '  \u00A0 ',
};

/** Instants that are as far off as the type allows. */
const instants = [
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59.9999999Z',
  '2016-02-29T23:59:59.123456789012+14:00',
  '1969-12-31T16:00-08:00',
  '2000-01-01t00:00:00z',
];

/** OData allows years beyond 9999; whether they are taken or not, nothing may break. */
const farInstants = [
  '10000-01-01T00:00:00Z',
  '40000-01-01T00:00:00Z',
  '275761-01-01T00:00:00Z',
  '9999999-01-01T00:00:00Z',
  `${'9'.repeat(400)}-01-01T00:00:00Z`,
  '-40000-01-01T00:00:00Z',
  '-9999999-01-01T00:00:00Z',
];

for (const store of stores) {
  describe(`values on ${store.name}`, () => {
    let kith: RunningKith;
    let token: string;
    before(async () => {
      kith = await store.open();
      token = await kith.token();
    });
    after(() => kith?.close());

    async function assertKept(body: Record<string, unknown>): Promise<void> {
      const patched = await kith.request(path, { token, body });
      assert.equal(patched.status, 200, `${patched.text.slice(0, 300)}\n${kith.log()}`);
      const read = await kith.request(path, { token });
      for (const [name, value] of Object.entries(body)) {
        assert.deepEqual(patched.json[name], value);
        assert.deepEqual(read.json[name], value);
      }
    }

    for (const [kind, text] of Object.entries(texts)) {
      test(`text comes back as it went in: ${kind}`, () =>
        assertKept({ displayName: text, aboutMe: text, skills: [text, text], employeeId: text }));
    }

    test('a person is found by a userPrincipalName of any characters', async () => {
      const { json } = await kith.request(path, { token });
      for (const name of [
        "o'neil@fernhollow.example",
        'ÅSA Straße 👍/?#%@fernhollow.example',
        'a\0b',
      ]) {
        await assertKept({ userPrincipalName: name });
        const written = encodeURIComponent(name.toUpperCase());
        const found = await kith.request(`/localtest/users/${written}`, { token });
        assert.equal(found.status, 200, name);
        assert.equal(found.json.id, json.id);
      }
      await assertKept({ userPrincipalName: 'mira@fernhollow.example' });
    });

    for (const body of [
      '{"aboutMe":"\\ud800"}',
      '{"skills":["\\udc00\\ud800"]}',
      '{"city":"a\\udfffb"}',
    ]) {
      test(`a lone surrogate is refused: ${body}`, async () => {
        const reply = await kith.request(path, { token, body });
        assertError(reply, 400);
        const [name] = Object.keys(JSON.parse(body));
        assert.equal(reply.json.error.target, name);
      });
    }

    test('a body of exactly 1 MB is taken, of one byte more is 413', async () => {
      const frame = JSON.stringify({ aboutMe: '' }).length;
      await assertKept({ aboutMe: 'x'.repeat(BODY_MAX - frame) });
      const body = { aboutMe: 'y'.repeat(BODY_MAX - frame + 1) };
      assertError(await kith.request(path, { token, body }), 413);
      const read = await kith.request(path, { token });
      assert.equal(read.json.aboutMe[0], 'x');
      await assertKept({ aboutMe: 'short' });
    });

    test('an indexed member takes a text that is longer than an index row', async () => {
      // Incompressible, as PostgreSQL would squeeze a repetition into its index.
      let seed = 1;
      const letter = () => {
        seed = (seed * 48_271) % 2_147_483_647;
        return String.fromCodePoint(0x4e00 + (seed % 20_000));
      };
      const long = Array.from({ length: 20_000 }, letter).join('');
      await assertKept({ displayName: long, mail: long });
      await assertKept({ userPrincipalName: long });
      await assertKept({ displayName: 'Mira', userPrincipalName: 'mira@fernhollow.example' });
    });

    for (const instant of instants) {
      test(`an instant is taken and kept as written: ${instant}`, () =>
        assertKept({ createdDateTime: instant, birthday: instant }));
    }

    for (const instant of farInstants) {
      test(`an instant far away breaks nothing: ${instant.slice(0, 30)}`, async () => {
        for (const name of ['birthday', 'createdDateTime', 'onPremisesLastSyncDateTime']) {
          const reply = await kith.request(path, { token, body: { [name]: instant } });
          assert.ok([200, 400].includes(reply.status), `${name}: ${reply.status} ${reply.text}`);
        }
      });
    }

    test('another person with the same userPrincipalName is refused as a conflict', async () => {
      const before = await kith.request(path, { token });
      for (const name of ['ingrid@fernhollow.example', 'INGRID@fernhollow.EXAMPLE']) {
        const body = { userPrincipalName: name, city: 'Never' };
        const reply = await kith.request(path, { token, body });
        assertError(reply, 400, 'Request_BadRequest');
        assert.equal(reply.json.error.target, 'userPrincipalName');
        assert.equal(reply.json.error.details[0].code, 'ObjectConflict');
      }
      const after = await kith.request(path, { token });
      assert.deepEqual(after.json, before.json);
    });

    test('one of two who ask for the same userPrincipalName at once gets it', async () => {
      const body = { userPrincipalName: 'wanted@fernhollow.example' };
      const names = ['ingrid', 'siobhan', 'lukasz', 'elif'];
      const replies = await Promise.all(
        names.map((name) =>
          kith.request(`/v1.0/users/${name}@fernhollow.example`, { token, body }),
        ),
      );
      assert.deepEqual(replies.map(({ status }) => status).sort(), [200, 400, 400, 400]);
    });

    for (const key of ['%00', 'a%00b', '%F0%9F%91%8D', '%EF%BF%BF', 'x'.repeat(3000)]) {
      test(`no entity has the key ${key.slice(0, 20)}, wherever it stands`, async () => {
        for (const where of [
          `users/${key}`,
          `users('${key}')/photo`,
          `groups/${key}/photo`,
          `teams/${key}/photo`,
          `me/contacts/${key}/photo`,
          `me/joinedGroups/${key}/photo`,
          `me/photos/${key}`,
          `user/${key}/profile`,
          `decoratedProfileConnections/${key}/profile`,
        ]) {
          const reply = await kith.request(`/localtest/${where}`, { token });
          assert.equal(reply.status, 404, `${where}: ${reply.status} ${reply.text.slice(0, 200)}`);
        }
      });
    }
  });
}
