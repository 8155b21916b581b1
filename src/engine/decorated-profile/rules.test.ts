import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { StructuredType } from '#model/model.ts';
import type { Document } from '#plan/document.ts';
import { decoratedProfileRules } from './rules.ts';
import {
  contextOf,
  decorate,
  people,
  pick,
  position,
  rich,
  stored,
  type,
} from './sample-world.test.ts';

/** Refuses a value whose members are undeclared, of other types, or missing where never null. */
function checkValue(declared: StructuredType, value: Document, isComplex: boolean): void {
  const { '@odata.type': named, ...members } = value;
  if (isComplex) {
    assert.equal(Object.keys(value)[0], '@odata.type');
    assert.equal(named, declared.name);
  }
  for (const name of Object.keys(members)) assert.ok(declared.properties.has(name), name);
  for (const property of declared.properties.values()) {
    const held = members[property.name];
    const isThere = held !== undefined && held !== null;
    assert.ok(isThere || property.nullable || property.collection || !isComplex, property.name);
    if (property.type.kind !== 'complex' || !isThere) continue;
    for (const each of [held].flat()) checkValue(property.type, each as Document, true);
  }
}

describe('a profile that nobody has written', () => {
  test("is told by the directory's user", async () => {
    const user = {
      ...{ displayName: 'Mary Poe', givenName: 'Mary', surname: 'Poe', jobTitle: 'Auditor' },
      ...{ officeLocation: '3/117', city: 'Aarhus', mail: 'mary@fernhollow.example' },
    };
    const context = contextOf({ users: { 2: user } }, '0a');
    assert.deepEqual(await decoratedProfileRules.initial!(context), {
      id: '0b',
      profileUrl: 'https://www.linkedin.com/in/0b',
      firstName: 'Mary',
      lastName: 'Poe',
      headline: 'Auditor',
      location: '3/117',
    });
  });

  test('makes do with a display name and a city', async () => {
    const context = contextOf({ users: { 2: { displayName: 'Lab', city: 'Kiel' } } }, '0a');
    assert.deepEqual(await decoratedProfileRules.initial!(context), {
      id: '0b',
      profileUrl: 'https://www.linkedin.com/in/0b',
      firstName: 'Lab',
      lastName: null,
      headline: null,
      location: 'Kiel',
    });
  });

  test('is not there without a user', async () => {
    assert.equal(await decoratedProfileRules.initial!(contextOf({}, '0a')), undefined);
  });
});

test("a profile's id is the person's, whatever stood there", () => {
  const members = decoratedProfileRules.complete!({ id: 'x', firstName: 'M' }, contextOf({}, '0a'));
  assert.deepEqual(members, { id: '0b', firstName: 'M' });
});

describe('a decorated profile', () => {
  const callers = { 'another person': '0a', 'the person': '0b', 'an application': undefined };
  for (const [name, user] of Object.entries(callers)) {
    test(`has every computed member in its declared form for ${name}`, async () => {
      const shown = await decorate(rich, { user });
      checkValue(type, shown, false);
      const computed = [...type.properties.values()].filter((each) => each.computed);
      assert.deepEqual(
        computed.filter((each) => shown[each.name] === undefined).map((each) => each.name),
        [],
      );
    });
  }

  test('keeps what is stored and replaces what a body could have brought', async () => {
    const newsMentions = [
      { '@odata.type': 'microsoft.graph.NewsMention', url: 'https://n.example' },
    ];
    const members = { ...stored, newsMentions, totalPositionCount: 77, connected: true };
    const shown = await decorate(rich, { members });
    assert.deepEqual(
      pick(shown, ['firstName', 'newsMentions', 'totalPositionCount', 'connected']),
      {
        firstName: 'Mary',
        newsMentions,
        totalPositionCount: 4,
        connected: false,
      },
    );
  });

  test('shows three positions of four, and all educations of one', async () => {
    const shown = await decorate(rich);
    const names = (shown.recentPositions as Document[]).map((each) => each.name);
    assert.deepEqual(names, ['Wren', 'Galehaven', 'Saltmarsh']);
    const schools = (shown.recentEducations as Document[]).map((each) => each.name);
    assert.deepEqual([shown.totalEducationCount, schools], [1, ['Duke']]);
  });

  test('shows what is for oneself alone to nobody else', async () => {
    const own = { ...position('Secret', '2001-01-01'), allowedAudiences: 'me' };
    const world = { users: people, facets: { '2 profile/positions': [own] } };
    const callers = ['0a', '0b', undefined];
    const counts = await Promise.all(
      callers.map(async (user) => (await decorate(world, { user })).totalPositionCount),
    );
    assert.deepEqual(counts, [0, 1, 0]);
  });

  const counts = [
    [0, 0, false],
    [499, 499, false],
    [500, 500, false],
    [501, 500, true],
  ] as const;
  for (const [connections, count, countObfuscated] of counts) {
    test(`says ${count} of ${connections} connections`, async () => {
      const { connection } = await decorate({ users: people, connections });
      const value = { '@odata.type': 'microsoft.graph.Connection', count, countObfuscated };
      assert.deepEqual(connection, value);
    });
  }
});

describe('what lies between two people', () => {
  const ways = [
    ['DISTANCE_1', [[1, 2]]],
    [
      'DISTANCE_2',
      [
        [1, 3],
        [3, 2],
      ],
    ],
    [
      'DISTANCE_3',
      [
        [1, 3],
        [3, 4],
        [4, 2],
      ],
    ],
    [
      'OUT_OF_NETWORK',
      [
        [1, 3],
        [3, 4],
        [4, 5],
        [5, 2],
      ],
    ],
  ] as const;
  for (const [connectionDegree, links] of ways) {
    test(`${links.length} links are ${connectionDegree}`, async () => {
      const shown = await decorate({ users: people, links });
      assert.equal(shown.connectionDegree, connectionDegree);
    });
  }

  test('highlights are sentences in the language of the reader', async () => {
    const shown = await decorate(rich, { languages: 'it, fr-CA;q=0.8, de;q=0.2' });
    const details = (shown.simpleProfileHighlights as Document[]).map((each) => each.detail);
    assert.deepEqual(details, [
      'Mary et vous connaissez Peter Pan.',
      'Vous avez travaillé chez Wren ; Mary y a commencé 6 ans et 4 mois plus tard.',
      'Mary et vous avez étudié à Duke.',
    ]);
    const locale = { '@odata.type': 'microsoft.graph.Locale', language: 'fr', country: 'CA' };
    assert.deepEqual(shown.locale, locale);
  });

  test('a member without a first name is called by the last', async () => {
    const shown = await decorate(rich, { members: { ...stored, firstName: '', lastName: 'Poe' } });
    const [first] = shown.simpleProfileHighlights as Document[];
    assert.equal(first!.detail, 'You and Poe both know Peter Pan.');
  });

  test('each profile highlight has one member', async () => {
    const shown = await decorate(rich);
    const members = (shown.profileHighlights as Document[]).map((each) => Object.keys(each));
    assert.deepEqual(
      members,
      [
        'sharedConnections',
        'sharedExperiences',
        'sharedEducations',
        'meetNewHire',
        'positionChange',
      ].map((name) => ['@odata.type', name]),
    );
  });

  const birthdays = [
    ['that the member states', { month: 6, day: 18 }, '1990-06-16T00:00:00Z', 18],
    ['of the directory, where the stated one has no day', { month: 6 }, '1990-06-16T00:00:00Z', 16],
    ['of the directory, where none is stated', null, '1990-06-16T00:00:00Z', 16],
    ['that is no day of the calendar and unknown to the directory', { month: 6, day: 31 }, null, 0],
  ] as const;
  for (const [name, bornOn, birthday, day] of birthdays) {
    test(`the birthday ${day ? 'celebrated' : 'passed over'} is the one ${name}`, async () => {
      const users = { ...people, 2: { displayName: 'Mary Poe', birthday } };
      const shown = await decorate({ users }, { members: { ...stored, bornOn } });
      const celebratedOn = { '@odata.type': 'microsoft.graph.Date', day, month: 6, year: 2026 };
      const highlight = {
        '@odata.type': 'microsoft.graph.DecoratedProfileProfileHighlights',
        birthday: { '@odata.type': 'microsoft.graph.Birthday', celebratedOn },
      };
      assert.deepEqual(shown.profileHighlights, day ? [highlight] : []);
    });
  }

  test('a birthday that nobody has set is none, even on New Year', async () => {
    const context = { ...contextOf({ users: people }, '0a'), now: Date.UTC(2026, 0, 1) };
    const shown = await decoratedProfileRules.decorate!(stored, context);
    assert.deepEqual(shown.profileHighlights, []);
  });
});

describe('callers who are nobody to the member', () => {
  const relative = [
    ...['connected', 'connectionDegree', 'invitationSentFromViewer'],
    ...['pendingInvitationSentFromViewee', 'viewerCanConnectViewee', 'viewerCanFollowViewee'],
    'salesNavigatorInfo',
  ];
  const rows = { 'an application': undefined, 'a user who is gone': '0e' };
  for (const [name, user] of Object.entries(rows)) {
    test(`${name} sees null, no highlights, and what is the same for everybody`, async () => {
      const shown = await decorate(rich, { user });
      assert.deepEqual(Object.values(pick(shown, relative)), Array(7).fill(null));
      const lists = [shown.simpleProfileHighlights, shown.profileHighlights];
      assert.deepEqual([...lists, shown.totalPositionCount], [[], [], 4]);
    });
  }

  test('nobody sees highlights of themselves', async () => {
    const shown = await decorate(rich, { user: '0b' });
    assert.deepEqual([shown.simpleProfileHighlights, shown.profileHighlights], [[], []]);
    assert.equal(shown.connectionDegree, 'SELF');
  });
});
