import { type EntityType, isKindOf, type Navigation } from '#model/model.ts';
import type { LinkChanges, LinkTarget } from '#plan/delta.ts';
import { splitKeys } from '#plan/key-text.ts';
import { type FoundMember, nothingAsked } from '#plan/query.ts';
import { showKey } from '../place.ts';
import { setsOf, sourceOf } from '../reading/sources.ts';
import type { ContainedChange, GoneEntity, MemberChange } from './gather-changes.ts';
import type { Tracking } from './tracking.ts';

/** Ends of links read at a time. */
const LINKS = 1000;

/** All ends of the links of a member that are told. */
export async function allLinks(
  { plan, viewer }: Tracking,
  member: FoundMember,
): Promise<readonly LinkChanges[]> {
  const all: LinkChanges[] = [];
  const { set, owner } = member;
  for (const navigation of plan.links) {
    if (navigation.contains) continue;
    const source = sourceOf(navigation, { set, owner, path: '', key: '' });
    const targets: LinkTarget[] = [];
    let after: Parameters<typeof viewer.reader.query>[1]['after'];
    do {
      const query = { ...nothingAsked, pageSize: LINKS, after };
      const page = await viewer.reader.query(source, query, 'nothing');
      for (const found of page.members) {
        targets.push(endOf(plan.model, navigation, found, false));
      }
      after = page.next;
    } while (after);
    if (targets.length > 0) all.push({ navigation, targets });
  }
  return all;
}

/** The ends of those links of a member that have changed; `memberPath` is where it stands. */
export async function changedLinks(
  { plan, viewer }: Tracking,
  change: MemberChange,
  gone: ReadonlyMap<number, GoneEntity>,
  memberPath: string,
): Promise<readonly LinkChanges[]> {
  const all: LinkChanges[] = [];
  for (const [navigation, links] of change.links) {
    const owners = [...links.keys()];
    const found = new Map<number, { set: string; key: string }>(gone);
    for (const set of setsOf(navigation.target)) {
      for (const { owner, id } of await viewer.reader.findMany(set, owners, 'nothing')) {
        found.set(owner, { set, key: id });
      }
    }
    const targets = [...links].flatMap(([owner, isLinked]) => {
      const end = found.get(owner);
      return end ? endOf(plan.model, navigation, end, !isLinked) : [];
    });
    if (targets.length > 0) all.push({ navigation, targets });
  }
  for (const [navigation, parts] of change.parts) {
    const targets = [...parts.values()].map((part) => partOf(navigation, part, memberPath));
    all.push({ navigation, targets });
  }
  return all;
}

function endOf(
  { resources }: Tracking['plan']['model'],
  { target }: Navigation,
  { set, key }: { readonly set: string; readonly key: string },
  isRemoved: boolean,
): LinkTarget {
  const kept = resources.get(set)?.type;
  const type = kept && isKindOf(kept, target) ? kept : target;
  return { path: `${set}${showKey(type, key)}`, type, key, isRemoved };
}

/** What a member contains, somewhere behind the navigation. */
function partOf(
  navigation: Navigation,
  { path, key, isRemoved }: ContainedChange,
  memberPath: string,
): LinkTarget {
  let type: EntityType = navigation.target;
  const steps = path.split('/').slice(navigation.storedAs.split('/').length);
  for (const name of steps) {
    type = type.navigation.get(name)?.target ?? type;
  }
  const last = splitKeys(key).at(-1) ?? '';
  const shown = [navigation.name, ...steps].join('/');
  const where = `${memberPath}/${shown}${last === '' ? '' : showKey(type, last)}`;
  return { path: where, type, key: last, isRemoved };
}
