import { dateOf, today } from './calendar.ts';
import { skillsOf } from './facets.ts';
import { type Company, type Person, personId } from './person.ts';
import { Random } from './random.ts';
import { openings, company as words } from './vocabulary/phrases.ts';

/** People before somebody in the company among whom endorsers are found. */
const ENDORSERS_AROUND = 30;

/**
 * The stored members of a person's decorated profile; degrees, highlights and counts are computed
 * for each viewer, and what the profile's facets tell comes from those.
 */
export function describeDecoratedProfile(company: Company, person: Person): object {
  const { seed } = company;
  const random = new Random(seed, 'decorated', person.index);
  const { place } = person;
  return {
    '@parent': `users('${person.id}')/decoratedProfile`,
    id: person.id,
    profileUrl: `https://in.${words.domain}/${encodeURIComponent(person.mailNickname)}`,
    firstName: person.name.latinGiven,
    lastName: person.name.latinFamily,
    headline: `${person.jobTitle} at ${person.companyName}`,
    industryName: words.industry,
    summary: random.pick(openings),
    location: `${place.city}, ${place.country}`,
    picture: null,
    ims: [{ id: person.mail, provider: 'Skype' }],
    newsMentions: random.percent(20) ? [describeNews(random, person)] : [],
    userGeneratedContents: random.percent(30) ? [describePost(random, person)] : [],
    endorsements: describeEndorsements(company, person, random),
  };
}

function describeNews(random: Random, { index, jobTitle, companyName }: Person): object {
  return {
    createdOn: dateOf(today - random.between(5, 400)),
    title: `${companyName} names its new ${jobTitle}`,
    snippet: random.pick(openings),
    thumbnail: null,
    url: `https://news.${words.domain}/${index}`,
  };
}

function describePost(random: Random, { index }: Person): object {
  return {
    createdOn: dateOf(today - random.between(1, 200)),
    title: random.pick(openings),
    description: null,
    mediaCategory: random.pick(['NONE', 'ARTICLE', 'IMAGE', 'VIDEO']),
    thumbnails: [],
    url: `https://posts.${words.domain}/${index}`,
  };
}

/** Who vouches for what the person is good at: some of those who came shortly before. */
function describeEndorsements(
  { seed }: Company,
  person: Person,
  random: Random,
): readonly object[] {
  const count = Math.min(person.index, ENDORSERS_AROUND);
  const around = Array.from({ length: count }, (_, back) => person.index - 1 - back);
  return skillsOf(seed, person).map((skillName) => {
    const picked = random.pickSome(around, Math.min(count, random.between(0, 5)));
    return { skillName, endorsers: picked.map((index) => personId(seed, index)) };
  });
}
