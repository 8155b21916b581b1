import { listCombinations } from '#engine/list-combinations.ts';
import { Refusal } from '#errors.ts';
import { encodeCombinations } from '#odata/encode-combinations.ts';
import type { Asked } from '../requests/asked.ts';
import { parseOptions } from '../requests/bind-request.ts';
import { preferencesOf } from '../requests/format.ts';
import { openPage } from '../requests/open-page.ts';
import type { ServiceAnswer } from '../service-request.ts';

/** Options that say nothing of combinations (OData URL Conventions 4.01, section 4.15). */
const misplaced = ['$select', '$compute', '$search'] as const;

/** Answers a GET of the combinations of several sets (`$crossjoin`) with one page of them. */
export async function answerCombinations(asked: Asked): Promise<ServiceAnswer> {
  const { request, parts, caller } = asked;
  const options = parseOptions(request);
  const name = misplaced.find((each) => options?.[each] !== undefined);
  if (name !== undefined) {
    const message = `The query option '${name}' has no meaning for combinations of sets.`;
    throw new Refusal('malformedRequest', message, { target: name });
  }
  const { plan, notation } = openPage(asked, options, preferencesOf(request).maxPageSize);
  const answer = await listCombinations(plan, caller, parts);
  const { encoding, headers, linkTo, onPage } = notation(false);
  const body = encodeCombinations(onPage(answer), encoding, linkTo(answer.next));
  return { status: 200, headers, body };
}
