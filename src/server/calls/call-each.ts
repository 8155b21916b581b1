import { findCollection } from '#engine/reading/find-collection.ts';
import { Refusal } from '#errors.ts';
import type { Value } from '#plan/document.ts';
import { splitKeys } from '#plan/key-text.ts';
import { nothingAsked } from '#plan/query.ts';
import type { Store } from '#plan/store.ts';
import type { CallTarget, KeyStep, Target } from '#plan/target.ts';
import { type CallContext, callOperation } from '../behaviour/call-operation.ts';

/** Members for which one request calls an action: each is a call of its own. */
const MEMBERS_MAX = 1000;

/** Whether an action is called for every member of a collection. */
export function isForEach({ binding }: CallTarget): boolean {
  return binding !== undefined && 'ending' in binding && binding.ending.kind === 'each';
}

/**
 * Calls an action for every member of a collection, one after another, all or none, and gives what
 * it gives for each (OData URL Conventions 4.01, section 4.12). Refuses with 400 a collection of
 * more members than one request takes.
 */
export async function callEach(
  call: CallTarget,
  given: unknown,
  context: CallContext,
): Promise<Value[]> {
  const { parts } = context;
  return parts.store.join(async (store) => {
    const inside = { ...context, parts: { ...parts, store } };
    const results: Value[] = [];
    for (const binding of await findMembers(call.binding as Target, context, store)) {
      results.push((await callOperation({ ...call, binding }, given, inside)) ?? null);
    }
    return results;
  });
}

/** The same call as one that gives a collection, where it gives anything. */
export function ofEach(call: CallTarget): CallTarget {
  const { operation } = call;
  const { returns } = operation;
  if (!returns) return call;
  return { ...call, operation: { ...operation, returns: { ...returns, collection: true } } };
}

/** Every member as a target of its own. */
async function findMembers(
  target: Target,
  { caller, model }: CallContext,
  store: Store,
): Promise<readonly Target[]> {
  const reader = store.reader(caller.tenant);
  const access = { reach: 'everybody', row: { delegated: [], self: [], application: [] } } as const;
  const all: Target = { ...target, collection: true };
  const { source, filters } = await findCollection(all, { model, caller, access, reader });
  const filter = filters.length > 1 ? { kind: 'and' as const, operands: filters } : filters[0];
  const query = { ...nothingAsked, pageSize: MEMBERS_MAX, filter };
  const { members, next } = await reader.query(source, query, 'nothing');
  if (next) {
    const message = `An action is called for at most ${MEMBERS_MAX} members; choose by $filter.`;
    throw new Refusal('operationRefused', message, { target: '$each' });
  }
  const before = target.steps.filter(({ kind }) => kind !== 'filter');
  return members.map(({ key }) => {
    const value = source.kind === 'contained' ? (splitKeys(key).at(-1) ?? '') : key;
    const step: KeyStep = { kind: 'key', property: undefined, value };
    const ending = { kind: 'entities' } as const;
    return { ...target, steps: [...before, step], collection: false, ending };
  });
}
