import { securityIdentifierOf } from '#ids.ts';
import { dateOf, formatMoment, today } from './calendar.ts';
import { interestsOf, schoolsOf, skillsOf } from './facets.ts';
import { describeLicences } from './licences.ts';
import { describeMailbox } from './mailbox.ts';
import { describeOnPremises } from './on-premises.ts';
import { type Company, type Person, personId } from './person.ts';
import { Random } from './random.ts';
import { interests, openings, projects, schools, company as words } from './vocabulary/phrases.ts';

const FAMILIAR_PEOPLE = 16;

/** The line of a user, with every property of the page Update user but `deletedDateTime`. */
export function describeUser(company: Company, person: Person): object {
  const random = new Random(company.seed, 'user', person.index);
  const manager = company.organization.managers[person.index]!;
  return {
    '@set': 'users',
    id: person.id,
    ...describeAccount(person, random),
    ...describeName(person),
    ...describeWork(person, random),
    ...describeReach(person, random),
    ...describeLicences(company.seed, person, random),
    ...describeOnPremises(company.seed, person, random),
    mailboxSettings: describeMailbox(company.seed, person),
    ...describeSelf(company.seed, person, random),
    ...describeFamily(company, person),
    ...(manager < 0 ? {} : { 'manager@odata.bind': `users('${personId(company.seed, manager)}')` }),
  };
}

function describeAccount(person: Person, random: Random): object {
  const isGuest = person.kind === 'guest';
  const isMinor = person.kind === 'trainee';
  const changedDay = Math.max(person.accountDay, today - random.between(1, 360));
  const changed = formatMoment(changedDay, random.below(86_400));
  return {
    accountEnabled: person.kind !== 'disabled' && person.kind !== 'resource',
    userType: isGuest ? 'Guest' : 'Member',
    userPrincipalName: person.userPrincipalName,
    createdDateTime: formatMoment(person.accountDay, random.below(86_400)),
    ...(isGuest ? describeInvitation(person, random) : {}),
    ageGroup: isMinor ? 'Minor' : 'Adult',
    consentProvidedForMinor: isMinor ? 'Granted' : 'NotRequired',
    legalAgeGroupClassification: isMinor ? 'MinorWithParentalConsent' : 'Adult',
    isResourceAccount: person.kind === 'resource',
    lastPasswordChangeDateTime: changed,
    passwordPolicies: random.percent(20) ? 'DisablePasswordExpiration' : 'None',
    passwordProfile: {
      forceChangePasswordNextSignIn: false,
      forceChangePasswordNextSignInWithMfa: false,
    },
    signInSessionsValidFromDateTime: changed,
    securityIdentifier: securityIdentifierOf(person.id),
    identities: [describeIdentity(person)],
    deviceEnrollmentLimit: person.division.name === 'Engineering' ? 1000 : 5,
  };
}

function describeInvitation(person: Person, random: Random): object {
  return {
    creationType: 'Invitation',
    externalUserState: random.percent(70) ? 'Accepted' : 'PendingAcceptance',
    externalUserStateChangeDateTime: formatMoment(person.accountDay + 1, random.below(86_400)),
  };
}

function describeIdentity(person: Person): object {
  if (person.kind === 'guest') {
    return { signInType: 'federated', issuer: 'ExternalAzureAD', issuerAssignedId: person.mail };
  }
  const issuerAssignedId = person.userPrincipalName;
  return { signInType: 'userPrincipalName', issuer: words.domain, issuerAssignedId };
}

function describeName(person: Person): object {
  return {
    displayName: person.name.display,
    givenName: person.name.given,
    surname: person.name.family,
    preferredName: person.name.latinGiven,
    preferredLanguage: person.name.culture.tag,
  };
}

function describeWork(person: Person, random: Random): object {
  const { place, division } = person;
  const hireDate = formatMoment(person.hireDay);
  return {
    jobTitle: person.jobTitle,
    department: person.department,
    companyName: person.companyName,
    employeeId: `FI${100_000 + person.index}`,
    employeeType: employeeTypeOf(person),
    employeeHireDate: hireDate,
    employeeOrgData: { division: division.name, costCenter: division.costCenter },
    hireDate,
    officeLocation: `${place.city} ${random.between(1, 6)}/${random.between(101, 480)}`,
    streetAddress: place.street,
    postalCode: place.postalCode,
    city: place.city,
    state: place.state,
    country: place.country,
    usageLocation: place.countryCode,
  };
}

function employeeTypeOf(person: Person): string {
  if (person.kind === 'guest') return 'Contractor';
  if (person.kind === 'resource') return 'Resource';
  return person.kind === 'trainee' ? 'Trainee' : 'Employee';
}

function describeReach(person: Person, random: Random): object {
  const { phonePrefix } = person.place;
  const alias = `${person.mailNickname}@${words.mailDomain}`;
  const addresses = person.kind === 'guest' ? [] : [`smtp:${alias}`, `sip:${person.mail}`];
  return {
    mail: person.mail,
    mailNickname: person.mailNickname,
    proxyAddresses: [`SMTP:${person.mail}`, ...addresses],
    otherMails: [`${person.name.addressBase}.${person.index}@letterbox.example`],
    imAddresses: [person.mail],
    businessPhones: [`${phonePrefix} ${random.between(1000, 9999)}`],
    mobilePhone: `${phonePrefix} ${random.between(1000, 9999)}${random.between(10, 99)}`,
    faxNumber: `${phonePrefix} ${random.between(1000, 9999)}`,
    showInAddressList: person.kind !== 'guest' && person.kind !== 'disabled',
  };
}

/** The first people are each other's family, two by two. */
function describeFamily({ seed, people }: Company, { index }: Person): object {
  const other = index % 2 === 0 ? index + 1 : index - 1;
  if (index >= FAMILIAR_PEOPLE || other >= people) return {};
  return { 'family@odata.bind': [`users('${personId(seed, other)}')`] };
}

function describeSelf(seed: number, person: Person, random: Random): object {
  const { division, place } = person;
  const opening = random.pick(openings);
  const born = dateOf(person.birthDay).year;
  return {
    aboutMe: `${opening} ${person.jobTitle} in ${place.city}, born in ${born}.`,
    birthday: formatMoment(person.birthDay),
    interests: join(interestsOf(seed, person), random.pickSome(interests, random.between(1, 4))),
    mySite: `https://people.${words.domain}/${encodeURIComponent(person.mailNickname)}`,
    pastProjects: random.pickSome(projects, random.between(1, 3)),
    responsibilities: random.pickSome(division.responsibilities, random.between(1, 3)),
    schools: join(schoolsOf(seed, person), random.pickSome(schools, random.between(1, 2))),
    skills: join(skillsOf(seed, person), random.pickSome(division.skills, random.between(2, 5))),
  };
}

/** What facets tell, and what the user has beside. */
function join(told: readonly string[], others: readonly string[]): string[] {
  return [...new Set([...told, ...others])];
}
