import type { Document } from '#plan/document.ts';
import type { SearchExpression } from '#plan/expression.ts';
import { nothingAsked } from '#plan/query.ts';
import { tokenise } from '#plan/tokenise.ts';
import { type Derivation, type DerivationContext, relatives } from './derivation.ts';

/** How near each kind of relation brings somebody; what several relations bring adds up. */
const NEARNESS = { manager: 20, report: 16, peer: 10, group: 4, contact: 6, found: 1 };
/** Relatives of one kind that are looked at. */
const PEERS_MAX = 50;
const GROUPS_MAX = 20;
const MEMBERS_MAX = 30;
const CONTACTS_MAX = 200;
const FOUND_MAX = 50;

/** Somebody who matters, and how much. */
interface Candidate {
  readonly person: Document;
  nearness: number;
}

/**
 * The people, groups and contacts who matter to a person, the nearest first: manager, reports,
 * those with the same manager, those in the same groups, the address book. A search also finds
 * whoever is in the directory.
 */
export const derivePeople: Derivation = async (context) => {
  const candidates = new Map<string, Candidate>();
  const add = (person: Document, nearness: number): void => {
    const id = String(person.id);
    if (id === context.owner!.id) return;
    const known = candidates.get(id);
    if (known) known.nearness += nearness;
    else candidates.set(id, { person, nearness });
  };
  await addColleagues(context, add);
  await addGroups(context, add);
  await addContacts(context, add);
  await addFound(context, add);
  const found = [...candidates.values()].filter(({ person }) => matches(context.search, person));
  const ranked = found.sort(
    (one, other) =>
      other.nearness - one.nearness ||
      compare(String(one.person.displayName), String(other.person.displayName)),
  );
  return ranked.map(({ person, nearness }) => withScore(person, nearness));
};

type Add = (person: Document, nearness: number) => void;

async function addColleagues(context: DerivationContext, add: Add): Promise<void> {
  const { owner } = context.owner!;
  const manager = { relation: 'manager', inverse: false, set: 'users' };
  const reports = { ...manager, inverse: true };
  for (const above of await relatives(context, { ...manager, owner }, 1)) {
    add(personOf(above.document), NEARNESS.manager);
    const peers = await relatives(context, { ...reports, owner: above.owner }, PEERS_MAX);
    for (const { document } of peers) add(personOf(document), NEARNESS.peer);
  }
  for (const { document } of await relatives(context, { ...reports, owner }, PEERS_MAX)) {
    add(personOf(document), NEARNESS.report);
  }
}

async function addGroups(context: DerivationContext, add: Add): Promise<void> {
  const { owner } = context.owner!;
  const memberships = { relation: 'members', inverse: true, owner, set: 'groups' };
  for (const group of await relatives(context, memberships, GROUPS_MAX)) {
    const { groupTypes } = group.document;
    if (!Array.isArray(groupTypes) || !groupTypes.includes('Unified')) continue;
    add(groupOf(group.document), NEARNESS.group);
    const members = { relation: 'members', inverse: false, owner: group.owner, set: 'users' };
    for (const { document } of await relatives(context, members, MEMBERS_MAX)) {
      add(personOf(document), NEARNESS.group);
    }
  }
}

async function addContacts({ reader, owner }: DerivationContext, add: Add): Promise<void> {
  const records = await reader.list('users', owner!.owner, 'contacts');
  for (const { text } of records.slice(0, CONTACTS_MAX)) {
    add(contactOf(JSON.parse(text) as Document), NEARNESS.contact);
  }
}

/** Whom a search finds in the directory, however far away. */
async function addFound({ model, reader, search }: DerivationContext, add: Add): Promise<void> {
  const words = search && wordsOf(search);
  if (words === undefined || words.length === 0) return;
  const { type } = model.resources.get('users')!;
  const property = type.properties.get('displayName');
  const operands = words.map((text) => ({ kind: 'phrase', text, property }) as const);
  const query = {
    ...nothingAsked,
    pageSize: FOUND_MAX,
    search: { kind: 'and', operands },
  } as const;
  const page = await reader.query({ kind: 'set', set: 'users', type }, query, 'doc');
  for (const { text } of page.members) {
    add(personOf(JSON.parse(text) as Document), NEARNESS.found);
  }
}

/** The words of a search that asks for all of them; undefined where it asks for something else. */
function wordsOf(search: SearchExpression): readonly string[] | undefined {
  if (search.kind === 'phrase') return tokenise(search.text);
  if (search.kind !== 'and') return undefined;
  const all = search.operands.map(wordsOf);
  return all.includes(undefined) ? undefined : all.flatMap((each) => each!);
}

/** Names and addresses are searched, each word by its beginning. */
function matches(search: SearchExpression | undefined, person: Document): boolean {
  if (!search) return true;
  if (search.kind === 'not') return !matches(search.operand, person);
  if (search.kind === 'facet' || search.kind === 'among') return false;
  if (search.kind !== 'phrase') {
    const { kind, operands } = search;
    const isMatch = (each: SearchExpression) => matches(each, person);
    return kind === 'and' ? operands.every(isMatch) : operands.some(isMatch);
  }
  const { displayName, givenName, surname, userPrincipalName, scoredEmailAddresses } = person;
  const addresses = (scoredEmailAddresses as Document[]).map(({ address }) => address);
  const texts = [displayName, givenName, surname, userPrincipalName, ...addresses];
  const words = texts.flatMap((text) => (typeof text === 'string' ? tokenise(text) : []));
  return tokenise(search.text).every((sought) => words.some((word) => word.startsWith(sought)));
}

const nothing: Document = {
  birthday: '',
  companyName: null,
  department: null,
  givenName: null,
  imAddress: null,
  isFavorite: false,
  jobTitle: null,
  officeLocation: null,
  personNotes: '',
  phones: [],
  postalAddresses: [],
  profession: '',
  surname: null,
  userPrincipalName: null,
  websites: [],
  yomiCompany: '',
};

/** A user as somebody who matters. */
export function personOf(user: Document): Document {
  const phone = Array.isArray(user.businessPhones) ? user.businessPhones[0] : undefined;
  const { mail, userType, imAddresses } = user;
  const sip = Array.isArray(imAddresses) ? imAddresses[0] : undefined;
  return {
    ...nothing,
    ...pick(user, ['id', 'displayName', 'givenName', 'surname', 'jobTitle', 'department']),
    ...pick(user, ['companyName', 'officeLocation', 'userPrincipalName']),
    imAddress: typeof sip === 'string' ? `sip:${sip}` : null,
    personType: {
      class: 'Person',
      subclass: userType === 'Guest' ? 'OrganizationContact' : 'OrganizationUser',
    },
    phones: typeof phone === 'string' ? [{ type: 'business', number: phone }] : [],
    scoredEmailAddresses: typeof mail === 'string' ? [{ address: mail }] : [],
  };
}

function groupOf(group: Document): Document {
  const { id, displayName, mail } = group;
  return {
    ...nothing,
    id,
    displayName,
    personType: { class: 'Group', subclass: 'UnifiedGroup' },
    scoredEmailAddresses: typeof mail === 'string' ? [{ address: mail }] : [],
  };
}

function contactOf(contact: Document): Document {
  const { givenName, surname, displayName, emailAddresses } = contact;
  const name = displayName ?? [givenName, surname].filter(Boolean).join(' ');
  const addresses = Array.isArray(emailAddresses) ? (emailAddresses as Document[]) : [];
  return {
    ...nothing,
    ...pick(contact, ['id', 'givenName', 'surname', 'jobTitle', 'department', 'companyName']),
    displayName: name,
    personType: { class: 'Person', subclass: 'PersonalContact' },
    scoredEmailAddresses: addresses.map(({ address }) => ({ address })),
  };
}

function pick(from: Document, names: readonly string[]): Document {
  return Object.fromEntries(names.map((name) => [name, from[name] ?? null]));
}

function withScore(person: Document, relevanceScore: number): Document {
  const scoredEmailAddresses = (person.scoredEmailAddresses as Document[]).map(({ address }) => {
    return { address, itemId: null, relevanceScore, selectionLikelihood: 'notSpecified' };
  });
  return { ...person, scoredEmailAddresses };
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
