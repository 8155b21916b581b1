import type { Model, Property, Resource } from '#model/model.ts';
import { compareProperty } from '#plan/compare-property.ts';
import type { Document } from '#plan/document.ts';
import { nothingAsked } from '#plan/query.ts';
import type { Reader } from '#plan/store.ts';
import { tokenise } from '#plan/tokenise.ts';
import { textOf } from './document-values.ts';
import { initialProfile } from './initial-profile.ts';
import { findByMemberName } from './member-names.ts';
import type { Member } from './viewer-relation.ts';

/** What is known of somebody who is looked for; the address says more than all names. */
export interface PeopleQuery {
  readonly email?: string | undefined;
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
  /** A full name. */
  readonly keywords?: string | undefined;
}

/** A person as the directory has them. */
interface Person extends Member {
  readonly text: string;
}

/** Who answers a query, and whether it can be nobody else. */
export interface PeopleFound {
  readonly people: readonly Member[];
  readonly isExact: boolean;
}

/** Where people are searched. */
export interface Directory {
  readonly model: Pick<Model, 'resources'>;
  readonly reader: Reader;
}

/** People with the same names that are looked at. */
const NAMESAKES_MAX = 200;

const nobody: PeopleFound = { people: [], isExact: false };

/**
 * Finds the people whom a query means: whoever has the address as their primary one, else those
 * who have the names, in the directory or in their profile.
 */
export async function searchPeople(at: Directory, query: PeopleQuery): Promise<PeopleFound> {
  const { email } = query;
  const addressed = email === undefined ? [] : await findByAddress(at, email.trim());
  if (addressed.length > 0) return { people: addressed, isExact: addressed.length === 1 };
  const sought = readNames(query);
  if (sought.all.length === 0) return nobody;
  const candidates = await findNamesakes(at, sought.all);
  const matches: Namesake[] = [];
  for (const { owner, id, text } of candidates) {
    const names = await readNamesOf(at.reader, { owner, id, text });
    if (names.some((each) => hasNames(each, sought))) matches.push({ owner, id, names });
  }
  const isWhole = matches.length === 1 && matches[0]!.names.some((each) => isFull(each, sought));
  return { people: matches.map(({ owner, id }) => ({ owner, id })), isExact: isWhole };
}

interface Namesake extends Member {
  readonly names: readonly Names[];
}

/** The words of somebody's names. */
interface Names {
  readonly first: readonly string[];
  readonly last: readonly string[];
  readonly all: readonly string[];
}

function readNames({ firstName, lastName, keywords }: PeopleQuery): Names {
  const [first, last] = [tokenise(firstName ?? ''), tokenise(lastName ?? '')];
  return { first, last, all: [...first, ...last, ...tokenise(keywords ?? '')] };
}

async function findByAddress(at: Directory, address: string): Promise<Member[]> {
  if (address === '') return [];
  const { resource, property } = usersOf(at, 'mail');
  const filter = compareProperty([property], 'eq', address);
  const { members } = await at.reader.query(
    { kind: 'set', set: resource.set, type: resource.type },
    { ...nothingAsked, pageSize: 2, filter },
    'nothing',
  );
  if (members.length > 0) return members.map(({ owner, key }) => ({ owner, id: key }));
  const found = await at.reader.find('users', 'userPrincipalName', address, 'nothing');
  return found ? [{ owner: found.owner, id: found.id }] : [];
}

/** People in whose names all of the words are, in the directory or in their profiles. */
async function findNamesakes(at: Directory, words: readonly string[]): Promise<readonly Person[]> {
  const { resource, property } = usersOf(at, 'displayName');
  const { type } = resource;
  const operands = words.map((text) => ({ kind: 'phrase', text, property }) as const);
  const search = { kind: 'and', operands } as const;
  const query = { ...nothingAsked, pageSize: NAMESAKES_MAX, search };
  const page = await at.reader.query({ kind: 'set', set: resource.set, type }, query, 'doc');
  const named = page.members.map(({ owner, key: id, text }) => ({ owner, id, text }));
  const others = await findByMemberName(at.reader, type, { search, limit: NAMESAKES_MAX });
  return [...new Map([...named, ...others].map((each) => [each.id, each])).values()];
}

function usersOf({ model }: Directory, name: string): { resource: Resource; property: Property } {
  const resource = model.resources.get('users')!;
  return { resource, property: resource.type.properties.get(name)! };
}

/** The names by which the directory knows somebody, and those in their profile. */
async function readNamesOf(reader: Reader, { owner, id, text }: Person): Promise<readonly Names[]> {
  const user = JSON.parse(text) as Document;
  const record = await reader.read({ set: 'users', owner, path: 'decoratedProfile', key: '' });
  const profile = record ? (JSON.parse(record.text) as Document) : initialProfile(id, user);
  const called = tokenise(textOf(user.displayName) ?? '');
  return [
    { ...namesOf(user.givenName, user.surname), all: called },
    namesOf(profile.firstName, profile.lastName),
  ];
}

function namesOf(firstName: Document[string] | undefined, lastName: Document[string] | undefined) {
  const [first, last] = [tokenise(textOf(firstName) ?? ''), tokenise(textOf(lastName) ?? '')];
  return { first, last, all: [...first, ...last] };
}

/** Whether some word of a person's names begins with each of these. */
export async function isCalled(
  reader: Reader,
  person: Person,
  words: readonly string[],
): Promise<boolean> {
  const names = await readNamesOf(reader, person);
  return words.every((word) => {
    return names.some(({ first, last, all }) => {
      return [...first, ...last, ...all].some((each) => each.startsWith(word));
    });
  });
}

/** Whether somebody is called what is sought, and perhaps more. */
function hasNames(names: Names, sought: Names): boolean {
  const isIn = (words: readonly string[], all: readonly string[]) =>
    words.every((word) => all.includes(word));
  return (
    isIn(sought.first, names.first) && isIn(sought.last, names.last) && isIn(sought.all, names.all)
  );
}

/** Whether somebody is called what is sought and nothing else. */
function isFull(names: Names, sought: Names): boolean {
  return hasNames(names, sought) && sought.all.length === names.all.length;
}
