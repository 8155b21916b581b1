import { Refusal } from '#errors.ts';
import type { Behaviour, BehaviourCall } from '#plan/behaviour.ts';
import type { Document } from '#plan/document.ts';
import { boundObject } from './bound-object.ts';

/** Ids that one call may check, as Graph's pages say. */
const CHECKED_MAX = 20;
/** Groups of one person that are looked at; Graph refuses more than that. */
const GROUPS_MAX = 11_000;

/** The ids of the groups of which the object is a member, directly or through other groups. */
export const getMemberGroups: Behaviour = async (call) => {
  const isSecurityOnly = call.parameters.securityEnabledOnly === true;
  const groups = await groupsOf(call);
  const wanted = groups.filter(
    ({ securityEnabled }) => !isSecurityOnly || securityEnabled === true,
  );
  return wanted.map(({ id }) => id);
};

/** Those of the given groups of which the object is a member, directly or through other groups. */
export const checkMemberGroups: Behaviour = async (call) => {
  const { groupIds, ids } = call.parameters;
  const name = groupIds === undefined ? 'ids' : 'groupIds';
  const asked = (groupIds ?? ids) as string[];
  if (asked.length > CHECKED_MAX) {
    const message = `At most ${CHECKED_MAX} ids are checked at once; here are ${asked.length}.`;
    throw new Refusal('badRequest', message, { target: name });
  }
  const wanted = new Set(asked.map((id) => id.toLowerCase()));
  const groups = await groupsOf(call);
  return groups.flatMap(({ id }) => (wanted.has(String(id)) ? [id] : []));
};

async function groupsOf(call: BehaviourCall): Promise<readonly Document[]> {
  const { path } = boundObject(call);
  const url = `${path}/transitiveMemberOf/microsoft.graph.group?$select=id,securityEnabled`;
  return call.store.list(url, GROUPS_MAX);
}
