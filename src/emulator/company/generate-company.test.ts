import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { generateCompany } from './generate-company.ts';

interface Entity {
  readonly [member: string]: unknown;
  readonly id: string;
}

function generate(people: number, seed = 1): Entity[] {
  return [...generateCompany({ people, seed })] as Entity[];
}

function hash(people: number, seed: number): string {
  const hashed = createHash('sha256');
  for (const entity of generateCompany({ people, seed })) hashed.update(JSON.stringify(entity));
  return hashed.digest('hex');
}

/** The table of the page Update user, without `deletedDateTime`: nobody is deleted. */
const pageProperties = (
  'id accountEnabled ageGroup assignedLicenses assignedPlans businessPhones city companyName ' +
  'consentProvidedForMinor country department displayName employeeId faxNumber givenName ' +
  'imAddresses isResourceAccount jobTitle lastPasswordChangeDateTime ' +
  'legalAgeGroupClassification licenseAssignmentStates mail mailNickname mobilePhone ' +
  'onPremisesDistinguishedName onPremisesExtensionAttributes onPremisesImmutableId ' +
  'onPremisesLastSyncDateTime onPremisesProvisioningErrors onPremisesSecurityIdentifier ' +
  'onPremisesSyncEnabled onPremisesDomainName onPremisesSamAccountName ' +
  'onPremisesUserPrincipalName otherMails passwordPolicies passwordProfile officeLocation ' +
  'postalCode preferredLanguage provisionedPlans proxyAddresses showInAddressList ' +
  'signInSessionsValidFromDateTime state streetAddress surname usageLocation ' +
  'userPrincipalName userType mailboxSettings deviceEnrollmentLimit aboutMe birthday hireDate ' +
  'interests mySite pastProjects preferredName responsibilities schools skills'
).split(' ');

const fifty = generate(50);
const thousands = generate(3_000);

function usersOf(entities: readonly Entity[]): Entity[] {
  return entities.filter((entity) => entity['@set'] === 'users');
}

test('the same options give the same bytes, another seed or size gives others', () => {
  const first = hash(200, 5);
  assert.equal(hash(200, 5), first);
  assert.notEqual(hash(200, 6), first);
  assert.notEqual(hash(201, 5), first);
});

test('the bytes of a seed stay what they are', () => {
  assert.equal(hash(50, 1), 'b5527e907a38a0521212f6997327b9c075d050b3fa4c2ae9a59f4bd092efccf2');
});

test('options out of range are refused by name', () => {
  for (const people of [0, -1, 1.5, Number.NaN, 2_000_001]) {
    assert.throws(() => generate(people), { name: 'RangeError', message: /^people / });
  }
  assert.throws(() => generate(5, -1), { name: 'RangeError', message: /^seed / });
  assert.throws(() => [...generateCompany({ people: 5, seed: 1, connectionsMean: 0 })], {
    message: /^connectionsMean /,
  });
});

test('companies of one, two and seven people come out whole', () => {
  for (const people of [1, 2, 7]) assert.equal(usersOf(generate(people)).length, people);
});

test('the tenant comes first, and everything else has an id of its own', () => {
  const [tenant, ...rest] = thousands;
  assert.deepEqual(Object.keys(tenant!), ['tenant']);
  const keys = new Set<string>();
  for (const entity of rest) {
    assert.equal(typeof entity.id, 'string');
    keys.add(`${entity['@set']} ${entity['@parent']} ${entity.id}`);
  }
  assert.equal(keys.size, rest.length);
});

test('every parent, manager, member and owner is there before it is named', () => {
  const known = new Set<string>();
  for (const entity of thousands) {
    const members = (entity['members@odata.bind'] ?? []) as string[];
    const owners = (entity['owners@odata.bind'] ?? []) as string[];
    const ends = ((entity.members ?? []) as string[]).map((id) => `users('${id}')`);
    const manager = entity['manager@odata.bind'] as string | undefined;
    for (const link of [...members, ...owners, ...ends, ...(manager ? [manager] : [])]) {
      assert.ok(known.has(link), link);
    }
    const parent = entity['@parent'] as string | undefined;
    const owner = parent?.match(/^(users|groups)\('[^']+'\)/)?.[0];
    if (parent !== undefined) assert.ok(owner !== undefined && known.has(owner), parent);
    if (parent === undefined) known.add(`${entity['@set']}('${entity.id}')`);
    for (const owned of owners) assert.ok(members.includes(owned));
  }
});

test('the first people are the same in every company but for what a seed draws', () => {
  const names = (entities: readonly Entity[]) =>
    usersOf(entities)
      .slice(0, 25)
      .map((user) => [user.displayName, user.userPrincipalName, user.jobTitle, user.department]);
  assert.deepEqual(names(generate(50, 9)), names(fifty));
  const [chief, mira] = usersOf(fifty);
  assert.equal(chief!['manager@odata.bind'], undefined);
  assert.equal(mira!.userPrincipalName, 'mira@fernhollow.example');
  assert.ok(fifty.some((entity) => entity['manager@odata.bind'] === `users('${mira!.id}')`));
});

test('a person does not change when the company grows', () => {
  assert.deepEqual(usersOf(thousands).slice(0, 50), usersOf(fifty));
});

test('every user has every property of the page', () => {
  for (const user of usersOf(thousands)) {
    for (const property of pageProperties) assert.notEqual(user[property], undefined, property);
    assert.ok(!('deletedDateTime' in user));
    assert.ok(user.deviceEnrollmentLimit === 5 || user.deviceEnrollmentLimit === 1000);
    assert.equal(Object.keys(user.onPremisesExtensionAttributes as object).length, 15);
  }
  const mira = usersOf(fifty)[1]!;
  for (const property of pageProperties) assert.notEqual(mira[property], null, property);
});

test('names fit the limits of the page, and mark, hyphenate and write as people do', () => {
  const users = usersOf(thousands);
  for (const { givenName, surname, mailNickname, onPremisesSamAccountName } of users) {
    assert.ok((givenName as string).length <= 64 && (surname as string).length <= 64);
    assert.ok((mailNickname as string).length <= 64);
    assert.ok(((onPremisesSamAccountName ?? '') as string).length <= 20);
  }
  const displayed = users.map((user) => user.displayName).join('\n');
  const scripts = ['Han', 'Hiragana', 'Hangul', 'Cyrillic', 'Arabic', 'Greek', 'Hebrew'];
  for (const script of [...scripts, 'Devanagari']) {
    assert.match(displayed, new RegExp(`\\p{Script=${script}}`, 'u'), script);
  }
  for (const sample of ["O'Brien", 'Łukasz', 'Çelik', 'Jürgen', 'Groß-Weber', 'Nguyễn']) {
    assert.ok(displayed.includes(sample), sample);
  }
});

test('addresses are ASCII and nobody shares one among 20,000', () => {
  const addresses = new Set<string>();
  const mails = new Set<string>();
  let people = 0;
  for (const entity of generateCompany({ people: 20_000, seed: 3 }) as Iterable<Entity>) {
    if (entity['@set'] !== 'users') continue;
    people++;
    const address = entity.userPrincipalName as string;
    assert.match(address, /^[a-z0-9._-]+(#EXT#)?@[a-z.-]+$/);
    addresses.add(address);
    for (const proxy of entity.proxyAddresses as string[]) mails.add(proxy.toLowerCase());
  }
  assert.equal(people, 20_000);
  assert.equal(addresses.size, people);
  assert.ok(mails.size > people * 2);
});

test('managers form one tree, of fan-out 6 to 10 where it is full', () => {
  const managers = new Map<string, string | undefined>();
  const reports = new Map<string, number>();
  for (const user of usersOf(thousands)) {
    const manager = (user['manager@odata.bind'] as string | undefined)?.slice(7, -2);
    managers.set(user.id, manager);
    if (manager !== undefined) reports.set(manager, (reports.get(manager) ?? 0) + 1);
  }
  for (const id of managers.keys()) {
    let steps = 0;
    for (let at = managers.get(id); at !== undefined; at = managers.get(at)) steps++;
    assert.ok(steps <= 6, `${id} is ${steps} steps below the top`);
  }
  const partial = [...reports.values()].filter((count) => count < 6 || count > 10);
  assert.ok(partial.length <= 1, `${partial}`);
  assert.equal([...managers.values()].filter((manager) => manager === undefined).length, 1);
});

test('a company of 50 has disabled accounts, guests, a shared mailbox and a minor', () => {
  const users = usersOf(fifty);
  const count = (property: string, value: unknown) =>
    users.filter((user) => user[property] === value).length;
  assert.equal(count('isResourceAccount', true), 1);
  assert.equal(count('userType', 'Guest'), 2);
  assert.equal(count('accountEnabled', false), 3);
  assert.equal(count('ageGroup', 'Minor'), 1);
  for (const guest of users.filter((user) => user.userType === 'Guest')) {
    assert.match(guest.userPrincipalName as string, /#EXT#@fernhollow\.example$/);
  }
});

test('everybody is in one to five groups, and a team has its group’s id', () => {
  for (const entities of [fifty, thousands]) {
    const memberships = new Map<string, number>();
    const teams = new Set<unknown>();
    for (const entity of entities) {
      const members = (entity['members@odata.bind'] ?? []) as string[];
      assert.equal(new Set(members).size, members.length);
      for (const link of members) memberships.set(link, (memberships.get(link) ?? 0) + 1);
      if (entity['@set'] !== 'groups/team') continue;
      assert.equal(entity['@parent'], `groups('${entity.id}')`);
      teams.add(entity.id);
    }
    assert.ok(teams.size >= 5);
    assert.equal(memberships.size, usersOf(entities).length);
    const counts = [...memberships.values()];
    assert.ok(Math.max(...counts) <= 5, `${Math.max(...counts)}`);
  }
});

test('groups have addresses of their own, also when the units split by place', () => {
  const addresses = new Set<string>();
  let groups = 0;
  for (const people of [1, 1_000, 1_001]) {
    addresses.clear();
    groups = 0;
    for (const entity of generate(people)) {
      if (entity['@set'] !== 'groups') continue;
      groups++;
      addresses.add(entity.mailNickname as string);
    }
    assert.equal(addresses.size, groups);
  }
  assert.ok(groups > 50);
});

test('nothing is taken from the clock, from chance or from the machine’s language', () => {
  const folder = new URL('.', import.meta.url);
  const sources = (readdirSync(folder, { recursive: true }) as string[]).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
  );
  assert.ok(sources.length > 20);
  const unsteady = new RegExp(
    String.raw`\bDate\b[.(]|Math\.(?!floor|ceil|min|max|imul|sqrt)|Intl\b|Locale\w*\(|` +
      String.raw`localeCompare|randomUUID|process\.`,
  );
  for (const name of sources) {
    const source = readFileSync(new URL(name, folder), 'utf8').replace(
      /^\s*(?:\/\/|\/?\*).*$/gm,
      '',
    );
    assert.doesNotMatch(source, unsteady, name);
  }
});
