import type { Model } from '#model/model.ts';
import type { Caller } from '#plan/caller.ts';
import { foldText } from '#plan/compare.ts';
import type { Document } from '#plan/document.ts';
import { nothingAsked } from '#plan/query.ts';
import type { Reader } from '#plan/store.ts';
import { type Circles, type Standing, standingIn } from './audiences.ts';

/** A person, by surrogate and by id. */
export interface Person {
  readonly owner: number;
  readonly id: string;
}

/** Who looks at a person, with what. */
export interface Look {
  readonly model: Pick<Model, 'resources'>;
  readonly reader: Reader;
  readonly caller: Caller;
}

/** Groups of one person that are looked at. */
const GROUPS_MAX = 5_000;

/**
 * What the caller is to the person without looking further: the person themselves, or of the
 * organization. Applications read as the organization does.
 */
export function plainStanding(caller: Caller, person: Pick<Person, 'id'>): Standing {
  if (caller.isUnrestricted || caller.isServer || caller.user === person.id) return 'self';
  return standingIn();
}

/** Where it is written who is in which circle. */
const CIRCLES = [
  ...['family', 'members', 'users', 'groups'],
  ...['users/contacts', 'users/contactFolders', 'users/contactFolders/contacts'],
  ...['users.mail', 'users.userPrincipalName', 'users.otherMails'],
];
/** People of whom it is remembered in which circles around them one caller is. */
const KNOWN_MAX = 1_000;

/** What somebody is to a person, as of so many writes. */
interface KnownStanding {
  readonly writes: number;
  readonly standing: Standing;
}

const known = new WeakMap<Caller, Map<number, KnownStanding>>();

/**
 * The same with the circles around the person that the caller is in; looked up again when somebody
 * has written where that could change.
 */
export async function fullStanding(look: Look, person: Person): Promise<Standing> {
  const { caller, reader } = look;
  const plain = plainStanding(caller, person);
  if (plain === 'self' || caller.user === undefined) return plain;
  // Before anything is read: what is written meanwhile counts as newer.
  const writes = reader.writesAt(CIRCLES);
  if (writes === undefined) return findStanding(look, person, plain);
  const standings = known.get(caller) ?? new Map<number, KnownStanding>();
  const before = standings.get(person.owner);
  if (before?.writes === writes) return before.standing;
  const standing = await findStanding(look, person, plain);
  if (standings.size >= KNOWN_MAX) standings.clear();
  known.set(caller, standings.set(person.owner, { writes, standing }));
  return standing;
}

async function findStanding(look: Look, person: Person, plain: Standing): Promise<Standing> {
  const { caller, reader } = look;
  if (caller.user === undefined) return plain;
  const viewer = await reader.find('users', 'id', caller.user, 'doc');
  if (!viewer) return plain;
  const { owner } = person;
  const circles: Circles = {
    isFamily: await reader.isLinked('family', owner, viewer.owner),
    isContact: await isContact(reader, owner, JSON.parse(viewer.text) as Document),
    isInGroup: await shareGroup(look, owner, viewer.owner),
  };
  return standingIn(circles);
}

/** Whether one of the viewer's addresses stands in the person's address book, in any folder. */
async function isContact(reader: Reader, owner: number, viewer: Document): Promise<boolean> {
  const { mail, userPrincipalName, otherMails } = viewer;
  const own = [mail, userPrincipalName, ...(Array.isArray(otherMails) ? otherMails : [])];
  const addresses = new Set(own.flatMap((each) => (each ? foldText(String(each)) : [])));
  for (const path of ['contacts', 'contactFolders/contacts']) {
    for (const { text } of await reader.list('users', owner, path)) {
      const { emailAddresses } = JSON.parse(text) as Document;
      if (!Array.isArray(emailAddresses)) continue;
      const isFound = (emailAddresses as Document[]).some(({ address }) => {
        return typeof address === 'string' && addresses.has(foldText(address));
      });
      if (isFound) return true;
    }
  }
  return false;
}

/** Whether both are members of one group. */
async function shareGroup(look: Look, one: number, other: number): Promise<boolean> {
  const groups = await groupsOf(look, one);
  if (groups.size === 0) return false;
  for (const group of await groupsOf(look, other)) if (groups.has(group)) return true;
  return false;
}

async function groupsOf({ model, reader }: Look, owner: number): Promise<ReadonlySet<number>> {
  const { type } = model.resources.get('groups')!;
  const link = { kind: 'linked', relation: 'members', inverse: true, owner } as const;
  const source = { ...link, sets: ['groups'], type };
  const page = await reader.query(source, { ...nothingAsked, pageSize: GROUPS_MAX }, 'nothing');
  return new Set(page.members.map((member) => member.owner));
}
