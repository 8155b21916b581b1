import type { ListAnswer, ReferencesAnswer } from '#plan/answer.ts';
import type { Caller } from '#plan/caller.ts';
import { formatContext } from '#plan/context-url.ts';
import type { CollectionQuery } from '#plan/query.ts';
import type { ListPlan } from '#plan/request.ts';
import type { Reader } from '#plan/store.ts';
import type { NavigationStep, Target } from '#plan/target.ts';
import { type Access, checkAccess } from '../access/check-access.ts';
import { checkVisible } from '../access/check-visible.ts';
import { type Derived, derive, isDerivedSet, wayBehind } from '../derived/derive.ts';
import type { Entries } from '../derived/entries.ts';
import { notServed, showKey, wayTo } from '../place.ts';
import { readerFor } from '../profile/facet-reader.ts';
import { entriesQuery } from './entries-query.ts';
import { showEntry } from './expand.ts';
import { locate } from './locate.ts';
import { pageEntries } from './page-entries.ts';
import type { ReadParts } from './read.ts';
import { pathOf } from './show.ts';

/** Members on a page where nothing else is asked: of people as in Graph, of profiles what is soon. */
const pages: Readonly<Record<string, number>> = {
  'microsoft.graph.person': 10,
  'microsoft.graph.DecoratedProfile': 25,
};
/** The size of a page of anything else. */
const PAGE = 100;

/** Whether a target ends at a collection whose entities the server works out. */
export function isDerived({ resource, steps }: Target): boolean {
  const last = lastNavigation(steps);
  return last ? last.navigation.derived : isDerivedSet(resource);
}

function lastNavigation(steps: Target['steps']): NavigationStep | undefined {
  return steps.findLast((each): each is NavigationStep => each.kind === 'navigation');
}

/** Which collection is asked for, and what of it. */
type ListAsked = Pick<ListPlan, 'model' | 'target' | 'query' | 'selection'>;

/** One page of a collection that the server works out, filtered and ordered as any other. */
export async function listDerived(
  plan: ListPlan,
  caller: Caller,
  parts: ReadParts,
): Promise<ListAnswer> {
  const { found, by } = await findDerived(plan, caller, parts);
  return listEntries(plan, found, by);
}

/** The references to the members of such a page; refused as the collection itself is. */
export async function referToDerived(
  plan: ListPlan,
  caller: Caller,
  parts: ReadParts,
): Promise<ReferencesAnswer> {
  const { found, by } = await findDerived(plan, caller, parts);
  return referToEntries(plan, found, by);
}

/** The references to one page of entries. */
export async function referToEntries(
  plan: ListPlan,
  found: FoundEntries,
  by: ListedFor,
): Promise<ReferencesAnswer> {
  const { page } = await pageOf(plan, found, by);
  const members = page.entries.map(({ id }) => ({
    path: `${found.shown}${showKey(plan.target.type, id)}`,
  }));
  const context = formatContext({ kind: 'references' });
  return { context, members, count: page.count, next: page.next };
}

async function findDerived(plan: ListPlan, caller: Caller, parts: ReadParts) {
  const { model, query } = plan;
  const { of, shown, by } = await findStanding(plan, caller, parts);
  const entries = await derive({ model, ...by, of, search: query.search });
  return { found: { entries, of, shown }, by };
}

/**
 * Where a collection stands that the server works out, and for whom it is read; refuses as reading
 * it is refused.
 */
export async function findStanding(
  plan: ListAsked,
  caller: Caller,
  parts: ReadParts,
): Promise<Omit<FoundEntries, 'entries'> & { readonly by: ListedFor }> {
  const { model, target } = plan;
  const access = checkAccess(caller, 'GET', target, model);
  checkAsked(plan, caller);
  const reader = readerFor(parts.store, model, caller);
  const by = { caller, reader, now: parts.clock.now() };
  return { ...(await findOwner(plan, { ...by, access })), by };
}

/** Refuses with 403 to ask by what the caller does not see of the entities of a list. */
function checkAsked({ model, target, query, selection }: ListAsked, caller: Caller): void {
  const { type } = target;
  const at = { type, entity: type, sets: [], way: '', isOwn: false };
  checkVisible({ model, caller }, { query, selection }, at);
}

/** Entries, what works them out, and where their collection stands. */
export interface FoundEntries {
  readonly entries: Entries;
  readonly of: Derived['of'];
  readonly shown: string;
}

/** For whom entries are shown, and when. */
interface ListedFor {
  readonly caller: Caller;
  readonly reader: Reader;
  readonly now: number;
}

async function pageOf(plan: ListPlan, { entries, of }: FoundEntries, by: ListedFor) {
  const { model, target, languages } = plan;
  const { type } = target;
  const viewer = { ...by, model, languages, once: new Map() };
  const query = { ...plan.query, pageSize: sizeOf(plan.query, type.name) };
  const page = await pageEntries(entries, entriesQuery({ type, query, of }, viewer));
  return { page, viewer };
}

/** One page of entries as the caller sees them. */
export async function listEntries(
  plan: ListPlan,
  found: FoundEntries,
  by: ListedFor,
): Promise<ListAnswer> {
  const { model, target, selection } = plan;
  const { type } = target;
  const { of, shown } = found;
  const { page, viewer } = await pageOf(plan, found, by);
  const shape = { model, type, selection };
  const way = wayBehind(of);
  const members = await Promise.all(
    page.entries.map((entry) => {
      const path = `${shown}${showKey(type, entry.id)}`;
      return showEntry(shape, { entry, way, path }, viewer);
    }),
  );
  const context = formatContext({ kind: 'collection', path: shown, selection });
  return { context, members, count: page.count, next: page.next };
}

function sizeOf({ pageSize, top }: CollectionQuery, type: string): number {
  const isAsked = pageSize !== PAGE || top !== undefined;
  return isAsked ? pageSize : (pages[type] ?? pageSize);
}

async function findOwner(
  { model, target }: Pick<ListPlan, 'model' | 'target'>,
  by: {
    readonly caller: Caller;
    readonly access: Access;
    readonly reader: Reader;
    readonly now: number;
  },
): Promise<Pick<FoundEntries, 'of' | 'shown'>> {
  const { resource, steps } = target;
  if (steps.some(({ kind }) => kind === 'filter')) throw notServed();
  const step = lastNavigation(steps);
  if (!step) return { of: { resource }, shown: resource.shown };
  const before = steps.slice(0, steps.indexOf(step));
  const place = await locate({
    ...by,
    target: { ...target, steps: before, collection: false },
    wanted: 'doc',
    model,
  });
  const { navigation } = step;
  const { address, ownerId, found } = place;
  const members = place.way === undefined ? {} : { members: JSON.parse(found!.text) };
  const owner = { owner: address.owner, id: ownerId, ...members };
  return {
    of: { navigation, way: wayTo(place), owner },
    shown: `${pathOf(place, lastNavigation(before)?.navigation.target ?? resource.type)}/${navigation.name}`,
  };
}
