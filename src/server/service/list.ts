import { checkAccess } from '#engine/access/check-access.ts';
import { isInDialect, listingInDialects, namingInDialects } from '#engine/dialects/in-dialects.ts';
import { listEntities, listReferences } from '#engine/list.ts';
import { encodeCollection, encodeReferences } from '#odata/encode-entity.ts';
import { writePageToken } from '#odata/page-token.ts';
import type { ListAnswer } from '#plan/answer.ts';
import { type Caller, holderOf } from '#plan/caller.ts';
import { type MaybePromise, proceed } from '#plan/maybe-promise.ts';
import type { PageMark } from '#plan/query.ts';
import type { ListPlan } from '#plan/request.ts';
import { answerTracked, isTracked } from '../delta/track-changes.ts';
import { encodingOf, jsonHeaders, startOf } from '../requests/answer.ts';
import type { Asked } from '../requests/asked.ts';
import { parseOptions, refuseChoosing } from '../requests/bind-request.ts';
import { checkTextAccepted, preferencesOf } from '../requests/format.ts';
import { graphContext } from '../requests/graph-context.ts';
import { nextLink, pagedOf, pageScope } from '../requests/next-link.ts';
import { prepareList } from '../requests/prepare-list.ts';
import type { ServiceParts } from '../service-parts.ts';
import { headerOf, type ServiceAnswer } from '../service-request.ts';

const list = listingInDialects(listEntities);
const listNames = namingInDialects(listReferences);

/** Reads one page of what a collection holds. */
export type ReadList = (
  plan: ListPlan,
  caller: Caller,
  parts: ServiceParts,
) => MaybePromise<ListAnswer>;

/**
 * Answers a GET of a collection with one page, or with how many it has; `read` says what it holds
 * where that is not what the store has.
 */
export function answerList(asked: Asked, read: ReadList = list): MaybePromise<ServiceAnswer> {
  const { request, parts, caller, model, target } = asked;
  const { fidelity, sign } = parts;
  const options = parseOptions(request);
  const isCount = target.ending.kind === 'count';
  if (target.ending.kind === 'references') refuseChoosing(options);
  const paged = pagedOf(request);
  const scope = pageScope(holderOf(caller), paged);
  const preferences = preferencesOf(request);
  // Changes are told in Graph's dialect alone.
  const mayTrack = fidelity === 'odata' && !isInDialect(target);
  if (mayTrack && isTracked(target, options, preferences)) return answerTracked(asked);
  const { maxPageSize: pageSize } = preferences;
  // Who may not read learns nothing about what may be asked.
  checkAccess(caller, 'GET', target, model);
  const { selection, query } = prepareList(asked, options, { pageSize, scope });
  const languages = headerOf(request, 'accept-language');
  const plan: ListPlan = { model, target, selection, languages, query };
  if (isCount) {
    checkTextAccepted(request);
    return proceed(read(plan, caller, parts), ({ count }) => {
      const headers = { 'Content-Type': 'text/plain;charset=utf-8' };
      return { status: 200, headers, body: String(count) };
    });
  }
  const encoding = encodingOf(request, parts, request.root === 'localtest');
  const linkTo = (next: PageMark | undefined) =>
    next && nextLink(paged, writePageToken(next, scope, sign));
  const met = pageSize === undefined ? [] : [`odata.maxpagesize=${pageSize}`];
  const headers = jsonHeaders(encoding.format, ...met);
  // The count stands on the first page alone, as in Graph.
  const first = query.after === undefined ? {} : { count: undefined };
  if (target.ending.kind === 'references') {
    return proceed(listNames(plan, caller, parts), (answer) => {
      const page = { ...answer, ...first };
      return { status: 200, headers, body: encodeReferences(page, encoding, linkTo(page.next)) };
    });
  }
  const start = startOf(target.type, encoding, parts);
  return proceed(read({ ...plan, start }, caller, parts), (answer) => {
    const isGraphs = fidelity === 'graph';
    const written = answer.context;
    const context = isGraphs ? graphContext(target, written, options?.$select) : written;
    const page = { ...answer, ...first, context };
    return { status: 200, headers, body: encodeCollection(page, encoding, linkTo(page.next)) };
  });
}
