import { dateOf } from './calendar.ts';
import type { Person } from './person.ts';
import { Random } from './random.ts';
import { openings, company as words } from './vocabulary/phrases.ts';

/**
 * The stored members of a person's decorated profile; degrees, highlights and counts are computed
 * for each viewer, positions and educations come from the profile's facets.
 */
export function describeDecoratedProfile(seed: number, person: Person): object {
  const random = new Random(seed, 'decorated', person.index);
  const { name, place, division } = person;
  const number = `${place.phonePrefix} ${random.between(1000, 9999)}`;
  const site = `https://${name.addressBase}${person.index}.letterbox.example`;
  return {
    '@parent': `users('${person.id}')/decoratedProfile`,
    id: person.id,
    profileUrl: `https://in.${words.domain}/${encodeURIComponent(person.mailNickname)}`,
    firstName: name.latinGiven,
    lastName: name.latinFamily,
    headline: `${person.jobTitle} at ${person.companyName}`,
    industryName: words.industry,
    summary: random.pick(openings),
    location: `${place.city}, ${place.country}`,
    picture: null,
    skills: random.pickSome(division.skills, random.between(2, 5)),
    emails: [person.mail],
    phoneNumbers: [{ number, extension: null, type: random.pick(['WORK', 'MOBILE']) }],
    ims: [{ id: person.mail, provider: 'Skype' }],
    websites: [{ category: random.pick(['PERSONAL', 'BLOG', 'PORTFOLIO']), url: site }],
    bornOn: dateOf(person.birthDay),
    newsMentions: [],
    userGeneratedContents: [],
  };
}
