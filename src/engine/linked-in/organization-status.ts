import { Refusal } from '#errors.ts';
import type { OwnBehaviour } from '#plan/behaviour.ts';
import type { Document } from '#plan/document.ts';
import type { Reader, Writer } from '#plan/store.ts';
import { isEnabled, ORGANIZATION, readOrganization } from './standing.ts';

/** People whom one call of `getEnabledUsersForLinkedIn` gives. */
const PAGE = 100;

/** Whether the organization lets its people bind their accounts. */
export const getAppFamilyStatus: OwnBehaviour = async (_call, { store, caller }) => {
  const { status } = await readOrganization(store.reader(caller.tenant));
  return status;
};

/** The same, and for which group where it is for one alone. */
export const getAppFamilyDetails: OwnBehaviour = async (_call, { store, caller }) => {
  const reader = store.reader(caller.tenant);
  const { status, groupId } = await readOrganization(reader);
  const group = groupId === undefined ? undefined : await readGroup(reader, groupId);
  const groupDisplayName = group?.displayName ?? null;
  return { status, groupId: groupId ?? null, groupDisplayName };
};

/** The status as a text: this one may be for one group alone. */
export const getGroupSupportedAppFamilyStatus = getAppFamilyStatus;

/** Decides for the organization; `OptIn_Selected` names a group, and no other status does. */
export const setAppFamilyStatus: OwnBehaviour = ({ parameters }, { store, caller }) => {
  const status = String(parameters.status);
  const { groupId = null } = parameters;
  const isSelected = status === 'OptIn_Selected';
  if (isSelected !== (typeof groupId === 'string')) {
    const message = isSelected
      ? "'OptIn_Selected' needs the group whose members are let in."
      : "A group is named with 'OptIn_Selected' alone.";
    throw new Refusal('badRequest', message, { target: 'groupId' });
  }
  return store.transact(caller.tenant, async (tx) => {
    if (typeof groupId === 'string' && !(await readGroup(tx, groupId))) {
      const message = `There is no group '${groupId.slice(0, 200)}'.`;
      throw new Refusal('notFound', message, { target: 'groupId' });
    }
    const group = typeof groupId === 'string' ? groupId.toLowerCase() : null;
    await decide(tx, { status, groupId: group });
  });
};

/** Lets the people of an organization in that has not been provisioned. */
export const provisionAppFamily: OwnBehaviour = (_call, { store, caller }) =>
  store.transact(caller.tenant, async (tx) => {
    const { status } = await readOrganization(tx);
    if (status === 'NotProvisioned') await decide(tx, { status: 'OptIn', groupId: null });
  });

/**
 * People for whom LinkedIn is enabled, by ascending id; the token of the next page is the id of the
 * last one. Of a hundred people fewer may be enabled.
 */
export const getEnabledUsersForLinkedIn: OwnBehaviour = async (call, { store, caller }) => {
  const { pageToken } = call.parameters;
  const after = typeof pageToken === 'string' ? pageToken.replaceAll("'", "''") : '';
  const condition = `$filter=${encodeURIComponent(`id gt '${after}'`)}`;
  const people = await call.store.list(`users?${condition}&$orderby=id&$top=${PAGE}`, PAGE);
  const reader = store.reader(caller.tenant);
  const organization = await readOrganization(reader);
  const enabled = await Promise.all(
    people.map(async ({ id }) => {
      const person = await reader.find('users', 'id', String(id), 'nothing');
      return person !== undefined && isEnabled(reader, organization, person);
    }),
  );
  return people.filter((_, at) => enabled[at]);
};

async function readGroup(reader: Reader, id: string): Promise<Document | undefined> {
  const found = await reader.find('groups', 'id', id.toLowerCase(), 'doc');
  return found && (JSON.parse(found.text) as Document);
}

async function decide(tx: Writer, members: Document): Promise<void> {
  const found = await tx.find(ORGANIZATION, 'id', '', 'doc');
  if (!found) {
    await tx.insert(ORGANIZATION, members);
    return;
  }
  const address = { set: ORGANIZATION, owner: found.owner, path: '', key: '' };
  tx.write(address, members, found, Object.keys(members));
}
