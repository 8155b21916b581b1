import { formatMoment, today } from './calendar.ts';
import { makeGuid } from './guid.ts';
import { nameOf } from './names.ts';
import { type Company, describePerson, type Person } from './person.ts';
import { describePhoto } from './photos.ts';
import { Random } from './random.ts';
import { partners } from './vocabulary/phrases.ts';
import { type Place, places } from './vocabulary/places.ts';

/** Strangers draw their names past every index that a person of the company can have. */
const strangersStart = 0x4000_0000;

/** The 0 to 4 entries of the person's address book, the first a colleague, with their photos. */
export function* describeContacts(company: Company, person: Person): Generator<object> {
  const random = new Random(company.seed, 'contact', person.index);
  const count = person.index === 1 ? 4 : random.below(5);
  for (let entry = 0; entry < count; entry++) {
    const id = makeGuid(company.seed, 'contact', person.index, entry + 1);
    const isColleague = entry === 0 && person.index > 0;
    const line = isColleague
      ? describeColleague(company, random.below(person.index))
      : describeStranger(company.seed, person.index * 4 + entry, random);
    const created = formatMoment(today - random.between(1, 700), random.below(86_400));
    const parent = `users('${person.id}')/contacts`;
    const dates = { createdDateTime: created, lastModifiedDateTime: created };
    yield { '@parent': parent, id, ...line, ...dates, categories: [random.pick(labels)] };
    if (random.percent(30)) yield describePhoto(`${parent}('${id}')/photo`);
  }
}

const labels = ['Blue category', 'Green category', 'Red category'];

function describeColleague(company: Company, index: number): object {
  const { name, mail, mailNickname, place, jobTitle, department, companyName } = describePerson(
    company,
    index,
  );
  return {
    ...describeNames(name),
    emailAddresses: [{ name: name.display, address: mail }],
    imAddresses: [mail],
    ...describePhones(place, index),
    nickName: mailNickname,
    jobTitle,
    department,
    companyName,
    officeLocation: place.city,
    businessAddress: describeAddress(place),
  };
}

function describeStranger(seed: number, number: number, random: Random): object {
  const place = random.pick(places);
  const partner = random.pick(partners);
  const name = nameOf(seed, strangersStart + number, place);
  const address = `${name.addressBase}@${partner.domain}`;
  return {
    ...describeNames(name),
    emailAddresses: [{ name: name.display, address }],
    imAddresses: [address],
    ...describePhones(place, number),
    nickName: name.latinGiven,
    jobTitle: random.pick(['Buyer', 'Harbour Master', 'Meteorologist', 'Owner', 'Surveyor']),
    department: random.pick(['Purchasing', 'Field', 'Laboratory']),
    companyName: partner.name,
    businessHomePage: `https://www.${partner.domain}`,
    businessAddress: describeAddress(place),
    birthday: formatMoment(today - random.between(9_000, 22_000)),
    personalNotes: random.pick([
      'Met at the harbour fair.',
      'Prefers the phone.',
      'Renewal in May.',
    ]),
  };
}

function describeNames(name: ReturnType<typeof nameOf>): object {
  const { display, given, family, latinGiven, latinFamily } = name;
  return {
    displayName: display,
    givenName: given,
    surname: family,
    fileAs: `${family}, ${given}`,
    initials: latinGiven.slice(0, 1) + latinFamily.slice(0, 1),
    ...(given === latinGiven ? {} : { yomiGivenName: latinGiven, yomiSurname: latinFamily }),
  };
}

function describePhones(place: Place, number: number): object {
  const business = `${place.phonePrefix} ${1000 + (number % 9000)}`;
  return {
    businessPhones: [business],
    homePhones: [],
    mobilePhone: `${business}7`,
    phones: [{ type: 'business', number: business }],
  };
}

function describeAddress(place: Place): object {
  const { street, city, state, country, postalCode } = place;
  return { street, city, state, countryOrRegion: country, postalCode };
}
