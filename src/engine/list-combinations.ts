import type { Combination, CombinationsAnswer } from '#plan/answer.ts';
import type { Caller } from '#plan/caller.ts';
import type { FoundMember, Source } from '#plan/query.ts';
import type { ListPlan } from '#plan/request.ts';
import { checkAccess } from './access/check-access.ts';
import { checkList } from './queries/check-read.ts';
import { memberPath, showMember, type Viewer } from './reading/expand.ts';
import { findCollection } from './reading/find-collection.ts';
import type { ReadParts } from './reading/read.ts';

/**
 * Reads one page of the combinations of several sets, each entity shown where it is expanded and
 * else by its address alone. Refuses as `listEntities` does.
 */
export async function listCombinations(
  plan: ListPlan,
  caller: Caller,
  parts: ReadParts,
): Promise<CombinationsAnswer> {
  const { model, target, selection, query, languages } = plan;
  const access = checkAccess(caller, 'GET', target, model);
  checkList(plan);
  const reader = parts.store.reader(caller.tenant);
  const { source } = await findCollection(target, { model, caller, access, reader });
  if (source.kind !== 'product') throw new Error('Combinations are of several sets.');
  const wanted = selection.expand.length > 0 ? 'doc' : 'nothing';
  const { members, count, next } = await reader.query(source, query, wanted);
  const viewer: Viewer = { model, caller, reader, languages, now: parts.clock.now() };
  const shown = members.map((member) => showCombination(plan, { source, member }, viewer));
  return { members: await Promise.all(shown), count, next };
}

/** One combination as the store has found it. */
interface FoundCombination {
  readonly source: Extract<Source, { kind: 'product' }>;
  readonly member: FoundMember;
}

function showCombination(
  { model, selection }: ListPlan,
  { source, member: first }: FoundCombination,
  viewer: Viewer,
): Promise<Combination> {
  const members = [first, ...(first.beside ?? [])];
  const shown = source.factors.map(async ({ navigation, set }, index) => {
    const { target: declared, name } = navigation;
    const member = members[index]!;
    const found = { member, source: { kind: 'set', set, type: declared } as const, within: '' };
    const path = memberPath(declared, found);
    const expansion = selection.expand.find((each) => each.navigation === navigation);
    if (!expansion || expansion.kind === 'references') {
      return { name, path, isReference: expansion !== undefined };
    }
    const shape = { model, type: declared, selection: expansion.selection };
    return { name, path, entity: await showMember(shape, found, viewer) };
  });
  return Promise.all(shown);
}
