import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openOnPostgres } from '../contract/stores.ts';
import type { RunningKith } from '../running-kith.ts';
import { startModel } from './foreign-models.ts';

const stores = [
  { name: 'SQLite', open: () => startModel('observatory') },
  {
    name: 'PostgreSQL',
    open: () => openOnPostgres((store) => startModel('observatory', { store })),
  },
];

/** An entity, a navigation of it, and the options of what it expands. */
const expansions: readonly (readonly [entity: string, navigation: string, options: string])[] = [
  ["People?$filter=Name eq 'Ines Vidal'&", 'Favourites', ''],
  ["People?$filter=Name eq 'Ines Vidal'&", 'Favourites', '($select=Name;$orderby=Name desc)'],
  ["People?$filter=Name eq 'Ines Vidal'&", 'Favourites', '($count=true;$filter=ID gt 1)'],
  ["People?$filter=Name eq 'Ines Vidal'&", 'Favourites/$ref', ''],
  ["People?$filter=Name eq 'Ines Vidal'&", 'Favourites', '($expand=Owner)'],
  ["People?$filter=Name eq 'Ines Vidal'&", 'Favourites/Sky.Telescope', '($select=Aperture)'],
  ['Instruments?$filter=ID eq 2&', 'Nights', "($filter=Sky ne 'Hazy';$skip=0)"],
  ['Instruments?$filter=ID eq 2&', 'Nights', '($top=1)'],
];

for (const { name, open } of stores) {
  describe(`expanded collections on ${name} come in pages`, () => {
    let kith: RunningKith;
    before(async () => {
      kith = await open();
    });
    after(() => kith.close());

    const get = (url: string, size?: number) =>
      kith.request(encodeURI(url), {
        headers: size === undefined ? {} : { Prefer: `odata.maxpagesize=${size}` },
      });

    for (const [entity, navigation, options] of expansions) {
      test(`${entity}$expand=${navigation}${options}`, async () => {
        const url = `/v1.0/${entity}$expand=${navigation}${options}`;
        const property = navigation.split('/')[0]!;
        const whole = (await get(url)).json.value[0];
        assert.equal(whole[`${property}@odata.nextLink`], undefined);
        const first = await get(url, 1);
        assert.equal(first.status, 200, first.text);
        const [shown] = first.json.value;
        assert.equal(shown[`${property}@odata.count`], whole[`${property}@odata.count`]);
        const members = shown[property] as object[];
        assert.ok(members.length <= 1);
        let link: string | undefined = shown[`${property}@odata.nextLink`];
        assert.equal(link === undefined, whole[property].length <= 1);
        while (link !== undefined) {
          assert.ok(link.startsWith(`${kith.origin}/v1.0/`), link);
          const page = await kith.request(link.slice(kith.origin.length), {
            headers: { Prefer: 'odata.maxpagesize=1' },
          });
          assert.equal(page.status, 200, page.text);
          members.push(...page.json.value);
          link = page.json['@odata.nextLink'];
        }
        assert.deepEqual(members, whole[property]);
      });
    }

    test('a link keeps $format, and is good for nothing else', async () => {
      const reply = await get(
        "/v1.0/People?$filter=Name eq 'Ines Vidal'&$expand=Favourites&$format=application/json;metadata=none",
        1,
      );
      // Without metadata, links to further pages are all that is said (OData JSON, 3.1.3).
      const link: string = reply.json.value[0]['Favourites@odata.nextLink'];
      assert.match(link, /\$format=application\/json;metadata=none/);
      const changed = link.replace('$format', '$top=5&$format');
      assert.equal((await kith.request(changed.slice(kith.origin.length))).status, 400);
    });

    test('what an alias means outside is not asked for again', async () => {
      const url =
        "/v1.0/People?$filter=Name eq 'Ines Vidal'&$expand=Favourites($filter=ID gt @i)&@i=1";
      const [shown] = (await get(url, 1)).json.value;
      assert.equal(shown.Favourites.length, 2);
      assert.equal(shown['Favourites@odata.nextLink'], undefined);
    });
  });
}
