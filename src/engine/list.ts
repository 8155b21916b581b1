import type { ListAnswer, ReferencesAnswer } from '#plan/answer.ts';
import type { Caller } from '#plan/caller.ts';
import { formatContext } from '#plan/context-url.ts';
import type { Expression } from '#plan/expression.ts';
import { asksForFacets } from '#plan/facet-search.ts';
import { type MaybePromise, proceed } from '#plan/maybe-promise.ts';
import type { CollectionQuery, FoundPage } from '#plan/query.ts';
import type { ListPlan } from '#plan/request.ts';
import type { Reader, Wanted } from '#plan/store.ts';
import type { Target } from '#plan/target.ts';
import { checkAccess } from './access/check-access.ts';
import { checkVisible } from './access/check-visible.ts';
import { standAmong } from './access/standpoint.ts';
import { viewOf } from './access/view.ts';
import { isKept } from './deletion-time.ts';
import { isPhotoSizes, listPhotos } from './photos/list-photos.ts';
import { readerFor } from './profile/facet-reader.ts';
import { facetViewer } from './profile/facet-viewer.ts';
import { checkList } from './queries/check-read.ts';
import { memberPath, showMember, type Viewer } from './reading/expand.ts';
import { type FoundCollection, findCollection } from './reading/find-collection.ts';
import { isDerived, listDerived, referToDerived } from './reading/list-derived.ts';
import type { ReadParts } from './reading/read.ts';
import { wholeText } from './reading/show.ts';
import { WholeMember } from './reading/whole-entity.ts';

/**
 * Reads one page of a collection as the caller sees it. Refuses with 403 what the caller may not
 * read, with 404 where its owner is not there, and with 501 what has no behaviour.
 */
export function listEntities(
  plan: ListPlan,
  caller: Caller,
  parts: ReadParts,
): MaybePromise<ListAnswer> {
  const { model, target, selection, languages } = plan;
  if (isPhotoSizes(target)) return listPhotos(plan, caller, parts);
  const shape = { model, type: target.type, selection };
  if (isDerived(target)) return listDerived(plan, caller, parts);
  const whole = wholeText(shape, viewOf(model, caller, target.type, false));
  return proceed(findPage(plan, caller, parts, whole), (listed) => {
    const { page, found, reader, isWhole } = listed;
    const { source, shown: within } = found;
    const { count, next, text } = page;
    const context = formatContext({ kind: 'collection', path: within, selection });
    if (text) return { context, members: [], text, count, next };
    const finds = page.members.map((member) => ({ member, source, within }));
    if (isWhole) {
      const members = finds.map((each) => new WholeMember(target.type, each));
      return { context, members, count, next };
    }
    const viewer: Viewer = { model, caller, reader, languages, now: parts.clock.now() };
    const showing = Promise.all(finds.map((each) => showMember(shape, each, viewer)));
    return showing.then((members) => ({ context, members, count, next }));
  });
}

/** One page of the references to a collection's members; refused as the collection itself is. */
export async function listReferences(
  plan: ListPlan,
  caller: Caller,
  parts: ReadParts,
): Promise<ReferencesAnswer> {
  if (isDerived(plan.target)) return referToDerived(plan, caller, parts);
  const { page, found } = await findPage(plan, caller, parts, 'nothing');
  const { source, shown: within } = found;
  const members = page.members.map((member) => ({
    path: memberPath(plan.target.type, { member, source, within }),
  }));
  const context = formatContext({ kind: 'references' });
  return { context, members, count: page.count, next: page.next };
}

/** A page, where it was found, and whether its members are shown as they are stored. */
interface Listed {
  readonly page: FoundPage;
  readonly found: FoundCollection;
  readonly reader: Reader;
  readonly isWhole: boolean;
}

function findPage(
  plan: ListPlan,
  caller: Caller,
  parts: ReadParts,
  wanted: Wanted | undefined,
): MaybePromise<Listed> {
  const { model, target } = plan;
  const query = target.resource.isApart ? keptAlone(plan, parts.clock.now()) : plan.query;
  const access = checkAccess(caller, 'GET', target, model);
  checkList(plan);
  const reader = readerFor(parts.store, model, caller);
  return proceed(findCollection(target, { model, caller, access, reader }), (found) => {
    const { source, ownerId, filters } = found;
    const asked = { query, selection: plan.selection, conditions: filters };
    checkVisible({ model, caller }, asked, standAmong(model, caller, source, ownerId));
    const isWhole = wanted !== undefined && source.kind === 'set';
    const text = isWhole || wanted === 'nothing' ? wanted : 'doc';
    const start = isWhole ? plan.start : undefined;
    const narrowed = narrow(target, query, filters);
    const reading = asksForFacets(query.search)
      ? facetViewer(model, caller, reader).then((viewer) =>
          reader.query(source, { ...narrowed, viewer }, text),
        )
      : reader.query(source, narrowed, text, start);
    return proceed(reading, (page) => ({ page, found, reader, isWhole }));
  });
}

/** The query with what the path itself asks of members. */
function narrow(
  target: Target,
  query: CollectionQuery,
  filters: readonly Expression[],
): CollectionQuery {
  const own = query.filter ? [query.filter] : [];
  const operands = [...joinedGroupsFilter(target), ...filters, ...own];
  if (operands.length === own.length) return query;
  return { ...query, filter: operands.length === 1 ? operands[0] : { kind: 'and', operands } };
}

/** What was deleted too long before is not shown. */
function keptAlone({ target, query }: ListPlan, now: number): CollectionQuery {
  const kept = isKept(target.type, now);
  const filter: Expression = query.filter ? { kind: 'and', operands: [kept, query.filter] } : kept;
  return { ...query, filter };
}

/** Joined groups are Microsoft 365 groups: those whose types hold `Unified`. */
function joinedGroupsFilter({ resource, steps, type }: Target): Expression[] {
  if (resource.isForeign) return [];
  const last = steps.at(-1);
  const groupTypes = type.properties.get('groupTypes');
  const isJoined = last?.kind === 'navigation' && last.navigation.name === 'joinedGroups';
  if (!isJoined || !groupTypes) return [];
  const text = { type: groupTypes.type, collection: false };
  const isUnified: Expression = {
    kind: 'any',
    collection: {
      kind: 'path',
      result: { type: groupTypes.type, collection: true },
      variable: '$it',
      steps: [{ kind: 'property', property: groupTypes }],
    },
    variable: 'unified',
    predicate: {
      kind: 'comparison',
      operator: 'eq',
      left: { kind: 'path', result: text, variable: 'unified', steps: [] },
      right: { kind: 'literal', result: text, value: 'Unified' },
    },
  };
  return [isUnified];
}
