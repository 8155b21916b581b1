import type { ListAnswer } from '#plan/answer.ts';
import type { Caller } from '#plan/caller.ts';
import { formatContext } from '#plan/context-url.ts';
import type { CollectionQuery, Evaluation } from '#plan/query.ts';
import type { ListPlan } from '#plan/request.ts';
import type { Reader } from '#plan/store.ts';
import type { NavigationStep, Target } from '#plan/target.ts';
import { type Access, checkAccess } from '../access/check-access.ts';
import { checkVisible } from '../access/check-visible.ts';
import { derive } from '../derived/derive.ts';
import { notServed } from '../place.ts';
import { showMember } from './expand.ts';
import { locate } from './locate.ts';
import type { ReadParts } from './read.ts';

/** Members on a page of people where nothing else is asked, as in Graph. */
const PEOPLE_PAGE = 10;
/** The size of a page of anything else. */
const PAGE = 100;
const ALL = Number.MAX_SAFE_INTEGER;

/** Whether a target ends at a collection whose entities the server works out. */
export function isDerived({ resource, steps }: Target): boolean {
  const last = lastNavigation(steps);
  return last ? last.navigation.derived : resource.isDerived;
}

function lastNavigation(steps: Target['steps']): NavigationStep | undefined {
  return steps.findLast((each): each is NavigationStep => each.kind === 'navigation');
}

/** One page of a collection that the server works out, filtered and ordered as any other. */
export async function listDerived(
  plan: ListPlan,
  caller: Caller,
  parts: ReadParts,
): Promise<ListAnswer> {
  const { model, target, selection, languages, query } = plan;
  const { type } = target;
  const access = checkAccess(caller, 'GET', target, model);
  const at = { type, entity: type, sets: [], way: '', isOwn: false };
  checkVisible({ model, caller }, { query, selection }, at);
  const reader = parts.store.reader(caller.tenant);
  const { of, shown } = await findOwner(target, { caller, access, reader });
  const values = await derive({ model, caller, reader, of, search: query.search });
  const page = paging(query, type.name);
  const { members: found, count } = await reader.evaluate(evaluation(plan, values, page.skip));
  const places = found.slice(0, page.size).map(({ place }) => values[place]!);
  const shape = { model, type, selection };
  const viewer = { caller, reader, languages, now: parts.clock.now() };
  const source = { kind: 'contained', set: '', owner: 0, path: '', keys: [], type } as const;
  const members = await Promise.all(
    places.map((each) => {
      const member = { set: '', owner: 0, key: String(each.id), version: 1 };
      const text = JSON.stringify(each);
      return showMember(shape, { member: { ...member, text }, source, within: shown }, viewer);
    }),
  );
  const isMore = found.length > page.size && page.size > 0;
  const next = isMore ? { keys: [], last: '', shown: page.shown + page.size } : undefined;
  return {
    context: formatContext({ kind: 'collection', path: shown, selection }),
    members,
    count,
    next,
  };
}

function evaluation({ target, query }: ListPlan, values: Evaluation['values'], skip: number) {
  const whole: CollectionQuery = {
    ...query,
    search: undefined,
    top: undefined,
    pageSize: ALL,
    after: undefined,
    skip,
  };
  return { type: target.type, values, query: whole, compute: [] };
}

/** Which of the members are on the page: how many come before it, and how many it has. */
function paging({ skip, after, top, pageSize }: CollectionQuery, type: string) {
  const shown = after?.shown ?? 0;
  const isPeople = type === 'microsoft.graph.person' && pageSize === PAGE && top === undefined;
  const size = Math.min(isPeople ? PEOPLE_PAGE : pageSize, (top ?? ALL) - shown);
  return { skip: skip + shown, shown, size: Math.max(size, 0) };
}

async function findOwner(
  target: Target,
  by: { readonly caller: Caller; readonly access: Access; readonly reader: Reader },
) {
  const { resource, steps } = target;
  if (steps.some(({ kind }) => kind === 'filter')) throw notServed();
  const step = lastNavigation(steps);
  if (!step) return { of: { resource }, shown: resource.shown };
  const before = steps.slice(0, steps.indexOf(step));
  const owner = await locate({
    ...by,
    target: { ...target, steps: before, collection: false },
    wanted: 'nothing',
  });
  const { navigation } = step;
  const { set, owner: number } = owner.address;
  return {
    of: { navigation, set, owner: { owner: number, id: owner.ownerId } },
    shown: `${owner.shown}/${navigation.name}`,
  };
}
