import { checkAccess } from '#engine/access/check-access.ts';
import { isInDialect, listingInDialects, namingInDialects } from '#engine/dialects/in-dialects.ts';
import { listEntities, listReferences } from '#engine/list.ts';
import { encodeCollection, encodeReferences } from '#odata/encode-entity.ts';
import type { ListAnswer, ReferencesAnswer } from '#plan/answer.ts';
import type { Caller } from '#plan/caller.ts';
import { type MaybePromise, proceed } from '#plan/maybe-promise.ts';
import type { ListPlan } from '#plan/request.ts';
import { answerTracked, isTracked } from '../delta/track-changes.ts';
import { startOf } from '../requests/answer.ts';
import type { Asked } from '../requests/asked.ts';
import { parseOptions, refuseChoosing } from '../requests/bind-request.ts';
import { checkTextAccepted, preferencesOf } from '../requests/format.ts';
import { graphContext } from '../requests/graph-context.ts';
import { openPage } from '../requests/open-page.ts';
import type { ServiceParts } from '../service-parts.ts';
import type { ServiceAnswer } from '../service-request.ts';

const list = listingInDialects(listEntities);
const listNames = namingInDialects(listReferences);

/** Reads one page of what a collection holds, or of the references to it. */
type Read<Page> = (plan: ListPlan, caller: Caller, parts: ServiceParts) => MaybePromise<Page>;

/**
 * Answers a GET of a collection with one page, or with how many it has; `read` and
 * `readNames` say what it holds where that is not what the store has.
 */
export function answerList(
  asked: Asked,
  read: Read<ListAnswer> = list,
  readNames: Read<ReferencesAnswer> = listNames,
): MaybePromise<ServiceAnswer> {
  const { request, parts, caller, model, target } = asked;
  const { fidelity } = parts;
  const options = parseOptions(request);
  const isCount = target.ending.kind === 'count';
  if (target.ending.kind === 'references') refuseChoosing(options);
  const preferences = preferencesOf(request);
  // Changes are told in Graph's dialect alone.
  const mayTrack = fidelity === 'odata' && !isInDialect(target);
  if (mayTrack && isTracked(target, options, preferences)) return answerTracked(asked);
  // Who may not read learns nothing about what may be asked.
  checkAccess(caller, 'GET', target, model);
  const { plan, notation } = openPage(asked, options, preferences.maxPageSize);
  if (isCount) {
    checkTextAccepted(request);
    return proceed(read(plan, caller, parts), ({ count }) => {
      const headers = { 'Content-Type': 'text/plain;charset=utf-8' };
      return { status: 200, headers, body: String(count) };
    });
  }
  const { encoding, headers, linkTo, onPage } = notation(request.root === 'localtest');
  if (target.ending.kind === 'references') {
    return proceed(readNames(plan, caller, parts), (answer) => {
      const body = encodeReferences(onPage(answer), encoding, linkTo(answer.next));
      return { status: 200, headers, body };
    });
  }
  const start = startOf(target.type, encoding, parts);
  return proceed(read({ ...plan, start }, caller, parts), (answer) => {
    const isGraphs = fidelity === 'graph';
    const written = answer.context;
    const context = isGraphs ? graphContext(target, written, options?.$select) : written;
    const page = { ...onPage(answer), context };
    return { status: 200, headers, body: encodeCollection(page, encoding, linkTo(page.next)) };
  });
}
