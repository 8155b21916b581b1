import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { AuthorityStore, Grant } from '#plan/authority-store.ts';
import { openStore } from '#store/open-store.ts';
import { clock, databases, laterLibraryModel, makeTenant } from './stores.ts';

const grant: Grant = {
  kind: 'code',
  key: 'a',
  subject: 'one/ada',
  family: 'f',
  value: 'the value',
  expiresAt: 2_000_000_000_000,
};

for (const { name, place } of databases) {
  describe(`grants on ${name}`, () => {
    const withGrants = (title: string, body: (kept: AuthorityStore) => Promise<void>) =>
      test(title, async () => {
        await using home = await place();
        const { url, dataDir } = home;
        const model = laterLibraryModel;
        const store = await openStore({ url, dataDir, model, clock, onError: () => undefined });
        try {
          await body(store.authority);
        } finally {
          await store.close();
        }
      });

    withGrants(
      'are found as they were added, and none is added where one is there',
      async (kept) => {
        assert.equal(await kept.add(grant), true);
        assert.deepEqual(await kept.find('code', 'a'), { ...grant, version: 1 });
        assert.equal(await kept.add({ ...grant, key: 'b' }, grant), false);
        assert.equal(await kept.find('code', 'b'), undefined);
        assert.equal(await kept.add({ ...grant, kind: 'refresh' }), true);
      },
    );

    withGrants('are replaced once of many attempts, with what is added along', async (kept) => {
      await kept.add(grant);
      const found = (await kept.find('code', 'a'))!;
      const attempts = Array.from({ length: 8 }, (_, number) =>
        kept.replace(found, { value: `${number}` }, { ...grant, key: `next ${number}` }),
      );
      const outcomes = await Promise.all(attempts);
      assert.equal(outcomes.filter(Boolean).length, 1);
      assert.deepEqual(
        (await kept.list('code', 'one/ada')).map(({ key }) => key),
        ['a', `next ${outcomes.indexOf(true)}`],
      );
      const after = (await kept.find('code', 'a'))!;
      assert.equal(after.value, String(outcomes.indexOf(true)));
      assert.equal(after.version, 2);
    });

    withGrants(
      'go by key, by family, by subject and kind, and when they have expired',
      async (kept) => {
        const others: Grant[] = [
          { ...grant, key: 'b', family: 'g' },
          { ...grant, key: 'c', subject: 'one/ben', family: 'g' },
          { ...grant, kind: 'session', key: 'd', family: 'h', expiresAt: 5 },
        ];
        await kept.add(grant, ...others);
        await kept.remove('code', 'a');
        assert.equal(await kept.find('code', 'a'), undefined);
        await kept.removeSubject('one/ada', ['code']);
        assert.deepEqual(
          (await kept.list('code')).map(({ key }) => key),
          ['c'],
        );
        await kept.removeFamily('g');
        assert.deepEqual(await kept.list('code'), []);
        await kept.sweep(5);
        assert.equal((await kept.list('session')).length, 1);
        await kept.sweep(6);
        assert.deepEqual(await kept.list('session'), []);
      },
    );

    test('secrets are read beside their entity, in their own tenant', async () => {
      await using home = await place();
      const { url, dataDir } = home;
      const model = laterLibraryModel;
      const store = await openStore({ url, dataDir, model, clock, onError: () => undefined });
      const [one, other] = [await makeTenant(store, 'one'), await makeTenant(store, 'two')];
      const owner = await store.transact(one, async (tx) => {
        const added = await tx.insert('books', { id: 'b' });
        tx.writeSecret(added, 'password', 'hash');
        return added;
      });
      assert.equal(await store.authority.secret(one, owner, 'password'), 'hash');
      assert.equal(await store.authority.secret(other, owner, 'password'), undefined);
      assert.equal(await store.authority.secret(one, owner, 'other'), undefined);
      await store.close();
    });
  });
}
