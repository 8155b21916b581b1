import type { Model } from '#model/model.ts';
import type { Caller } from '#plan/caller.ts';
import { type Document, TYPE } from '#plan/document.ts';
import { isDerivedId } from '#plan/facet-id.ts';
import type { Fidelity } from '#plan/request.ts';
import type { Address, FoundEntity, Reader, Writer } from '#plan/store.ts';
import { userRules } from '../directory/user-rules.ts';
import { isForCircles } from '../profile/audiences.ts';
import { type PersonFacets, readAllFacets } from '../profile/person-facets.ts';
import { fullStanding, plainStanding } from '../profile/viewer-standing.ts';
import { FacetDrafts, isKeptBeside } from './facet-drafts.ts';
import { stampOf } from './stamp-facet.ts';

/** Whose facets are written, by whom, and by which rules. */
export interface FacetWriting {
  readonly model: Model;
  readonly caller: Caller;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly fidelity: Fidelity;
  /** The person's user, as the transaction has found it. */
  readonly user: FoundEntity;
}

/** Facets that are open to be edited, and what is known of the person. */
export interface OpenFacets extends PersonFacets {
  readonly drafts: FacetDrafts;
}

/**
 * Reads the facets of some navigations, to be edited as far as they reach the caller. New ones need
 * none of those that are kept.
 */
export async function openFacets(
  tx: Writer,
  { model, caller, now, user }: FacetWriting,
  names: readonly string[],
  isForNew = false,
): Promise<OpenFacets> {
  const asked = { reader: tx, model, caller, owner: user.owner, facets: names, isForNew };
  const found = await readAllFacets(asked);
  const isNear = [...found.facets.values()].flat().some(({ reach }) => isForCircles(reach));
  const standing = isNear
    ? await fullStanding(asked, found.person)
    : plainStanding(caller, found.person);
  const own = caller.user === user.id ? user : undefined;
  const stamp = stampOf(caller, own ?? (await findCaller(tx, caller)), now);
  return {
    ...found,
    drafts: new FacetDrafts(found.facets, {
      standing,
      stamp,
      settings: found.settings,
      personId: found.person.id,
    }),
  };
}

/**
 * Writes what has been edited, and with it what changes of the user and of the profile, whose
 * version moves with every facet.
 */
export async function writeFacets(
  tx: Writer,
  writing: FacetWriting,
  drafts: FacetDrafts,
): Promise<void> {
  const { user } = writing;
  const { owner } = user;
  const touched = drafts.touched();
  if (touched.length === 0) return;
  for (const draft of touched) {
    const { navigation, key, before, after } = draft;
    const address: Address = { set: 'users', owner, path: `profile/${navigation.name}`, key };
    // What was added to a facet from the user may wait for one.
    const waiting = before || !isDerivedId(key) ? undefined : await tx.read(address);
    const previous = before?.isStored ? { version: before.version, text: '' } : waiting;
    if (!after) {
      if (previous) tx.remove(address, previous);
    } else if (isKeptBeside(draft)) {
      const members = { [TYPE]: navigation.target.name, ...after };
      tx.write(address, members, previous, Object.keys(after));
    }
  }
  await tx.touch({ set: 'users', owner, path: 'profile', key: '' }, { id: user.id });
  await writeUser(tx, writing, drafts.userChanges(JSON.parse(user.text) as Document));
}

/** Writes the values of the user that facets have their homes in, by the rules for users. */
async function writeUser(tx: Writer, writing: FacetWriting, changes: Document): Promise<void> {
  const names = Object.keys(changes);
  if (names.length === 0) return;
  const { model, caller, now, fidelity, user } = writing;
  const document = tx.document('users', user.text);
  const context = { model, caller, reader: tx, now, fidelity };
  const before = (name: string) => document.read(name);
  const owner = user.owner;
  const more = await userRules.settle?.(changes, { ...context, isNew: false, owner, before });
  const members = { ...changes, ...more };
  const address = { set: 'users', owner, path: '', key: '' };
  tx.write(address, document.replace(members), user, Object.keys(members));
}

/** The user who writes, if it is one. */
async function findCaller(reader: Reader, { user }: Caller): Promise<FoundEntity | undefined> {
  return user === undefined ? undefined : reader.find('users', 'id', user, 'doc');
}
