import type { EntityType, Model } from '#model/model.ts';
import type { Change } from '#plan/change.ts';
import type { Document } from '#plan/document.ts';
import type { Fidelity } from '#plan/request.ts';
import { rulesOf } from '../rules.ts';
import type { WriteContext } from '../type-rules.ts';
import type { Applied } from './apply-change.ts';
import type { Draft, Held } from './draft.ts';

/** By whose rules something is written: Graph's are lifted at the contract's own root. */
export function writeFidelity(
  { isForeign, scope }: Pick<Model, 'isForeign' | 'scope'>,
  { fidelity }: { readonly fidelity: Fidelity },
): Fidelity {
  return isForeign || scope === 'localtest' ? 'odata' : fidelity;
}

/** The members of a new entity as its type's rules have them; refuses what they do not allow. */
export async function beginMembers(
  draft: Draft,
  made: { readonly change: Change; readonly owner: Held | undefined },
  completed: Document,
): Promise<Document> {
  const type = made.change.type as EntityType;
  const rules = rulesOf(type.name);
  const context = contextOf(draft);
  rules.admit?.(made.change, context);
  const members = rules.begin?.(completed, { ...context, owner: made.owner }) ?? completed;
  const nothing = () => undefined;
  const settled = rules.settle?.(members, {
    ...context,
    isNew: true,
    owner: undefined,
    before: nothing,
  });
  return settled ? { ...members, ...(await settled) } : members;
}

/** What a change makes of an entity, with what else changes by its type's rules. */
export async function settleHeld(
  draft: Draft,
  held: Held,
  change: Change,
  applied: Applied,
): Promise<Applied> {
  const rules = rulesOf(held.type.name);
  if (!rules.admit && !rules.settle) return applied;
  const { members, changed } = applied;
  if (changed.length === 0) return applied;
  const context = contextOf(draft);
  rules.admit?.(change, context);
  const written: Document = {};
  for (const name of changed) if (name in members) written[name] = members[name];
  const { owner } = held.address;
  const before = (name: string) => held.members[name];
  const more = await rules.settle?.(written, { ...context, isNew: false, owner, before });
  if (!more) return applied;
  return { members: { ...members, ...more }, changed: [...changed, ...Object.keys(more)] };
}

function contextOf(draft: Draft): WriteContext {
  const { model, caller, tx, now, fidelity = 'odata' } = draft.options;
  return { model, caller, reader: tx, now, fidelity };
}
