import type { Caller } from '#plan/caller.ts';
import type { RemovePlan } from '#plan/request.ts';
import { checkAccess } from '../access/check-access.ts';
import { isRestorable, keepDeleted, removeForGood } from '../deleted-items.ts';
import { checkConditions } from './check-conditions.ts';
import type { WriteParts } from './create.ts';
import { Draft } from './draft.ts';
import { holdTarget, notHeld } from './hold-target.ts';

/**
 * Deletes one entity with what it contains; done once that is durable. Refuses with 404 what is not
 * there, 412 a version that is not the stored one, and 409 what others may not do without.
 */
export async function removeEntity(
  plan: RemovePlan,
  caller: Caller,
  parts: Pick<WriteParts, 'store' | 'clock'>,
): Promise<void> {
  const { model, target } = plan;
  const access = checkAccess(caller, 'DELETE', target, model);
  const now = parts.clock.now();
  await parts.store.transact(caller.tenant, async (tx) => {
    const draft = new Draft({ tx, model, caller, access, now, hashes: new Map() });
    const held = await holdTarget(draft, target);
    if (!held) throw notHeld(target);
    checkConditions(plan, held.version, false);
    if (!model.isForeign && isRestorable(held)) await keepDeleted(draft, held);
    else await removeForGood(draft, held);
    draft.write();
  });
}
