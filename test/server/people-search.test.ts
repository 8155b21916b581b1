import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { assertError } from '../contract/expectations.ts';
import { stores } from '../contract/stores.ts';
import type { Reply, RequestOptions, RunningKith } from '../running-kith.ts';

const AUDIENCES = ['me', 'family', 'contacts', 'groupMembers', 'organization', 'everyone'];
const WORDS = ['qua', 'zef', 'wix', 'juv', 'pyk'];
const MIRA = 'mira@fernhollow.example';

interface Person {
  readonly id: string;
  readonly userPrincipalName: string;
  readonly displayName: string;
  readonly mail: string | null;
}

for (const { name, open } of stores) {
  describe(`people are searched by what they know, on ${name}`, () => {
    let kith: RunningKith;
    let token: string;
    let people: readonly Person[];
    before(async () => {
      kith = await open();
      token = await kith.token();
      const select = '$select=id,userPrincipalName,displayName,mail&$top=100';
      people = (await kith.request(`/beta/users?${select}`, { token })).json.value;
    });
    after(() => kith?.close());

    function ask(path: string, options: RequestOptions = {}): Promise<Reply> {
      const headers = { ConsistencyLevel: 'eventual' };
      return kith.request(`/beta/${path.replaceAll(' ', '%20')}`, { token, headers, ...options });
    }

    async function teach(at: number, facet: string, body: object): Promise<string> {
      const path = `users/${people[at]!.id}/profile/${facet}`;
      const made = await ask(path, { method: 'POST', body });
      assert.equal(made.status, 201, made.text);
      return made.json.id;
    }

    async function find(search: string, more = '', options: RequestOptions = {}) {
      const reply = await ask(`users?$search=${search}&$select=id&$top=100${more}`, options);
      assert.equal(reply.status, 200, reply.text);
      const ids: string[] = reply.json.value.map(({ id }: Person) => id);
      return ids.map((id) => people.findIndex((each) => each.id === id));
    }

    test('those who fit best come first, page by page', async () => {
      await teach(1, 'skills', { displayName: 'Rust and Zymurgy', proficiency: 'expert' });
      await teach(2, 'skills', { displayName: 'Zymurgy', proficiency: 'elementary' });
      await teach(3, 'skills', { displayName: 'Zymurgy', proficiency: 'expert' });
      await teach(4, 'skills', { displayName: 'Brewing', categories: ['Zymurgy'] });
      const ranked = [3, 2, 1, 4];
      assert.deepEqual(await find('"skills:zymurgy"'), ranked);
      assert.deepEqual(await find('"skills:zymurgy"', '&$filter=accountEnabled eq true'), ranked);
      const byName = await find('"skills:zymurgy"', '&$orderby=displayName');
      assert.deepEqual(byName.toSorted(), ranked.toSorted());
      const shown: string[] = [];
      let next: string | undefined =
        `/beta/users?$search="skills:zymurgy"&$select=id&$top=1&$count=true`;
      const headers = { ConsistencyLevel: 'eventual' };
      for (let pages = 0; next && pages < 9; pages++) {
        const reply = await kith.request(next, { token, headers });
        if (pages === 0) assert.equal(reply.json['@odata.count'], ranked.length);
        shown.push(...reply.json.value.map(({ id }: Person) => id));
        next = reply.json['@odata.nextLink']?.slice(kith.origin.length);
      }
      assert.deepEqual(
        shown,
        ranked.map((at) => people[at]!.id),
      );
      const inV1 = await kith.request('/v1.0/users/$count?$search="skills:zymurgy"', {
        token,
        headers,
      });
      assert.equal(inV1.text, String(ranked.length));
    });

    test('slips of the pen are forgiven, and beginnings are enough', async () => {
      await teach(5, 'skills', { displayName: 'Zubernitas' });
      await teach(6, 'languages', { displayName: 'Kiswahili' });
      for (const typed of ['zubernitas', 'Zubernitsa', 'zubrenitas', 'subernitas', 'zuber']) {
        assert.deepEqual(await find(`"skills:${typed}"`), [5], typed);
      }
      assert.deepEqual(await find('"skills:kiswahili"'), []);
      assert.deepEqual(await find('"languages:kiswahilli"'), [6]);
      // Where somebody has the very word, nobody with a similar one is meant.
      await teach(7, 'skills', { displayName: 'Zubernits' });
      assert.deepEqual(await find('"skills:zubernits"'), [7]);
    });

    test('words of one clause stand in one facet; clauses are joined by AND and OR', async () => {
      await teach(8, 'projects', { displayName: 'Xylobar pontifex' });
      await teach(9, 'projects', { displayName: 'Xylobar' });
      await teach(9, 'projects', { displayName: 'Pontifex' });
      assert.deepEqual(await find('"projects:pontifex xylobar"'), [8]);
      const both = await find('"projects:pontifex" AND "projects:xylobar"');
      assert.deepEqual(both.toSorted(), [8, 9]);
      const either = await find('"projects:xylobar" OR "skills:zymurgy"');
      assert.deepEqual(either.toSorted(), [1, 2, 3, 4, 8, 9]);
      const first = people[8]!.displayName.split(' ')[0];
      const named = `"displayName:${encodeURIComponent(first!)}"`;
      assert.deepEqual(await find(`"projects:pontifex" AND ${named}`), [8]);
      const mixed = await find(`"skills:zubernits" OR ${named}`);
      assert.ok(mixed.includes(8) && mixed.includes(7));
    });

    test('what is changed or gone is found as it is now', async () => {
      const id = await teach(10, 'interests', { displayName: 'Origami' });
      const path = `users/${people[10]!.id}/profile/interests/${id}`;
      assert.deepEqual(await find('"interests:origami"'), [10]);
      await ask(path, { body: { displayName: 'Falconry' } });
      assert.deepEqual(await find('"interests:origami"'), []);
      assert.deepEqual(await find('"interests:falconry"'), [10]);
      await ask(path, { body: { isSearchable: false } });
      assert.deepEqual(await find('"interests:falconry"'), []);
      await ask(path, { body: { isSearchable: true } });
      const user = `users/${people[10]!.id}`;
      assert.equal((await ask(user, { method: 'DELETE' })).status, 204);
      assert.deepEqual(await find('"interests:falconry"'), []);
      const restored = await ask(`directory/deletedItems/${people[10]!.id}/restore`, {
        method: 'POST',
      });
      assert.equal(restored.status, 200, restored.text);
      assert.deepEqual(await find('"interests:falconry"'), [10]);
      await ask(path, { method: 'DELETE' });
      assert.deepEqual(await find('"interests:falconry"'), []);
    });

    test('what starts from the directory is found, too, by whoever may read it there', async () => {
      const path = `users/${people[11]!.id}`;
      await ask(path, { body: { jobTitle: 'Ropewalker' } });
      await ask(path, { body: { skills: ['Quilling'] } });
      assert.deepEqual(await find('"positions:ropewalker"'), [11]);
      assert.deepEqual(await find('"skills:quilling"'), [11]);
      const scopes = ['User.ReadBasic.All'];
      const basic = { token: await kith.token({ user: MIRA, scopes }) };
      assert.deepEqual(await find('"skills:quilling"', '', basic), []);
      assert.deepEqual(await find('"skills:zymurgy"', '', basic), [3, 2, 1, 4]);
      const first = people[11]!.displayName.split(' ')[0]!;
      await ask(path, { body: { preferredName: 'Zippikins' } });
      const both = `"names:${encodeURIComponent(first)} zippikins"`;
      assert.deepEqual(await find(both), [11]);
      assert.deepEqual(await find(both, '', basic), []);
      assert.ok((await find(`"names:${encodeURIComponent(first)}"`, '', basic)).includes(11));
      await ask(path, { body: { jobTitle: 'Ferryman' } });
      assert.deepEqual(await find('"positions:ropewalker"'), []);
    });

    test('nobody finds a facet that does not reach them', async () => {
      const some = people.filter(({ mail }) => mail !== null).slice(0, 14);
      const [viewer, other] = [some[3]!, some[7]!];
      let at = 0;
      for (const person of some) {
        for (const word of WORDS) {
          const allowedAudiences = AUDIENCES[(at * 7 + (at >> 2)) % AUDIENCES.length]!;
          at += 1;
          if (at % 3 === 0) continue;
          await teach(people.indexOf(person), 'awards', { displayName: word, allowedAudiences });
        }
        const contact = { displayName: 'C', emailAddresses: [{ address: viewer.mail }] };
        if (at % 2 === 0) {
          const method = 'POST';
          await ask(`users/${person.id}/contacts`, { method, body: contact });
        }
      }
      for (const { userPrincipalName } of [viewer, other]) {
        const as = { token: await kith.token({ user: userPrincipalName }) };
        const reached = new Map<string, Set<number>>(WORDS.map((word) => [word, new Set()]));
        for (const person of some) {
          const read = await ask(`users/${person.id}/profile/awards`, as);
          for (const { displayName } of read.json.value) {
            reached.get(displayName)?.add(people.indexOf(person));
          }
        }
        for (const [word, expected] of reached) {
          const found = await find(`"awards:${word}"`, '', as);
          assert.deepEqual(new Set(found), expected, `${userPrincipalName}: ${word}`);
          const count = await ask(`users/$count?$search="awards:${word}"`, as);
          assert.equal(count.text, String(expected.size));
        }
      }
    });

    test('what administrators keep to each person alone is found by nobody else', async () => {
      const settings = 'admin/people/profilePropertySettings';
      const body = { name: 'skills', allowedAudiences: 'me' };
      const set = await ask(settings, { method: 'POST', body });
      assert.equal(set.status, 201, set.text);
      const own = { token: await kith.token({ user: people[3]!.userPrincipalName }) };
      assert.deepEqual(await find('"skills:zymurgy"', '', own), [3]);
      assert.deepEqual(await find('"skills:quilling"', '', own), []);
      assert.deepEqual(await find('"projects:xylobar pontifex"', '', own), [8]);
      const path = `${settings}/${set.json.id}`;
      await ask(path, { body: { isUserOverrideForAudienceEnabled: true } });
      assert.deepEqual(await find('"skills:zymurgy"', '', own), [3, 2, 1, 4]);
      assert.deepEqual(await find('"skills:quilling"', '', own), []);
      assert.equal((await ask(path, { method: 'DELETE' })).status, 204);
    });

    test('/search/query answers in the shape of Graph', async () => {
      const query = { queryString: 'skills:zymurgy' };
      const request = { entityTypes: ['person'], query, from: 1, size: 2 };
      const reply = await ask('search/query', { method: 'POST', body: { requests: [request] } });
      assert.equal(reply.status, 200, reply.text);
      const [response] = reply.json.value;
      assert.deepEqual(response.searchTerms, ['zymurgy']);
      const [container] = response.hitsContainers;
      assert.equal(container.total, 4);
      assert.equal(container.moreResultsAvailable, true);
      const told = container.hits.map((hit: { rank: number; hitId: string }) => [
        hit.rank,
        hit.hitId,
      ]);
      assert.deepEqual(told, [
        [2, people[2]!.id],
        [3, people[1]!.id],
      ]);
      const { resource } = container.hits[0];
      assert.equal(resource['@odata.type'], '#microsoft.graph.person');
      assert.equal(resource.displayName, people[2]!.displayName);
      assert.equal(resource.personType.class, 'Person');
    });

    test('/search/query refuses what it does not serve', async () => {
      const post = (body: unknown, as = token) =>
        ask('search/query', { method: 'POST', body: body as object, token: as });
      const query = { queryString: 'x' };
      const refused: readonly [request: object, status: number][] = [
        [{ entityTypes: ['message'], query }, 501],
        [{ entityTypes: ['nonsense'], query }, 400],
        [{ entityTypes: [], query }, 400],
        [{ entityTypes: ['person'] }, 400],
        [{ entityTypes: ['person'], query: { queryString: 'NOT x' } }, 400],
        [{ entityTypes: ['person'], query, size: 0 }, 400],
        [{ entityTypes: ['person'], query, from: -1 }, 400],
        [{ entityTypes: ['person'], query, nonsense: 1 }, 400],
      ];
      for (const [request, status] of refused)
        assertError(await post({ requests: [request] }), status);
      for (const body of [{}, { requests: [] }, { requests: 'x' }])
        assertError(await post(body), 400);
      const one = { requests: [{ entityTypes: ['person'], query }] };
      assertError(await post(one, await kith.token({ user: MIRA, scopes: ['User.Read'] })), 403);
      assertError(await ask('search/query'), 405);
      assertError(await ask('search'), 501);
      const scopes = ['People.Read'];
      assert.equal((await post(one, await kith.token({ user: MIRA, scopes }))).status, 200);
    });

    test('facets are searched with the permissions of facets, in lists of people', async () => {
      const own = await kith.token({ user: MIRA, scopes: ['User.Read'] });
      assertError(await ask('users?$search="skills:rust"', { token: own }), 403);
      const headers = {};
      assertError(await ask('users?$search="skills:rust"', { headers }), 400);
      assertError(await ask('users?$search="nonsense:rust"'), 400);
      for (const text of ['', '—', '"', 'a b c d e f g h i j k l m n o p q r s t']) {
        const reply = await ask(`users?$search=${encodeURIComponent(`"skills:${text}"`)}`);
        assert.ok([200, 400].includes(reply.status), `${text}: ${reply.text}`);
      }
    });
  });
}
