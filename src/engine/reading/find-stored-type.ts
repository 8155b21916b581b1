import { Refusal } from '#errors.ts';
import type { EntityType, Model } from '#model/model.ts';
import type { Caller } from '#plan/caller.ts';
import { type Document, namedType, TYPE } from '#plan/document.ts';
import type { Store } from '#plan/store.ts';
import type { Target } from '#plan/target.ts';
import { checkAccess } from '../access/check-access.ts';
import { locate } from './locate.ts';

/**
 * The type that the entity at the end of a target is of: the target's own, or the derived one that
 * the store has. The target's own where nothing is there, or the caller does not see it.
 */
export async function findStoredType(
  { model, target }: { readonly model: Model; readonly target: Target },
  method: 'PATCH' | 'PUT',
  caller: Caller,
  { store }: { readonly store: Store },
): Promise<EntityType> {
  const { type } = target;
  const hasDerived = type.kinds.size > 1;
  if (!hasDerived) return type;
  const access = checkAccess(caller, method, target, model);
  const reader = store.reader(caller.tenant);
  try {
    const place = await locate({ target, caller, access, reader, wanted: 'doc' });
    const record = place.found ?? (await reader.read(place.address));
    const { [TYPE]: named } = JSON.parse(record?.text ?? '{}') as Document;
    return namedType(model, type, named);
  } catch (error) {
    if (error instanceof Refusal) return type;
    throw error;
  }
}
