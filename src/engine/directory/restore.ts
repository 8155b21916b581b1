import { Refusal } from '#errors.ts';
import type { Caller } from '#plan/caller.ts';
import type { UpdatePlan } from '#plan/request.ts';
import type { Access } from '../access/check-access.ts';
import { notServed, showKey } from '../place.ts';
import { readerFor } from '../profile/facet-reader.ts';
import { applyChange } from '../writing/apply-change.ts';
import type { WriteParts, Written } from '../writing/create.ts';
import { Draft, type Held } from '../writing/draft.ts';
import { holdTarget, notHeld } from '../writing/hold-target.ts';
import { showWritten } from '../writing/show-written.ts';
import { checkAddressesFree, newAddresses } from './addresses.ts';

/**
 * Brings back what has been deleted, changed as the plan says, and gives it. Only a change that
 * says that it is not deleted does. Refuses with 400 what has got a name meanwhile that the other
 * one had.
 */
export async function restoreEntity(
  plan: UpdatePlan,
  caller: Caller,
  parts: WriteParts,
  access: Access,
): Promise<Written> {
  const { model, target, change, languages, selection } = plan;
  const wanted = change.members.get('deletedDateTime');
  if (wanted?.kind !== 'value' || wanted.value !== null) throw notServed();
  const now = parts.clock.now();
  const held = await parts.store.transact(caller.tenant, async (tx) => {
    const draft = new Draft({ tx, model, caller, access, now, hashes: new Map() });
    const deleted = await holdTarget(draft, target);
    if (!deleted) throw notHeld(target);
    const restored = applyChange(deleted.members, change).members;
    const [set] = deleted.type.sets;
    if (set === undefined) throw notServed();
    if (await tx.find(set, 'id', deleted.key, 'nothing')) throw isThere(deleted);
    const { owner } = deleted.address;
    await checkAddressesFree(newAddresses(restored.proxyAddresses, undefined), {
      ...{ model, caller, reader: tx, now, owner, fidelity: 'graph', isNew: false },
      before: (name) => deleted.members[name],
    });
    tx.move(deleted.address, set, restored, { version: deleted.version });
    const path = `${set}${showKey(deleted.type, deleted.key)}`;
    return { ...deleted, members: restored, path, shown: set, version: 1 };
  });
  const reader = readerFor(parts.store, model, caller);
  const viewer = { model, caller, reader, languages, now };
  const answer = await showWritten(held, { model, type: target.type, selection, viewer });
  return { answer, isNew: false };
}

function isThere({ key }: Held): Refusal {
  return new Refusal('badRequest', `There is an object with the id '${key}' already.`, {
    target: 'id',
  });
}
