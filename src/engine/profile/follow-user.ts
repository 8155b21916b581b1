import { facetHomes } from '#model/profile/facet-homes.ts';
import type { Document, Value } from '#plan/document.ts';
import type { Writer } from '#plan/store.ts';
import { isPublic, reachOf } from './audiences.ts';
import { valuesOf } from './derive-facets.ts';
import { valueAt } from './member-path.ts';

/** A user that has been changed: what it had, and what it has. */
export interface ChangedUser {
  readonly owner: number;
  readonly id: string;
  before(name: string): Value | undefined;
  readonly written: Document;
}

const each = facetHomes.filter(({ isEach }) => isEach);

/**
 * Keeps facets in step with a user that has been written: those that everybody sees go with the
 * values of the user that they tell.
 */
export async function followUser(tx: Writer, user: ChangedUser): Promise<void> {
  let isChanged = false;
  for (const home of each) {
    const { property, member } = home.members[0]!;
    if (!(property in user.written)) continue;
    const left = new Set(valuesOf(user.written, home));
    const before = valuesOf({ [property]: user.before(property) }, home);
    const gone = new Set(before.filter((value) => !left.has(value)));
    if (gone.size === 0) continue;
    const path = `profile/${home.facet}`;
    for (const { key, version, text } of await tx.list('users', user.owner, path)) {
      const members = JSON.parse(text) as Document;
      const value = valueAt(members, member);
      if (!gone.has(String(value)) || !isPublic(reachOf(members.allowedAudiences))) continue;
      tx.remove({ set: 'users', owner: user.owner, path, key }, { version });
      isChanged = true;
    }
  }
  if (!isChanged) return;
  const address = { set: 'users', owner: user.owner, path: 'profile', key: '' };
  tx.write(address, { id: user.id }, await tx.read(address), ['id']);
}

/** Whether what is written of a user has facets that follow it. */
export function isFollowed(names: Iterable<string>): boolean {
  for (const name of names) if (followed.has(name)) return true;
  return false;
}

const followed: ReadonlySet<string> = new Set(each.map(({ members }) => members[0]!.property));
