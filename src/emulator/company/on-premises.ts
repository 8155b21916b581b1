import { formatMoment, today } from './calendar.ts';
import { makeGuid } from './guid.ts';
import type { Person } from './person.ts';
import type { Random } from './random.ts';
import { mixWords } from './random.ts';
import { memorablePeople } from './vocabulary/memorable-people.ts';
import { company as words } from './vocabulary/phrases.ts';

/**
 * The members that come from the company's old Active Directory. It has been given up for most
 * people (`onPremisesSyncEnabled` false, the values stay, and the user may be changed), some are
 * still synchronised (true), and the rest were never in it (null).
 */
export function describeOnPremises(seed: number, person: Person, random: Random): object {
  const wasNeverThere = random.percent(15);
  const isSynchronised = random.percent(20);
  if (person.kind === 'guest' || (wasNeverThere && person.index >= memorablePeople.length)) {
    return { ...absentValues, onPremisesExtensionAttributes: describeAttributes(person, random) };
  }
  const account = accountName(person);
  const units = `OU=${person.division.name},OU=${person.place.countryCode}`;
  const leftDay = Math.max(person.accountDay + 1, today - random.between(200, 900));
  const lastSyncDay = isSynchronised ? today : leftDay;
  return {
    onPremisesDistinguishedName: `CN=${account},${units},DC=corp,DC=fernhollow,DC=example`,
    onPremisesDomainName: words.onPremisesDomain,
    onPremisesExtensionAttributes: describeAttributes(person, random),
    onPremisesImmutableId: immutableId(seed, person.index),
    onPremisesLastSyncDateTime: formatMoment(lastSyncDay, random.below(86_400)),
    onPremisesProvisioningErrors: random.percent(3) ? [describeError(person, lastSyncDay)] : [],
    onPremisesSamAccountName: account,
    onPremisesSecurityIdentifier: domainSecurityId(seed, person.index),
    onPremisesSyncEnabled: isSynchronised,
    onPremisesUserPrincipalName: `${account}@${words.onPremisesDomain}`,
  };
}

const absentValues = {
  onPremisesDistinguishedName: null,
  onPremisesDomainName: null,
  onPremisesImmutableId: null,
  onPremisesLastSyncDateTime: null,
  onPremisesProvisioningErrors: [],
  onPremisesSamAccountName: null,
  onPremisesSecurityIdentifier: null,
  onPremisesSyncEnabled: null,
  onPremisesUserPrincipalName: null,
};

/** At most 20 characters, as Active Directory wants; the index makes it unique. */
function accountName(person: Person): string {
  return person.name.addressBase.replace(/[^a-z]/g, '').slice(0, 12) + person.index;
}

/** All 15 attributes have a value: a company uses them for what its directory has no place for. */
function describeAttributes(person: Person, random: Random): object {
  const attributes: Record<string, string> = {
    extensionAttribute1: person.name.latinGiven,
    extensionAttribute2: person.name.latinFamily,
    extensionAttribute3: `floor-${random.between(1, 6)}`,
    extensionAttribute4: random.pick(['badge-green', 'badge-blue', 'badge-red']),
    extensionAttribute5: person.division.costCenter,
  };
  for (let number = 6; number <= 15; number++) {
    attributes[`extensionAttribute${number}`] = `${'abcdefghij'[number - 6]}${random.below(1000)}`;
  }
  return attributes;
}

function describeError(person: Person, day: number): object {
  return {
    category: 'PropertyConflict',
    occurredDateTime: formatMoment(day, 3_600),
    propertyCausingError: 'ProxyAddresses',
    value: `smtp:${person.mailNickname}@${words.mailDomain}`,
  };
}

/** The base64 text of 16 bytes, as the synchronisation derives it from the object's guid. */
function immutableId(seed: number, index: number): string {
  const hex = makeGuid(seed, 'security', index).replaceAll('-', '');
  return Buffer.from(hex, 'hex').toString('base64');
}

function domainSecurityId(seed: number, index: number): string {
  const domain = mixWords(seed, 'security', -1, 0).slice(0, 3).join('-');
  return `S-1-5-21-${domain}-${1000 + index}`;
}
