import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Document } from '#plan/document.ts';
import { decorate, people, pick, rich, stored, type World } from './sample-world.test.ts';

describe('a viewer without a bound account', () => {
  const written = { ...stored, summary: 'Auditor.', ims: [{ id: 'm', provider: 'Skype' }] };
  const seen = ['summary', 'ims', 'skills', 'emails', 'bornOn', 'connected', 'connectionDegree'];
  const world = { ...rich, links: [[1, 2]] as const };

  test('sees nothing of what LinkedIn gives to bound ones alone', async () => {
    const shown = await decorate({ ...world, status: 'Unbound' }, { members: written });
    const nothing = [null, [], [], [], null, null, null];
    assert.deepEqual(Object.values(pick(shown, seen)), nothing);
    assert.deepEqual([shown.totalPositionCount, shown.salesNavigatorInfo], [4, null]);
  });

  for (const status of ['Bound', 'LinkedInBound']) {
    test(`sees it when the account is ${status}`, async () => {
      const { summary, connectionDegree } = await decorate(
        { ...world, status },
        { members: written },
      );
      assert.deepEqual([summary, connectionDegree], ['Auditor.', 'DISTANCE_1']);
    });
  }
});

describe('Sales Navigator', () => {
  const info = (members: Document, world: World = rich) =>
    decorate(world, { members }).then((shown) => shown.salesNavigatorInfo as Document);
  const day = (year: number, month: number) => ({ year, month, day: 2 });

  test('counts colleagues who know the member, and names those in common first', async () => {
    const links = [
      [2, 4],
      [2, 3],
      [1, 3],
      [1, 2],
    ] as const;
    const users = { ...people, 4: { displayName: 'Wendy Moira' } };
    const { teamlinkInfo } = await info(stored, { ...rich, users, links });
    const { countOfTotalTeamlinkConnections: count, topTeamlinks } = teamlinkInfo as Document;
    const names = (topTeamlinks as Document[]).map(({ firstName }) => firstName);
    assert.deepEqual([count, names], [2, ['Peter', 'Wendy Moira']]);
  });

  test('says nothing of a team where nobody is connected', async () => {
    const shown = await info(stored, { users: people });
    assert.equal('teamlinkInfo' in shown, false);
  });

  test('has insights of news and posts, the latest first', async () => {
    const newsMentions = [{ createdOn: day(2026, 1), title: 'N', url: 'https://n.example' }];
    const userGeneratedContents = [
      { createdOn: day(2026, 2), mediaCategory: 'ARTICLE', url: 'https://a.example' },
      { createdOn: day(2025, 2), mediaCategory: 'VIDEO', title: 'V', url: 'https://v.example' },
      { createdOn: { month: 3 }, mediaCategory: 'NONE', url: 'https://p.example' },
    ];
    const { insights } = await info({ ...stored, newsMentions, userGeneratedContents });
    const shown = (insights as Document[]).map(({ insightType, title }) => [insightType, title]);
    assert.deepEqual(shown, [
      ['SHARE_ARTICLE', 'https://a.example'],
      ['NEWS_MENTION', 'N'],
      ['SHARE_CONTENT', 'V'],
    ]);
  });
});
