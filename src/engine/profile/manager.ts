import { findPermissions } from '#model/permissions.ts';
import type { Caller } from '#plan/caller.ts';
import type { FoundEntity, Reader, Wanted } from '#plan/store.ts';
import { grants } from '../access/grants.ts';

/** Whether the caller may read who somebody's manager is. */
export function seesManager(caller: Caller, personId: string): boolean {
  if (caller.isUnrestricted) return true;
  const { user } = caller;
  const row = findPermissions(`GET ${user === personId ? '/me' : '/users/{id}'}/manager`)!;
  return grants(caller, user === undefined ? row.application : row.delegated);
}

/** The manager of a person, if there is one. */
export async function findManager(
  reader: Reader,
  owner: number,
  wanted: Wanted,
): Promise<FoundEntity | undefined> {
  const [manager] = await reader.linked('manager', owner, 1);
  if (manager === undefined) return undefined;
  const [found] = await reader.findMany('users', [manager], wanted);
  return found;
}
