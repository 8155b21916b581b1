import { facetHomes } from '#model/profile/facet-homes.ts';
import { derivedId } from '#plan/facet-id.ts';
import { dateOf, dayOf, firstOfMonth, formatDate, today } from './calendar.ts';
import { describeFacet } from './describe-facet.ts';
import type { Person } from './person.ts';
import { Random } from './random.ts';
import { describeRichFacets } from './rich-facets.ts';
import * as words from './vocabulary/phrases.ts';

/** The lines of a person's profile; what the user has already is told there, and detailed here. */
export function* describeFacets(seed: number, person: Person): Generator<object> {
  yield* describePositions(seed, person);
  yield* describeEducations(seed, person);
  yield* describeSkills(seed, person);
  yield* describeLanguages(seed, person);
  yield* describeInterests(seed, person);
  yield describeWebsite(seed, person);
  yield* describeRichFacets(seed, person);
}

/** What a person likes. */
export function interestsOf(seed: number, person: Person): string[] {
  const random = new Random(seed, 'interest', person.index);
  return random.pickSome(words.interests, random.between(1, 2));
}

/** Where a person has been educated. */
export function schoolsOf(seed: number, person: Person): string[] {
  const random = new Random(seed, 'education', person.index);
  return random.pickSome(words.schools, random.between(1, 2));
}

/** What a person is good at. */
export function skillsOf(seed: number, person: Person): string[] {
  const random = new Random(seed, 'skill', person.index);
  return random.pickSome(person.division.skills, random.between(1, 3));
}

/** The current position, and before it 1 to 3 former ones, without gaps, the latest first. */
function* describePositions(seed: number, person: Person): Generator<object> {
  const random = new Random(seed, 'position', person.index);
  const { companyName, jobTitle } = person;
  const current = { companyName, jobTitle, start: firstOfMonth(person.hireDay), end: null };
  yield describePosition(seed, person, 0, current);
  const youngest = person.birthDay + 16 * 366;
  const count = random.between(1, 3);
  let end = current.start;
  for (let number = 1; number <= count && end > youngest; number++) {
    const start = firstOfMonth(end - random.between(120, 1_800));
    const former = random.pick(words.formerCompanies);
    const role = random.pick(person.division.roles);
    yield describePosition(seed, person, number, {
      companyName: former,
      jobTitle: role,
      start,
      end,
    });
    end = start;
  }
}

interface Post {
  readonly companyName: string;
  readonly jobTitle: string;
  readonly start: number;
  readonly end: number | null;
}

/** The present position is the one that starts from the user. */
const present = facetHomes.find(({ facet }) => facet === 'positions')!;

function describePosition(seed: number, person: Person, number: number, post: Post): object {
  const { place, division, department } = person;
  const isCurrent = post.end === null;
  const { street, city, state, country, postalCode } = place;
  const company = isCurrent
    ? {
        displayName: post.companyName,
        department,
        officeLocation: city,
        address: { street, city, state, countryOrRegion: country, postalCode },
        costCenter: division.costCenter,
      }
    : { displayName: post.companyName, department: division.name };
  return {
    ...describeFacet(seed, person, {
      collection: 'positions',
      purpose: 'position',
      number: number + 1,
    }),
    ...(isCurrent ? { id: derivedId(person.id, present) } : {}),
    categories: [],
    detail: {
      company,
      jobTitle: post.jobTitle,
      role: post.jobTitle,
      description: `${post.jobTitle} in ${department}.`,
      startMonthYear: formatDate(post.start),
      endMonthYear: post.end === null ? null : formatDate(post.end),
    },
    isCurrent,
  };
}

function* describeEducations(seed: number, person: Person): Generator<object> {
  const random = new Random(seed, 'education', person.index, 1);
  let startYear = dateOf(person.birthDay).year + 18;
  for (const [number, displayName] of schoolsOf(seed, person).entries()) {
    const endYear = startYear + random.between(2, 4);
    const start = Math.min(dayOf(startYear, 9, 1), firstOfMonth(today));
    const end = dayOf(endYear, 7, 1);
    yield {
      ...describeFacet(seed, person, {
        collection: 'educationalActivities',
        purpose: 'education',
        number: number + 1,
      }),
      completionMonthYear: end < today ? formatDate(end) : null,
      startMonthYear: formatDate(start),
      endMonthYear: formatDate(end),
      institution: { displayName },
      program: {
        displayName: random.pick(words.degrees),
        fieldsOfStudy: [random.pick(words.fields)],
      },
    };
    startYear = endYear;
  }
}

const skillLevels = [
  'elementary',
  'limitedWorking',
  'generalProfessional',
  'advancedProfessional',
  'expert',
];

function* describeSkills(seed: number, person: Person): Generator<object> {
  const random = new Random(seed, 'skill', person.index, 1);
  for (const [number, displayName] of skillsOf(seed, person).entries()) {
    yield {
      ...describeFacet(seed, person, {
        collection: 'skills',
        purpose: 'skill',
        number: number + 1,
      }),
      displayName,
      proficiency: random.pick(skillLevels),
      categories: ['professional'],
      collaborationTags: random.pickSome(['askMeAbout', 'ableToMentor', 'wantsToLearn'], 1),
    };
  }
}

function describeWebsite(seed: number, person: Person): object {
  const random = new Random(seed, 'website', person.index);
  return {
    ...describeFacet(seed, person, { collection: 'websites', purpose: 'website' }),
    categories: [random.pick(['personal', 'blog', 'portfolio'])],
    displayName: `${person.name.latinGiven}'s letters`,
    webUrl: `https://${person.name.addressBase}${person.index}.letterbox.example`,
  };
}

function* describeLanguages(seed: number, person: Person): Generator<object> {
  const random = new Random(seed, 'language', person.index);
  const { tag, language } = person.name.culture;
  const native = { tag, displayName: language, level: 'nativeOrBilingual' };
  const english = {
    tag: 'en-GB',
    displayName: 'English (United Kingdom)',
    level: random.pick(['conversational', 'professionalWorking', 'fullProfessional']),
  };
  const spoken = tag.startsWith('en') ? [native] : [native, english];
  for (const [number, { tag, displayName, level }] of spoken.entries()) {
    yield {
      ...describeFacet(seed, person, {
        collection: 'languages',
        purpose: 'language',
        number: number + 1,
      }),
      displayName,
      tag,
      spoken: level,
      written: level,
      reading: level,
    };
  }
}

function* describeInterests(seed: number, person: Person): Generator<object> {
  for (const [number, displayName] of interestsOf(seed, person).entries()) {
    yield {
      ...describeFacet(seed, person, {
        collection: 'interests',
        purpose: 'interest',
        number: number + 1,
      }),
      displayName,
      description: `${displayName} at weekends.`,
      categories: ['Personal'],
      collaborationTags: [],
    };
  }
}
