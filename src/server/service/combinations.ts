import { listCombinations } from '#engine/list-combinations.ts';
import { Refusal } from '#errors.ts';
import { encodeCombinations } from '#odata/encode-combinations.ts';
import { writePageToken } from '#odata/page-token.ts';
import { holderOf } from '#plan/caller.ts';
import { encodingOf, jsonHeaders } from '../requests/answer.ts';
import type { Asked } from '../requests/asked.ts';
import { parseOptions } from '../requests/bind-request.ts';
import { preferencesOf } from '../requests/format.ts';
import { nextLink, pagedOf, pageScope } from '../requests/next-link.ts';
import { prepareList } from '../requests/prepare-list.ts';
import { headerOf, type ServiceAnswer } from '../service-request.ts';

/** Options that say nothing of combinations (OData URL Conventions 4.01, section 4.15). */
const misplaced = ['$select', '$compute', '$search'] as const;

/** Answers a GET of the combinations of several sets (`$crossjoin`) with one page of them. */
export async function answerCombinations(asked: Asked): Promise<ServiceAnswer> {
  const { request, parts, caller, model, target } = asked;
  const options = parseOptions(request);
  const name = misplaced.find((each) => options?.[each] !== undefined);
  if (name !== undefined) {
    const message = `The query option '${name}' has no meaning for combinations of sets.`;
    throw new Refusal('malformedRequest', message, { target: name });
  }
  const paged = pagedOf(request);
  const scope = pageScope(holderOf(caller), paged);
  const { maxPageSize: pageSize } = preferencesOf(request);
  const { selection, query } = prepareList(asked, options, { pageSize, scope });
  const languages = headerOf(request, 'accept-language');
  const plan = { model, target, selection, languages, query };
  const answer = await listCombinations(plan, caller, parts);
  const next = answer.next && nextLink(paged, writePageToken(answer.next, scope, parts.sign));
  const encoding = encodingOf(request, parts, false);
  const met = pageSize === undefined ? [] : [`odata.maxpagesize=${pageSize}`];
  // The count stands on the first page alone, as of every collection.
  const page = query.after === undefined ? answer : { ...answer, count: undefined };
  const headers = jsonHeaders(encoding.format, ...met);
  return { status: 200, headers, body: encodeCombinations(page, encoding, next) };
}
