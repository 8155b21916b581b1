import type { DeltaMember, LinkForm } from '#plan/delta.ts';
import type { Document } from '#plan/document.ts';
import { splitKeys } from '#plan/key-text.ts';
import { type FoundMember, nothingAsked } from '#plan/query.ts';
import { DELETED } from '../deleted-items.ts';
import { pathsIn } from '../queries/paths-in.ts';
import { memberPath, showMember } from '../reading/expand.ts';
import type { Shape } from '../reading/show.ts';
import { showDetail } from '../reading/show-detail.ts';
import { isOneOf } from '../writing/member-with-key.ts';
import type { GatheredChanges, MemberChange } from './gather-changes.ts';
import { changedLinks } from './link-changes.ts';
import type { Tracking } from './tracking.ts';

/** Keys in one filter: SQL nests what is joined by `or`. */
const KEYS_MAX = 200;

/** What has become of the members that events are about. */
export async function showChanges(
  tracking: Tracking,
  gathered: GatheredChanges,
): Promise<readonly DeltaMember[]> {
  const found = await findMembers(tracking, [...gathered.members]);
  const left = await findMatching(tracking, [...found.values()]);
  const shown: DeltaMember[] = [];
  const present = new Set<string>();
  for (const [name, change] of gathered.members) {
    const member = found.get(name);
    if (!member) continue;
    present.add(member.key);
    const result = left.has(member.key)
      ? await showChanged(tracking, member, change, gathered)
      : showLeft(tracking, member, change);
    if (result) shown.push(result);
  }
  for (const [name, change] of gathered.members) {
    const { key } = change;
    // What was deleted and made again is there.
    if (found.has(name) || key === undefined || present.has(key)) continue;
    if (isWanted(tracking, key)) shown.push(await showRemoved(tracking, change.owner, key));
  }
  return shown;
}

/** The members as they are now, by the names under which changes are gathered. */
async function findMembers(
  { source, viewer, plan }: Tracking,
  changes: readonly (readonly [string, MemberChange])[],
): Promise<ReadonlyMap<string, FoundMember>> {
  const found = new Map<string, FoundMember>();
  const { reader } = viewer;
  const { set } = source;
  if (source.kind === 'set') {
    const owners = changes.map(([, { owner }]) => owner);
    for (const { owner, id, version, text } of await reader.findMany(set, owners, 'doc')) {
      found.set(String(owner), { set, owner, key: id, version, text });
    }
  } else {
    const { owner, path } = source;
    for (const [key] of changes) {
      const record = await reader.read({ set, owner, path, key });
      if (record) found.set(key, { set, owner, key, ...record });
    }
  }
  for (const [name, { key }] of found) {
    if (plan.keys && !plan.keys.has(key)) found.delete(name);
  }
  return found;
}

/** The keys of those that filter, search and cast let through. */
async function findMatching(
  { plan, source, viewer }: Tracking,
  found: readonly FoundMember[],
): Promise<ReadonlySet<string>> {
  const { filter, search } = plan.query;
  const { type } = source;
  const isNarrowed = filter || search || type !== plan.target.resource.type;
  if (plan.keys || (!isNarrowed && source.kind === 'set')) {
    return new Set(found.map(({ key }) => key));
  }
  const left = new Set<string>();
  for (let at = 0; at < found.length; at += KEYS_MAX) {
    const documents = found
      .slice(at, at + KEYS_MAX)
      .map(({ text }) => JSON.parse(text) as Document);
    const own = isOneOf(type, documents);
    const operands = filter ? [filter, own] : [own];
    const query = {
      ...nothingAsked,
      search,
      filter: operands.length > 1 ? ({ kind: 'and', operands } as const) : own,
      pageSize: documents.length,
    };
    const page = await viewer.reader.query(source, query, 'nothing');
    for (const { key } of page.members) left.add(key);
  }
  return left;
}

async function showChanged(
  tracking: Tracking,
  member: FoundMember,
  change: MemberChange,
  { gone }: GatheredChanges,
): Promise<DeltaMember | undefined> {
  const { plan, shape, source, within, viewer } = tracking;
  const found = { member, source, within };
  const path = memberPath(source.type, found);
  const isInline = plan.linkForm === 'inline';
  const links = isInline ? [] : await changedLinks(tracking, change, gone, path);
  const isTold = concerns(tracking, change) || (isInline && change.links.size > 0);
  if (!isTold && links.length === 0) return undefined;
  if (!isTold && plan.linkForm === 'apart') {
    return { kind: 'changed', path, entity: undefined, links };
  }
  const entity = await showMember(withoutLinked(shape, plan.linkForm), found, viewer);
  const detail = change.isCreated && plan.detail === 'changed' ? 'set' : plan.detail;
  return { kind: 'changed', path, entity: showDetail(entity, detail, change.names), links };
}

/** What is told of links apart is not shown inline. */
function withoutLinked(shape: Shape, form: LinkForm): Shape {
  if (form !== 'apart') return shape;
  return { ...shape, selection: { ...shape.selection, expand: [] } };
}

/** Whether what has changed of a member itself is among what is selected. */
function concerns({ plan }: Tracking, { isCreated, isWritten, names }: MemberChange): boolean {
  if (isCreated) return true;
  const { properties } = plan.selection;
  if (!isWritten || !properties || names.size === 0) return isWritten;
  return properties.some(({ property }) => names.has(property.name));
}

/** A member that does not meet the filter, if a change may be why. */
function showLeft(
  tracking: Tracking,
  { key }: FoundMember,
  { owner, names }: MemberChange,
): DeltaMember | undefined {
  const { filter, search } = tracking.plan.query;
  const paths = filter ? pathsIn(filter).map((path) => path.split('/', 1)[0]!) : [];
  const { navigation } = tracking.source.type;
  const mayHaveLeft =
    search !== undefined || paths.some((name) => names.has(name) || navigation.has(name));
  return mayHaveLeft ? removed(tracking, owner, key, 'changed') : undefined;
}

async function showRemoved(tracking: Tracking, owner: number, key: string): Promise<DeltaMember> {
  const { source, viewer, plan } = tracking;
  const mayBeRestored =
    source.kind === 'set' && !plan.model.isForeign && plan.model.resources.has(DELETED);
  const kept = mayBeRestored && (await viewer.reader.find(DELETED, 'id', key, 'nothing'));
  return removed(tracking, owner, key, kept ? 'changed' : 'deleted');
}

function removed(
  { source, within }: Tracking,
  owner: number,
  key: string,
  reason: 'changed' | 'deleted',
): DeltaMember {
  const { type, set } = source;
  const member = { set, owner, key, version: 0, text: '' };
  const path = memberPath(type, { member, source, within });
  const own = source.kind === 'contained' ? (splitKeys(key).at(-1) ?? '') : key;
  return { kind: 'removed', path, type, key: own, reason };
}

function isWanted({ plan }: Tracking, key: string): boolean {
  return !plan.keys || plan.keys.has(key);
}
