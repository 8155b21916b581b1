import { checkDirectoryQuery } from '#engine/directory-queries.ts';
import { listEntities, listReferences } from '#engine/list.ts';
import { encodeCollection, encodeReferences } from '#odata/encode-entity.ts';
import { writePageToken } from '#odata/page-token.ts';
import { holderOf } from '#plan/caller.ts';
import type { PageMark } from '#plan/query.ts';
import type { ListPlan } from '#plan/request.ts';
import { answerTracked, isTracked } from '../delta/track-changes.ts';
import { headerOf, type ServiceAnswer } from '../service-request.ts';
import { encodingOf, jsonHeaders } from './answer.ts';
import type { Asked } from './asked.ts';
import { bindQuery, bindShown, pageOf, parseOptions, refuseChoosing } from './bind-request.ts';
import { checkTextAccepted, preferencesOf } from './format.ts';
import { nextLink, pageScope } from './next-link.ts';

/** Answers a GET of a collection with one page, or with how many it has. */
export async function answerList(asked: Asked): Promise<ServiceAnswer> {
  const { request, parts, caller, model, target } = asked;
  const { fidelity, sign } = parts;
  const options = parseOptions(request);
  const isCount = target.ending.kind === 'count';
  if (target.ending.kind === 'references') refuseChoosing(options);
  const scope = pageScope(holderOf(caller), request);
  const preferences = preferencesOf(request);
  if (fidelity === 'odata' && isTracked(target, options, preferences)) return answerTracked(asked);
  const { maxPageSize: pageSize } = preferences;
  const query = bindQuery({ model, target, options, pageSize, scope, sign });
  const plan: ListPlan = {
    model,
    target,
    selection: bindShown(model, target, options, pageSize),
    languages: headerOf(request, 'accept-language'),
    query: isCount ? { ...query, count: true, pageSize: 0 } : query,
  };
  const checked = checkDirectoryQuery(plan, {
    fidelity,
    consistencyLevel: headerOf(request, 'consistencylevel'),
    hasCount: options?.$count ?? false,
  });
  const paged = { ...plan, query: pageOf(checked, fidelity) };
  if (isCount) {
    checkTextAccepted(request);
    const { count } = await listEntities(paged, caller, parts);
    const headers = { 'Content-Type': 'text/plain;charset=utf-8' };
    return { status: 200, headers, body: String(count) };
  }
  const encoding = encodingOf(request, parts, request.root === 'localtest');
  const linkTo = (next: PageMark | undefined) =>
    next && nextLink(request, writePageToken(next, scope, sign));
  const met = pageSize === undefined ? [] : [`odata.maxpagesize=${pageSize}`];
  const headers = jsonHeaders(encoding.format, ...met);
  // The count stands on the first page alone, as in Graph.
  const first = query.after === undefined ? {} : { count: undefined };
  if (target.ending.kind === 'references') {
    const page = { ...(await listReferences(paged, caller, parts)), ...first };
    return { status: 200, headers, body: encodeReferences(page, encoding, linkTo(page.next)) };
  }
  const answer = await listEntities(paged, caller, parts);
  const page = { ...answer, ...first };
  return { status: 200, headers, body: encodeCollection(page, encoding, linkTo(page.next)) };
}
