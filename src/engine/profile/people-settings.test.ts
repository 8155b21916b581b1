import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Document } from '#plan/document.ts';
import { isPublic } from './audiences.ts';
import { reachBy, readPeopleSettings } from './people-settings.ts';

async function settingOf(members: Document) {
  const text = JSON.stringify({ name: 'skills', ...members });
  const list = async () => [{ key: 'k', version: 3, text }];
  return readPeopleSettings({ list });
}

test('a limit holds for what is said and what is not, unless it may be overridden', async () => {
  const cases = [
    // The limit, whether it may be overridden, what the person says, and who is reached.
    ['me', false, 'everyone', false],
    ['me', true, 'everyone', true],
    ['me', true, undefined, false],
    ['organization', false, 'me', false],
    ['everyone', false, undefined, true],
    [null, false, 'organization', true],
    [null, true, 'me', false],
  ] as const;
  for (const [allowedAudiences, isUserOverrideForAudienceEnabled, own, reached] of cases) {
    const members = { allowedAudiences, isUserOverrideForAudienceEnabled };
    const { facets } = await settingOf(members);
    assert.equal(
      isPublic(reachBy(facets.get('skills'), own)),
      reached,
      `${allowedAudiences} ${own}`,
    );
  }
});

test('sources are told by the ids in their URLs, and settings by their versions', async () => {
  const prioritizedSourceUrls = [
    "https://a.example/beta/admin/people/profileSources(sourceId='it''s')",
    'https://a.example/other',
  ];
  const { facets, mark } = await settingOf({ prioritizedSourceUrls });
  assert.deepEqual(facets.get('skills')?.sourceIds, ["it's"]);
  assert.equal(mark, 'k 3');
  assert.equal((await readPeopleSettings({ list: async () => [] })).mark, '');
});
