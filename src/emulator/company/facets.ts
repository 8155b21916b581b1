import { dateOf, dayOf, firstOfMonth, formatDate, formatMoment, today } from './calendar.ts';
import { makeGuid } from './guid.ts';
import type { Person } from './person.ts';
import { type Purpose, Random } from './random.ts';
import * as words from './vocabulary/phrases.ts';

/** The lines of a person's profile: positions, educations, skills, languages and interests. */
export function* describeFacets(seed: number, person: Person): Generator<object> {
  yield* describePositions(seed, person);
  yield* describeEducations(seed, person);
  yield* describeSkills(seed, person);
  yield* describeLanguages(seed, person);
  yield* describeInterests(seed, person);
  yield describeWebsite(seed, person);
}

/** What a person is good at. */
export function skillsOf(seed: number, person: Person): string[] {
  const random = new Random(seed, 'skill', person.index);
  return random.pickSome(person.division.skills, random.between(1, 3));
}

/** What every facet has; it comes into being together with the account. */
function facet(seed: number, person: Person, collection: string, key: [Purpose, number]): object {
  const created = formatMoment(person.accountDay, 9 * 3_600);
  return {
    '@parent': `users('${person.id}')/profile/${collection}`,
    id: makeGuid(seed, key[0], person.index, key[1]),
    allowedAudiences: 'organization',
    createdDateTime: created,
    lastModifiedDateTime: created,
    isSearchable: true,
    source: { type: ['User'] },
  };
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
    ...facet(seed, person, 'positions', ['position', number + 1]),
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
  const random = new Random(seed, 'education', person.index);
  const count = random.between(1, 2);
  const institutions = random.pickSome(words.schools, count);
  let startYear = dateOf(person.birthDay).year + 18;
  for (const [number, displayName] of institutions.entries()) {
    const endYear = startYear + random.between(2, 4);
    const start = Math.min(dayOf(startYear, 9, 1), firstOfMonth(today));
    const end = dayOf(endYear, 7, 1);
    yield {
      ...facet(seed, person, 'educationalActivities', ['education', number + 1]),
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
      ...facet(seed, person, 'skills', ['skill', number + 1]),
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
    ...facet(seed, person, 'websites', ['website', 1]),
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
      ...facet(seed, person, 'languages', ['language', number + 1]),
      displayName,
      tag,
      spoken: level,
      written: level,
      reading: level,
    };
  }
}

function* describeInterests(seed: number, person: Person): Generator<object> {
  const random = new Random(seed, 'interest', person.index);
  const interests = random.pickSome(words.interests, random.between(1, 2));
  for (const [number, displayName] of interests.entries()) {
    yield {
      ...facet(seed, person, 'interests', ['interest', number + 1]),
      displayName,
      description: `${displayName} at weekends.`,
      categories: ['Personal'],
      collaborationTags: [],
    };
  }
}
