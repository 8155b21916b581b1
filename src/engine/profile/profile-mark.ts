import type { Model } from '#model/model.ts';
import { facetHomes } from '#model/profile/facet-homes.ts';
import type { Caller } from '#plan/caller.ts';
import type { Document } from '#plan/document.ts';
import type { FoundEntity, Reader } from '#plan/store.ts';
import { isCallers, type View, viewOf } from '../access/view.ts';
import { isForCircles, reachOf } from './audiences.ts';
import { findManager, seesManager } from './manager.ts';
import { readPeopleSettings } from './people-settings.ts';
import { profileVersion } from './profile-version.ts';
import { fullStanding, plainStanding } from './viewer-standing.ts';

/** What a profile looks like to somebody: as long as the name is the same, so is what is shown. */
export interface ProfileMark {
  readonly name: string;
  readonly version: number;
}

/** Whose profile is marked for whom. */
export interface ProfileMarked {
  readonly model: Model;
  readonly reader: Reader;
  readonly caller: Caller;
  readonly person: FoundEntity;
  /** What has been found out of the same store before, by names that mean the same for ever. */
  readonly known: Map<string, boolean>;
}

/**
 * The mark of a profile for a caller: all that decides what is shown of it. Which circles around
 * the person the caller is in is told by no version, and is looked up each time where it matters.
 */
export async function markProfile(marked: ProfileMarked): Promise<ProfileMark> {
  const { model, reader, caller, person } = marked;
  const { owner, id } = person;
  const version = await profileVersion(reader, person);
  const manager = seesManager(caller, id) ? await findManager(reader, owner, 'nothing') : undefined;
  const { type } = model.resources.get('users')!;
  const view = viewOf(model, caller, type, isCallers(caller, 'users', id));
  const others = viewOf(model, caller, type, manager?.id === caller.user);
  const seen = `${nameOf(view)} ${manager ? nameOf(others) : ''}`;
  const settings = await readPeopleSettings(reader);
  const place = `${caller.tenant.num} ${owner} ${person.version} ${version} ${settings.mark}`;
  const above = manager ? `${manager.owner} ${manager.version}` : '';
  const plain = plainStanding(caller, person);
  const isNear = plain !== 'self' && (await isForSome(marked, place));
  const standing = isNear ? await fullStanding(marked, person) : plain;
  return { name: `${place} ${above} ${seen} ${standing}`, version };
}

const names = new WeakMap<View, string>();
const properties = [...new Set(facetHomes.flatMap(({ members }) => members))].map(
  ({ property }) => property.split('/', 1)[0]!,
);

/** Which of the user's properties somebody sees that facets start from. */
function nameOf(view: View): string {
  if (view.isWhole) return 'all';
  const known = names.get(view);
  if (known !== undefined) return known;
  const name = properties.map((each) => (view.shows(each) ? 1 : 0)).join('');
  names.set(view, name);
  return name;
}

/** Profiles of which it is remembered whether circles matter. */
const KNOWN_MAX = 10_000;

/** Whether any facet of a person is for a circle around them. */
async function isForSome({ reader, person, known }: ProfileMarked, name: string): Promise<boolean> {
  const before = known.get(name);
  if (before !== undefined) return before;
  const rows = await reader.listBelow('users', person.owner, 'profile');
  const found = rows.some(({ text }) => {
    const { allowedAudiences } = JSON.parse(text) as Document;
    return isForCircles(reachOf(allowedAudiences));
  });
  if (known.size >= KNOWN_MAX) known.clear();
  known.set(name, found);
  return found;
}
