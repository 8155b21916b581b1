/** What each facet must say at least: one of these members, as paths. */
export const facetNeeds: Readonly<Record<string, readonly string[]>> = {
  account: [],
  addresses: ['displayName', 'detail', 'geoCoordinates'],
  anniversaries: ['date'],
  awards: ['displayName'],
  certifications: ['displayName'],
  educationalActivities: ['institution', 'program'],
  emails: ['address'],
  interests: ['displayName'],
  languages: ['displayName', 'tag'],
  names: ['displayName', 'first', 'last', 'nickname'],
  notes: ['detail', 'displayName'],
  patents: ['displayName'],
  phones: ['number'],
  positions: ['detail'],
  projects: ['displayName'],
  publications: ['displayName'],
  skills: ['displayName'],
  webAccounts: ['userId', 'service', 'webUrl'],
  websites: ['webUrl'],
};

/** Members that are never null, and what they are where nothing is said. */
export const facetDefaults: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  emails: { type: 'unknown' },
  phones: { type: 'other' },
  anniversaries: { type: 'other' },
};

/** Two days of which the second is not before the first, as paths. */
export const facetSpans: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  certifications: [
    ['startDate', 'endDate'],
    ['issuedDate', 'endDate'],
  ],
  educationalActivities: [
    ['startMonthYear', 'endMonthYear'],
    ['startMonthYear', 'completionMonthYear'],
  ],
  positions: [['detail/startMonthYear', 'detail/endMonthYear']],
  projects: [['detail/startMonthYear', 'detail/endMonthYear']],
};

/** What a text of a facet is, by the name of its member, wherever it stands. */
export type TextKind = 'url' | 'language' | 'address' | 'tag';

/** Members whose texts are more than texts. */
export const textKinds: Readonly<Record<string, TextKind>> = {
  webUrl: 'url',
  thumbnailUrl: 'url',
  languageTag: 'language',
  tag: 'language',
  locale: 'language',
  address: 'address',
  collaborationTags: 'tag',
};

/** How people work together on what a facet says (Microsoft Graph, skillProficiency). */
export const collaborationTags: readonly string[] = [
  'askMeAbout',
  'ableToMentor',
  'wantsToLearn',
  'wantsToImprove',
];

/** How many characters a text has at most, by the name of its member; any other has 1,024. */
export const textLengths: Readonly<Record<string, number>> = {
  content: 16_384,
  description: 4_096,
  summary: 4_096,
  notes: 4_096,
  webUrl: 2_048,
  thumbnailUrl: 2_048,
  displayName: 256,
  first: 64,
  last: 64,
  number: 64,
  languageTag: 35,
  tag: 35,
  locale: 35,
};
/** The same of every other text. */
export const TEXT_LENGTH = 1_024;
/** How many values a collection of a facet has at most. */
export const VALUES_MAX = 100;
/** How many facets of one kind a person has at most. */
export const FACETS_MAX = 10_000;
