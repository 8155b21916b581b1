import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compileModel } from '#model/compile.ts';
import { declarations } from '#model/declarations.ts';
import { kithService } from '#model/kith-service.ts';
import { resources } from '#model/resources.ts';
import type { Tenant } from '#plan/caller.ts';
import type { Document } from '#plan/document.ts';
import type { LoadingStore } from '#plan/load.ts';
import { type FacetViewer, nothingAsked } from '#plan/query.ts';
import { databases } from './stores.ts';

const model = compileModel(declarations, resources, 'store', kithService);
const source = { kind: 'set', set: 'users', type: model.resources.get('users')!.type } as const;
/** So many that words are put side by side, and not looked up one by one. */
const MANY = 1_040;
const CHUNK = 260;
const AUDIENCES = ['organization', 'organization', 'me', 'everyone'];

const stranger: FacetViewer = {
  owner: undefined,
  addresses: [],
  isUnrestricted: false,
  hidden: [],
  hiddenOwn: [],
  confined: { started: [], kept: [] },
  family: 'family',
  members: 'members',
};

function guid(at: number): string {
  return `00000000-0000-4000-9000-${String(at).padStart(12, '0')}`;
}

/** One skill in two words, or two skills of one word each; every fourth for themselves alone. */
function skillsOf(at: number): readonly Document[] {
  const allowedAudiences = AUDIENCES[at % AUDIENCES.length]!;
  const names = at % 3 === 0 ? ['Quern', 'Zither'] : ['Quern Zither'];
  return names.map((displayName, index) => {
    return { id: guid(at * 2 + index), displayName, allowedAudiences };
  });
}

async function fill(store: LoadingStore, tenant: Tenant, from = 0, to = MANY): Promise<void> {
  for (let first = from; first < to; first += CHUNK) {
    await store.import(tenant, async (tx) => {
      for (let at = first; at < first + CHUNK; at++) {
        const id = guid(at);
        const userPrincipalName = `p${at}@many.example`;
        const person = { id, displayName: `P ${at}`, userPrincipalName };
        const owner = await tx.addRoot(store.makeReady('users', '', person));
        for (const skill of skillsOf(at)) {
          tx.addPart(store.makeReady('users', 'profile/skills', skill), owner, String(skill.id));
        }
      }
    });
  }
}

for (const { name, place } of databases) {
  describe(`the words of very many people, on ${name}`, () => {
    test('are found together where they stand in one facet, and kept anew if need be', async () => {
      await using where = await place();
      let store = await where.open(model);
      const tenant = await store.createTenant({ id: guid(9), displayName: 'Many', domains: [] });
      const count = async (text: string, viewer = stranger) => {
        const search = { kind: 'facet', facets: ['skills'], text } as const;
        const query = { ...nothingAsked, search, viewer, pageSize: 2, count: true };
        return (await store.reader(tenant).query(source, query, 'nothing')).count;
      };
      await fill(store, tenant);
      const all = Array.from({ length: MANY }, (_, at) => at);
      const seen = all.filter((at) => AUDIENCES[at % AUDIENCES.length] !== 'me');
      const together = seen.filter((at) => at % 3 !== 0);
      const expectAll = async () => {
        assert.equal(await count('quern'), seen.length);
        assert.equal(await count('zither quern'), together.length);
        const unrestricted = { ...stranger, isUnrestricted: true };
        assert.equal(await count('zither quern', unrestricted), all.filter((at) => at % 3).length);
      };
      await expectAll();
      await store.close();
      await where.execute('DELETE FROM kith_known');
      await where.execute("UPDATE kith_kept SET value = 'older' WHERE name = 'known'");
      store = await where.open(model);
      await expectAll();
      await fill(store, tenant, MANY, MANY + CHUNK);
      assert.equal(
        await count('quern'),
        (seen.length * (MANY + CHUNK)) / MANY,
        'words are kept by now',
      );
      await store.close();
    });
  });
}
