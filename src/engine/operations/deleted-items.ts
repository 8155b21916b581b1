import type { Behaviour, BehaviourStore } from '#plan/behaviour.ts';
import type { Document } from '#plan/document.ts';

/** Brings a deleted user or group back, under another name where one is given. */
export const restoreDeleted: Behaviour = async ({ binding, parameters, store }) => {
  const { newUserPrincipalName, autoReconcileProxyConflict } = parameters;
  const { id, '@odata.type': type } = binding!.value as Document;
  const renamed =
    typeof newUserPrincipalName === 'string' ? { userPrincipalName: newUserPrincipalName } : {};
  const path = `directory/deletedItems('${String(id)}')`;
  const reconciled =
    autoReconcileProxyConflict === true && String(type).endsWith('.user')
      ? { proxyAddresses: await freeAddresses(path, store) }
      : {};
  // Writing that it is not deleted is what restores it.
  return store.update(path, {
    '@odata.type': type,
    deletedDateTime: null,
    ...renamed,
    ...reconciled,
  });
};

/** The addresses of a deleted person that nobody else has got meanwhile. */
async function freeAddresses(path: string, store: BehaviourStore): Promise<string[]> {
  const deleted = await store.read(`${path}/microsoft.graph.user?$select=proxyAddresses`);
  const free: string[] = [];
  for (const address of ((deleted as Document).proxyAddresses ?? []) as string[]) {
    const filter = `proxyAddresses/any(p:p eq '${address.replaceAll("'", "''")}')`;
    const query = `$select=id&$filter=${encodeURIComponent(filter)}`;
    const takers = await Promise.all(
      ['users', 'groups'].map((set) => store.list(`${set}?${query}`, 1)),
    );
    if (takers.every(({ length }) => length === 0)) free.push(address);
  }
  return free;
}
