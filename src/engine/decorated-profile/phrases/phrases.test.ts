import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseDate } from '../calendar.ts';
import type { Span } from '../document-values.ts';
import { compareSpans } from '../overlap.ts';
import { english } from './english.ts';
import { french } from './french.ts';
import { german } from './german.ts';
import { japanese } from './japanese.ts';

const languages = { en: english, de: german, fr: french, ja: japanese } as const;
const people = ['Peter Pan', 'Thomas Lee', 'Ann Poe'];

/** Whom both know: how many there are, and the title and the detail in each language. */
const known: readonly {
  count: number;
  named: number;
  texts: Record<keyof typeof languages, readonly [string, string]>;
}[] = [
  {
    count: 1,
    named: 1,
    texts: {
      en: ['1 Mutual Connection', 'You and Mary both know Peter Pan.'],
      de: ['1 gemeinsamer Kontakt', 'Sie und Mary kennen beide Peter Pan.'],
      fr: ['1 relation en commun', 'Mary et vous connaissez Peter Pan.'],
      ja: ['共通の知り合い1人', 'あなたとMaryさんは、Peter Panさんと知り合いです。'],
    },
  },
  {
    count: 2,
    named: 2,
    texts: {
      en: ['2 Mutual Connections', 'You and Mary both know Peter Pan and Thomas Lee.'],
      de: ['2 gemeinsame Kontakte', 'Sie und Mary kennen beide Peter Pan und Thomas Lee.'],
      fr: ['2 relations en commun', 'Mary et vous connaissez Peter Pan et Thomas Lee.'],
      ja: [
        '共通の知り合い2人',
        'あなたとMaryさんは、Peter Panさん、Thomas Leeさんと知り合いです。',
      ],
    },
  },
  {
    count: 3,
    named: 3,
    texts: {
      en: ['3 Mutual Connections', 'You and Mary both know Peter Pan, Thomas Lee, and Ann Poe.'],
      de: ['3 gemeinsame Kontakte', 'Sie und Mary kennen beide Peter Pan, Thomas Lee und Ann Poe.'],
      fr: ['3 relations en commun', 'Mary et vous connaissez Peter Pan, Thomas Lee et Ann Poe.'],
      ja: [
        '共通の知り合い3人',
        'あなたとMaryさんは、Peter Panさん、Thomas Leeさん、Ann Poeさんと知り合いです。',
      ],
    },
  },
  {
    count: 75,
    named: 2,
    texts: {
      en: ['75 Mutual Connections', 'You and Mary both know Peter Pan, Thomas Lee, and 73 others.'],
      de: [
        '75 gemeinsame Kontakte',
        'Sie und Mary kennen beide Peter Pan, Thomas Lee und 73 weitere Personen.',
      ],
      fr: [
        '75 relations en commun',
        'Mary et vous connaissez Peter Pan, Thomas Lee et 73 autres personnes.',
      ],
      ja: [
        '共通の知り合い75人',
        'あなたとMaryさんは、Peter Panさん、Thomas Leeさん、他73人と知り合いです。',
      ],
    },
  },
  {
    // Somebody who has left since is counted and can't be named.
    count: 3,
    named: 2,
    texts: {
      en: ['3 Mutual Connections', 'You and Mary both know Peter Pan, Thomas Lee, and 1 other.'],
      de: [
        '3 gemeinsame Kontakte',
        'Sie und Mary kennen beide Peter Pan, Thomas Lee und 1 weitere Person.',
      ],
      fr: [
        '3 relations en commun',
        'Mary et vous connaissez Peter Pan, Thomas Lee et 1 autre personne.',
      ],
      ja: [
        '共通の知り合い3人',
        'あなたとMaryさんは、Peter Panさん、Thomas Leeさん、他1人と知り合いです。',
      ],
    },
  },
];

for (const language of ['en', 'de', 'fr', 'ja'] as const) {
  describe(`whom both know, in ${language}`, () => {
    for (const { count, named, texts } of known) {
      test(`${count} people, ${named} of them by name`, () => {
        const { countConnections, bothKnow } = languages[language];
        const detail = bothKnow('Mary', people.slice(0, named), count - named);
        assert.deepEqual([countConnections(count), detail], texts[language]);
      });
    }
  });
}

const today = parseDate('2026-06-15')!;

function span(text: string): Span {
  const [start, end] = text.split('..').map(parseDate);
  return { start, end };
}

/** Times at one company or school, and what is said of them. */
const grounds: readonly {
  kind: 'work' | 'study';
  viewer: string;
  viewee: string;
  texts: Record<keyof typeof languages, string>;
}[] = [
  {
    kind: 'work',
    viewer: '2012-05-01..',
    viewee: '2013-08-01..',
    texts: {
      en: 'You started at Wren 1 year and 3 months before Mary.',
      de: 'Sie haben 1 Jahr und 3 Monate vor Mary bei Wren angefangen.',
      fr: 'Vous avez commencé chez Wren 1 an et 3 mois avant Mary.',
      ja: 'あなたはMaryさんより1年3か月早くWrenに入社しました。',
    },
  },
  {
    kind: 'study',
    viewer: '2025-09-01..',
    viewee: '2023-09-01..',
    texts: {
      en: 'You started at Wren 2 years after Mary.',
      de: 'Sie haben 2 Jahre nach Mary an Wren angefangen.',
      fr: 'Vous avez commencé à Wren 2 ans après Mary.',
      ja: 'あなたはMaryさんより2年遅くWrenに入学しました。',
    },
  },
  {
    kind: 'work',
    viewer: '2020-01-31..',
    viewee: '2020-02-01..',
    texts: {
      en: 'You started at Wren 1 day before Mary.',
      de: 'Sie haben 1 Tag vor Mary bei Wren angefangen.',
      fr: 'Vous avez commencé chez Wren 1 jour avant Mary.',
      ja: 'あなたはMaryさんより1日早くWrenに入社しました。',
    },
  },
  {
    kind: 'work',
    viewer: '2020-02-01..',
    viewee: '2020-02-01..',
    texts: {
      en: 'You and Mary started at Wren in the same month.',
      de: 'Sie und Mary haben im selben Monat bei Wren angefangen.',
      fr: 'Mary et vous avez commencé chez Wren le même mois.',
      ja: 'あなたとMaryさんは同じ月にWrenに入社しました。',
    },
  },
  {
    kind: 'work',
    viewer: '2008-01-01..2010-01-01',
    viewee: '2012-07-01..',
    texts: {
      en: 'You worked at Wren 2 years and 6 months before Mary started.',
      de: 'Sie haben bei Wren gearbeitet, 2 Jahre und 6 Monate bevor Mary dort angefangen hat.',
      fr: 'Vous avez travaillé chez Wren ; Mary y a commencé 2 ans et 6 mois plus tard.',
      ja: 'あなたがWrenを離れた2年6か月後に、Maryさんが入社しました。',
    },
  },
  {
    kind: 'work',
    viewer: '2010-01-01..2012-01-01',
    viewee: '2008-01-01..2010-01-01',
    texts: {
      en: 'Mary worked at Wren before you started.',
      de: 'Mary hat bei Wren gearbeitet, bevor Sie dort angefangen haben.',
      fr: 'Mary a travaillé chez Wren ; vous y avez commencé ensuite.',
      ja: 'MaryさんがWrenを離れた後に、あなたが入社しました。',
    },
  },
  {
    kind: 'study',
    viewer: '2012-05-01..2014-06-01',
    viewee: '2010-10-01..2016-06-01',
    texts: {
      en: 'You and Mary studied together at Wren from 05/2012 to 06/2014.',
      de: 'Sie und Mary haben von 05/2012 bis 06/2014 zusammen an Wren studiert.',
      fr: 'Mary et vous avez étudié ensemble à Wren de 05/2012 à 06/2014.',
      ja: 'あなたとMaryさんは2012年5月から2014年6月までWrenで一緒に学んでいました。',
    },
  },
  {
    kind: 'work',
    viewer: '..',
    viewee: '2010-10-01..',
    texts: {
      en: 'You and Mary both worked at Wren.',
      de: 'Sie und Mary haben beide bei Wren gearbeitet.',
      fr: 'Mary et vous avez travaillé chez Wren.',
      ja: 'あなたとMaryさんはどちらもWrenで働いたことがあります。',
    },
  },
];

for (const language of ['en', 'de', 'fr', 'ja'] as const) {
  describe(`where both have been, in ${language}`, () => {
    for (const { kind, viewer, viewee, texts } of grounds) {
      test(`${kind}, viewer ${viewer}, viewee ${viewee}`, () => {
        const overlap = compareSpans({ viewer: span(viewer), viewee: span(viewee) }, today);
        const ground = { kind, organization: 'Wren', name: 'Mary', overlap };
        assert.equal(languages[language].tellGround(ground), texts[language]);
      });
    }
  });
}

test('titles say whether it is a company or a school', () => {
  const titles = Object.values(languages).map(({ nameGround }) =>
    (['work', 'study'] as const).map((kind) =>
      nameGround({ kind, organization: 'Wren', name: 'Mary', overlap: undefined }),
    ),
  );
  assert.deepEqual(titles, [
    ['Shared Employer: Wren', 'Shared School: Wren'],
    ['Gemeinsamer Arbeitgeber: Wren', 'Gemeinsame Bildungsstätte: Wren'],
    ['Employeur commun : Wren', 'Établissement commun : Wren'],
    ['共通の勤務先：Wren', '共通の学校：Wren'],
  ]);
});
