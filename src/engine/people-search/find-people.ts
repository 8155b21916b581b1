import type { Model } from '#model/model.ts';
import type { Caller } from '#plan/caller.ts';
import type { Document } from '#plan/document.ts';
import type { SearchExpression } from '#plan/expression.ts';
import { nothingAsked } from '#plan/query.ts';
import type { Store } from '#plan/store.ts';
import { personOf } from '../derived/people.ts';
import { facetViewer } from '../profile/facet-viewer.ts';

/** People who are found, and how many there are in all. */
export interface FoundPeople {
  readonly people: readonly Document[];
  readonly total: number;
}

/** What of a user stands in a person: whoever may ask for people sees it. */
const shown: ReadonlySet<string> = new Set([
  'displayName',
  'givenName',
  'surname',
  'jobTitle',
  'department',
  'companyName',
  'officeLocation',
  'userPrincipalName',
  'mail',
  'businessPhones',
]);

/** People by what is in their facets, as far as the caller sees it, the best first. */
export async function findPeople(
  search: SearchExpression,
  { from, size }: { readonly from: number; readonly size: number },
  asking: { readonly model: Model; readonly caller: Caller; readonly store: Store },
): Promise<FoundPeople> {
  const { model, caller, store } = asking;
  const reader = store.reader(caller.tenant);
  const seen = await facetViewer(model, caller, reader);
  const viewer = {
    ...seen,
    hidden: seen.hidden.filter((name) => !shown.has(name)),
    hiddenOwn: seen.hiddenOwn.filter((name) => !shown.has(name)),
  };
  const { type } = model.resources.get('users')!;
  const query = { ...nothingAsked, search, viewer, skip: from, pageSize: size, count: true };
  const page = await reader.query({ kind: 'set', set: 'users', type }, query, 'doc');
  const people = page.members.map(({ text }) => personOf(JSON.parse(text) as Document));
  return { people, total: page.count ?? 0 };
}
