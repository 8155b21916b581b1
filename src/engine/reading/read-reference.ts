import type { ShownReference } from '#plan/answer.ts';
import type { Caller } from '#plan/caller.ts';
import { formatContext } from '#plan/context-url.ts';
import type { ReadPlan } from '#plan/request.ts';
import { checkAccess } from '../access/check-access.ts';
import { notFound } from '../place.ts';
import { readerFor } from '../profile/facet-reader.ts';
import { rulesOf } from '../rules.ts';
import { locate } from './locate.ts';
import type { ReadParts } from './read.ts';
import { pathOf } from './show.ts';

/** The reference to one entity; refused as the reading of the entity itself is. */
export async function readReference(
  { model, target }: Pick<ReadPlan, 'model' | 'target'>,
  caller: Caller,
  { store, clock }: ReadParts,
): Promise<ShownReference & { readonly context: string }> {
  const { type } = target;
  const access = checkAccess(caller, 'GET', target, model);
  const reader = readerFor(store, model, caller);
  const now = clock.now();
  const place = await locate({ target, caller, access, reader, wanted: 'nothing', model, now });
  const rules = rulesOf(type.name);
  const isThere = place.found ?? (await reader.read(place.address));
  if (!isThere && (rules.missing || !rules.initial)) throw notFound(place.key ?? place.ownerId);
  return { context: formatContext({ kind: 'reference' }), path: pathOf(place, type) };
}
