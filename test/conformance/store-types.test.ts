import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Refusal } from '#errors.ts';
import type { EntityType, Model } from '#model/model.ts';
import type { Document } from '#plan/document.ts';
import { queryOf } from './query-stores.ts';
import { settledChanges } from './settled-changes.ts';
import { parse, root, storeTests } from './store-cases.ts';
import { laterShedModel, shedModel } from './store-model.ts';
import { databases, makeTenant } from './stores.ts';

const hammer: Document = {
  '@odata.type': 'test.hammerDrill',
  number: 7,
  displayName: 'Thor',
  watts: 800,
  colour: 'blue',
  parts: [{ '@odata.type': 'test.part', size: 3, odd: true }],
  nothing: null,
};

function typeOf(model: Model, name: string): EntityType {
  return model.types.get(name) as EntityType;
}

for (const { name, place } of databases) {
  describe(`keys, on ${name}`, () => {
    const withStore = storeTests(place, shedModel);
    withStore('of one part and of several are what an entity is found by', async (open) => {
      const { store, tenant } = open;
      await store.transact(tenant, async (tx) => {
        await tx.insert('tools', { number: 12 });
        await tx.insert('drawers', { row: 'a,b/%', column: 3, label: 'screws' });
        await tx.insert('drawers', { row: 'a', column: 3 });
        await tx.insert('shed', { id: 'whatever', colour: 'green' });
      });
      const reader = store.reader(tenant);
      assert.equal(parse(await reader.find('tools', 'id', '12', 'doc')).number, 12);
      const drawer = await reader.find('drawers', 'id', 'a%2Cb%2F%25,3', 'doc');
      assert.deepEqual([drawer?.id, parse(drawer).label], ['a%2Cb%2F%25,3', 'screws']);
      assert.equal(parse(await reader.find('shed', 'id', '', 'doc')).colour, 'green');
      const [first] = await settledChanges(store, tenant, undefined, 1);
      assert.equal(first?.key, '12');
    });

    withStore('are not given twice, nor are unique values', async ({ store, tenant }) => {
      const add = (set: string, members: Document) =>
        store.transact(tenant, (tx) => tx.insert(set, members));
      await add('drawers', { row: 'a', column: 3 });
      await add('tools', { number: 1, serial: 'X-1' });
      await add('shed', { id: '1' });
      const owner = await add('tools', { number: 2, serial: 'X-2' });
      const refused = async (work: Promise<unknown>, target: string | undefined) => {
        await assert.rejects(work, (error) => {
          assert.ok(error instanceof Refusal);
          assert.deepEqual([error.refusal, error.target], ['conflict', target]);
          return true;
        });
      };
      await refused(add('drawers', { row: 'a', column: 3 }), 'row, column');
      await refused(add('tools', { number: 1 }), 'number');
      await refused(add('tools', { number: 3, serial: 'x-1' }), 'serial');
      await refused(add('shed', { id: '2' }), 'id');
      const change = store.transact(tenant, async (tx) => {
        const record = (await tx.read(root('tools', owner)))!;
        const members = { ...parse(record), serial: 'X-1' };
        tx.write(root('tools', owner), members, record, ['serial']);
      });
      await refused(change, 'serial');
      const note = { set: 'tools', owner, path: 'notes', key: 'a' };
      const blind = () =>
        store.transact(tenant, async (tx) => tx.write(note, { id: 'a' }, undefined, []));
      await blind();
      await refused(blind(), undefined);
      assert.deepEqual(
        [await store.count(tenant, 'tools'), await store.count(tenant, 'shed')],
        [2, 1],
      );
    });

    withStore('a model that forgets the key of an entity is told so', async ({ store, tenant }) => {
      const work = store.transact(tenant, (tx) => tx.insert('drawers', { row: 'a' }));
      await assert.rejects(work, /drawers has no key/);
    });
  });
}

for (const { name, place } of databases) {
  describe(`an entity of a derived type, on ${name}`, () => {
    const withStore = storeTests(place, shedModel);
    withStore('keeps its members and its type, and what an open one holds', async (open) => {
      const { store, tenant } = open;
      await store.transact(tenant, (tx) => tx.insert('tools', hammer));
      const reader = store.reader(tenant);
      const found = await reader.find('tools', 'displayName', 'thor', 'doc');
      assert.equal(
        found?.text,
        '{"@odata.type":"#test.hammerDrill","number":7,"displayName":"Thor","serial":null,' +
          '"watts":800,"parts":[{"@odata.type":"test.part","size":3,"odd":true}],' +
          '"blows":40,"colour":"blue"}',
      );
      const view = await reader.find('tools', 'id', '7', 'view');
      assert.equal(view?.text, '{"number":7,"blows":40}');
      const page = await reader.query(
        { kind: 'set', set: 'tools', type: typeOf(shedModel, 'test.drill') },
        queryOf(),
        'doc',
      );
      assert.deepEqual(
        page.members.map(({ key }) => key),
        ['7'],
      );
    });

    withStore('is changed in place, member by member', async ({ store, tenant }) => {
      const owner = await store.transact(tenant, (tx) => tx.insert('tools', hammer));
      await store.transact(tenant, async (tx) => {
        const found = (await tx.find('tools', 'id', '7', 'doc'))!;
        const document = tx.document('tools', found.text);
        assert.equal(document.type.name, 'test.hammerDrill');
        const change = { blows: 50, colour: null, weight: 2.5, displayName: 'Mjölnir' };
        tx.write(root('tools', owner), document.replace(change), found, Object.keys(change));
      });
      const reader = store.reader(tenant);
      const found = await reader.find('tools', 'displayName', 'MJÖLNIR', 'doc');
      const { blows, colour, weight, watts } = parse(found);
      assert.deepEqual([blows, colour, weight, watts], [50, undefined, 2.5, 800]);
      assert.equal(
        (await reader.find('tools', 'id', '7', 'view'))?.text,
        '{"number":7,"blows":50}',
      );
      assert.equal(await reader.find('tools', 'displayName', 'thor', 'doc'), undefined);
    });

    withStore('may become one of another type, and back', async ({ store, tenant }) => {
      const owner = await store.transact(tenant, (tx) => tx.insert('tools', hammer));
      const become = (members: Document) =>
        store.transact(tenant, async (tx) => {
          const record = (await tx.read(root('tools', owner)))!;
          tx.write(root('tools', owner), members, record, ['number', 'displayName', 'serial']);
        });
      const view = async () => (await store.reader(tenant).find('tools', 'id', '7', 'view'))?.text;
      await become({ '@odata.type': '#test.tool', number: 7, displayName: 'Plain' });
      assert.equal(await view(), '{"number":7,"displayName":"Plain"}');
      await become({ ...hammer, displayName: 'Again' });
      assert.equal(await view(), '{"number":7,"blows":40}');
      await become({ '@odata.type': 'test.shed', number: 7 });
      const record = await store.reader(tenant).read(root('tools', owner));
      assert.match(record?.text ?? '', /^\{"@odata.type":"#test.tool"/, 'no kind of tool');
    });

    withStore('is contained in another as well', async ({ store, tenant }) => {
      const owner = await store.transact(tenant, (tx) => tx.insert('tools', { number: 1 }));
      const note = { set: 'tools', owner, path: 'notes', key: 'a' };
      await store.transact(tenant, async (tx) => {
        tx.write(note, { '@odata.type': 'test.longNote', id: 'a', chapters: 9 }, undefined, []);
      });
      const record = await store.reader(tenant).read(note);
      assert.equal(
        record?.text,
        '{"@odata.type":"#test.longNote","id":"a","text":null,"chapters":9}',
      );
    });
  });
}

for (const { name, place } of databases) {
  test(`${name}: a derived type that has more to say has its rows rendered anew`, async () => {
    await using home = await place();
    const before = await home.open(shedModel);
    const tenant = await makeTenant(before, 'one');
    await before.transact(tenant, (tx) => tx.insert('tools', hammer));
    await before.close();
    const after = await home.open(laterShedModel);
    const members = parse(await after.reader(tenant).find('tools', 'id', '7', 'doc'));
    await after.close();
    assert.deepEqual(
      [members['@odata.type'], members.case, members.blows, members.colour],
      ['#test.hammerDrill', null, 40, 'blue'],
    );
  });
}
