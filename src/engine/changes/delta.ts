import type { Caller } from '#plan/caller.ts';
import { formatContext } from '#plan/context-url.ts';
import type { DeltaAnswer, DeltaMember, DeltaPlan, RoundMark } from '#plan/delta.ts';
import type { Selection } from '#plan/query.ts';
import type { Store } from '#plan/store.ts';
import { checkAccess, checkOperation } from '../access/check-access.ts';
import { checkMember, checkVisible } from '../access/check-visible.ts';
import { checkWay } from '../access/check-way.ts';
import { follow, type Standpoint, standAmong } from '../access/standpoint.ts';
import { notServed } from '../place.ts';
import { isOfFacets, readerFor } from '../profile/facet-reader.ts';
import { checkList } from '../queries/check-read.ts';
import { type Found, showMember } from '../reading/expand.ts';
import { findCollection } from '../reading/find-collection.ts';
import type { ReadParts } from '../reading/read.ts';
import { showDetail } from '../reading/show-detail.ts';
import { type GatheredChanges, gatherChanges } from './gather-changes.ts';
import { allLinks } from './link-changes.ts';
import { showChanges } from './show-changes.ts';
import type { Tracking } from './tracking.ts';

/**
 * Reads one page of a round of changes: first the members as they are, then what has changed among
 * them (OData Protocol 4.01, section 11.3). Refuses what reading the collection refuses, and with
 * 501 collections whose changes are not told. Undefined where the changes are no longer known.
 */
export async function readDelta(
  plan: DeltaPlan,
  caller: Caller,
  parts: ReadParts,
): Promise<DeltaAnswer | undefined> {
  const { model, target, selection, languages, operation, round } = plan;
  if (operation) checkWay(model, caller, target);
  const access = operation
    ? checkOperation(caller, operation, model)
    : checkAccess(caller, 'GET', target, model);
  checkList(plan);
  const { store, clock } = parts;
  const reader = readerFor(store, model, caller);
  const found = await findCollection(target, { model, caller, access, reader });
  const { source, shown: within } = found;
  const isKept = source.kind === 'set' || source.kind === 'contained';
  if (!isKept || isOfFacets(source)) throw notServed();
  checkTold(plan, caller, standAmong(model, caller, source, found.ownerId));
  const shape = { model, type: target.type, selection: withKey(plan) };
  const viewer = { model, caller, reader, languages, now: clock.now() };
  const tracking: Tracking = { plan, source, within, shape, viewer };
  const context = (kind: 'collection' | 'delta') =>
    formatContext({ kind, path: within, selection });
  if (round === 'latest') {
    const next: RoundMark = { kind: 'changes', position: await store.latestChange(caller.tenant) };
    const nothing = { members: [], count: undefined, next, isUnfinished: false };
    return { context: context('collection'), ...nothing };
  }
  if (round === 'first' || round.kind === 'members') {
    return { context: context('collection'), ...(await readMembers(tracking, round, store)) };
  }
  const { position } = round;
  const membersMax = plan.query.pageSize;
  const links = plan.links;
  const gathered = await gatherChanges(store, caller.tenant, {
    source,
    links,
    position,
    membersMax,
  });
  return gathered && { context: context('delta'), ...(await readChanges(tracking, gathered)) };
}

/**
 * Refuses to tell of changes by what the caller may not read: that something has changed says
 * something of it, and so does a relation.
 */
function checkTold(plan: DeltaPlan, caller: Caller, at: Standpoint): void {
  const { model, query, selection, links } = plan;
  if (model.isForeign || caller.isUnrestricted) return;
  const asking = { model, caller };
  checkVisible(asking, { query, selection }, at);
  for (const { property } of selection.properties ?? []) checkMember(asking, property.name, at);
  for (const link of links) follow(caller, at, link);
}

type Page = Omit<DeltaAnswer, 'context'>;

/** The members as they are; their changes begin before the first of them is read. */
async function readMembers(
  tracking: Tracking,
  round: Exclude<RoundMark, { kind: 'changes' }> | 'first',
  store: Store,
): Promise<Page> {
  const { plan, source, within, viewer } = tracking;
  const isFirst = round === 'first';
  const position = isFirst ? await store.latestChange(viewer.caller.tenant) : round.position;
  const after = isFirst ? undefined : round.after;
  const page = await viewer.reader.query(source, { ...plan.query, after }, 'doc');
  const members = await Promise.all(
    page.members.map((member) => showPresent(tracking, { member, source, within })),
  );
  const next: RoundMark = page.next
    ? { kind: 'members', position, after: page.next }
    : { kind: 'changes', position };
  const count = isFirst ? page.count : undefined;
  return { members, count, next, isUnfinished: page.next !== undefined };
}

async function showPresent(tracking: Tracking, found: Found): Promise<DeltaMember> {
  const { plan, shape, viewer } = tracking;
  const entity = await showMember(shape, found, viewer);
  const links = plan.linkForm === 'annotated' ? await allLinks(tracking, found.member) : [];
  const detail = plan.detail === 'changed' ? 'set' : plan.detail;
  return { kind: 'changed', path: entity.path, entity: showDetail(entity, detail), links };
}

async function readChanges(tracking: Tracking, gathered: GatheredChanges): Promise<Page> {
  const members = await showChanges(tracking, gathered);
  const { position, isUnfinished } = gathered;
  return { members, count: undefined, next: { kind: 'changes', position }, isUnfinished };
}

/** The selection, in Graph with the key, which is always shown. */
function withKey({ selection, target, linkForm }: DeltaPlan): Selection {
  const { properties } = selection;
  if (!properties || linkForm !== 'annotated') return selection;
  const names = target.type.keyParts.map(({ path }) => path[0]!);
  const missing = names
    .filter((name) => !properties.some(({ property }) => property.name === name))
    .map((name) => ({ property: target.type.properties.get(name)!, inside: undefined }));
  return { ...selection, properties: [...missing, ...properties] };
}
