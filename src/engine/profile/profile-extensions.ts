import type { Document } from '#plan/document.ts';
import { isForCircles, isPublic, isReached, reachOf } from './audiences.ts';
import type { Facet } from './combine-facets.ts';
import { fullStanding, type Look, plainStanding } from './viewer-standing.ts';

/** The navigation of Fast.PI's profile to what applications keep there. */
export const EXTENSIONS = 'extensions';

/**
 * What applications keep in a person's profile, as far as it reaches the caller: an extension may
 * name its audience as facets do, and is the organization's otherwise.
 */
export async function readExtensions(look: Look, owner: number): Promise<readonly Facet[]> {
  const { reader, caller } = look;
  const rows = await reader.list('users', owner, `profile/${EXTENSIONS}`);
  const all = rows.map(({ key, version, text }): Facet => {
    const members = JSON.parse(text) as Document;
    const reach = reachOf(members.allowedAudiences);
    return { facet: EXTENSIONS, key, members, version, reach, isStored: true, derived: undefined };
  });
  if (all.every(({ reach }) => isPublic(reach))) return all;
  const user = await reader.read({ set: 'users', owner, path: '', key: '' });
  const person = { owner, id: String((JSON.parse(user?.text ?? '{}') as Document).id) };
  const isNear = all.some(({ reach }) => isForCircles(reach));
  const standing = isNear ? await fullStanding(look, person) : plainStanding(caller, person);
  return all.filter(({ reach }) => isReached(reach, standing));
}
