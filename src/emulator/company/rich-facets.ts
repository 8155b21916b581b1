import { dayOf, formatDate, today } from './calendar.ts';
import { type Audience, describeFacet } from './describe-facet.ts';
import type { Person } from './person.ts';
import { type Purpose, Random } from './random.ts';
import * as words from './vocabulary/phrases.ts';

/** Those who come first have something of everything in their profiles. */
const RICH_PEOPLE = 16;

/** What a facet says, where it stands and whom it reaches. */
interface Told {
  readonly collection: string;
  readonly purpose: Purpose;
  readonly audience: Audience;
  readonly members: object;
}

/** Facets of the further kinds: of all for those who come first, and of one or two for the others. */
export function* describeRichFacets(seed: number, person: Person): Generator<object> {
  const random = new Random(seed, 'award', person.index);
  const earned = [describeAward(random, person), describeCertificate(random, person)];
  const isRich = person.index < RICH_PEOPLE;
  const told = isRich ? [...earned, ...describePrivate(random, person)] : [random.pick(earned)];
  for (const { collection, purpose, audience, members } of told) {
    yield { ...describeFacet(seed, person, { collection, purpose, audience }), ...members };
  }
}

function describeAward(random: Random, { division }: Person): Told {
  const year = 2019 + random.below(6);
  return {
    collection: 'awards',
    purpose: 'award',
    audience: 'federatedOrganizations',
    members: {
      displayName: `${division.name} prize ${year}`,
      description: random.pick(words.projects),
      issuedDate: formatDate(dayOf(year, 1 + random.below(12), 15)),
      issuingAuthority: words.company.name,
    },
  };
}

function describeCertificate(random: Random, { division, index }: Person): Told {
  const start = today - random.between(200, 1_500);
  return {
    collection: 'certifications',
    purpose: 'certificate',
    audience: 'organization',
    members: {
      certificationId: `C-${10_000 + index}`,
      displayName: `Certified in ${random.pick(division.skills)}`,
      issuingCompany: random.pick(words.formerCompanies),
      issuedDate: formatDate(start),
      startDate: formatDate(start),
      endDate: formatDate(start + 1_826),
    },
  };
}

/** What is for some alone, and what is for everybody. */
function* describePrivate(random: Random, person: Person): Generator<Told> {
  const { index, name, place, birthDay, mailNickname } = person;
  const letters = `${name.addressBase}@home.letterbox.example`;
  const tell = (
    collection: string,
    purpose: Purpose,
    audience: Audience,
    members: object,
  ): Told => ({ collection, purpose, audience, members });
  const { city, country, postalCode } = place;
  const street = `${random.between(1, 90)} ${random.pick(['Mill Lane', 'Quay', 'Hill Road'])}`;
  yield tell('addresses', 'address', 'family', {
    displayName: 'Home',
    detail: { type: 'home', street, city, postalCode, countryOrRegion: country },
  });
  yield tell('phones', 'phone', 'family,contacts', {
    displayName: 'Home',
    type: 'home',
    number: `${place.phonePrefix} ${random.between(100_000, 999_999)}`,
  });
  yield tell('emails', 'email', 'contacts', {
    displayName: 'Letters',
    type: 'personal',
    address: letters,
  });
  const wedding = Math.min(birthDay + random.between(9_000, 12_000), today);
  yield tell('anniversaries', 'anniversary', 'groupMembers', {
    type: 'wedding',
    date: formatDate(wedding),
    displayName: 'Wedding day',
  });
  yield tell('notes', 'note', 'me', {
    displayName: 'To remember',
    detail: { contentType: 'text', content: `Ask about ${random.pick(words.projects)}.` },
  });
  yield tell('names', 'alias', 'everyone', {
    displayName: `${name.latinGiven} ${name.latinFamily}`,
    first: name.latinGiven,
    last: name.latinFamily,
    languageTag: 'en-GB',
  });
  yield tell('webAccounts', 'account', 'everyone', {
    description: 'Sketches and code',
    userId: mailNickname,
    service: { name: 'Workbench', webUrl: 'https://workbench.example' },
    webUrl: `https://workbench.example/${encodeURIComponent(mailNickname)}`,
  });
  yield* describeWorks(random, person, tell);
  // What nobody has written has been inferred.
  yield tell('webAccounts', 'inference', 'me', {
    userId: `${name.addressBase}${index}`,
    service: { name: 'Letterbox', webUrl: 'https://letterbox.example' },
    inference: { confidenceScore: 0.5 + (index % 5) / 10, userHasVerifiedAccuracy: false },
    source: { type: ['Inferred'] },
  });
}

type Tell = (collection: string, purpose: Purpose, audience: Audience, members: object) => Told;

function* describeWorks(random: Random, person: Person, tell: Tell): Generator<Told> {
  const { division, index, jobTitle, companyName } = person;
  const project = random.pick(words.projects);
  const date = formatDate(today - random.between(100, 2_000));
  yield tell('projects', 'project', 'contacts', {
    displayName: `${project} review`,
    categories: [division.name],
    client: { displayName: random.pick(words.formerCompanies) },
    detail: { company: { displayName: companyName }, jobTitle, description: project },
    collaborationTags: ['askMeAbout'],
  });
  yield tell('patents', 'patent', 'everyone', {
    displayName: `Means for ${random.pick(division.skills).toLowerCase()}`,
    isPending: index % 2 === 0,
    issuedDate: date,
    issuingAuthority: 'Patent Office of Westhaven',
    number: `WH ${200_000 + index}`,
  });
  yield tell('publications', 'publication', 'everyone', {
    displayName: `${project}: what we learned`,
    publishedDate: date,
    publisher: 'Harrowgate Press',
    webUrl: `https://press.example/${index}`,
  });
}
