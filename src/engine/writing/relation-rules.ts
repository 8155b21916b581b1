import { Refusal } from '#errors.ts';
import type { Navigation } from '#model/model.ts';
import type { Document } from '#plan/document.ts';
import type { Draft, Held } from './draft.ts';

/** Managers above somebody that are looked at. */
const MANAGERS_MAX = 100;

/** A relation as its links are kept: from the group or the report to the other one. */
interface Ends {
  readonly relation: string | undefined;
  readonly from: Held;
  readonly to: Held;
}

/** Refuses to relate directory objects as Graph does not: in rings, twice, or not of that kind. */
export async function checkRelation(
  draft: Draft,
  owner: Held,
  navigation: Navigation,
  other: Held,
): Promise<void> {
  const ends = endsOf(owner, navigation, other);
  if (ends.relation === 'manager') await checkManager(draft, ends);
  if (draft.options.fidelity === 'odata') return;
  if (ends.relation === 'members') await checkMember(draft, ends);
  else if (ends.relation === 'owners') await checkOwner(draft, ends);
}

/** Refuses to take the last owner from a group. */
export async function checkUnrelation(
  draft: Draft,
  owner: Held,
  navigation: Navigation,
  other: Held,
): Promise<void> {
  const { relation, from } = endsOf(owner, navigation, other);
  if (relation !== 'owners' || draft.options.fidelity === 'odata') return;
  if ((await draft.tx.countLinked('owners', from.address.owner)) > 1) return;
  const message = 'The group must have at least one owner, hence this owner cannot be removed.';
  throw new Refusal('badRequest', message, { target: navigation.name });
}

function endsOf(owner: Held, { relation, inverse }: Navigation, other: Held): Ends {
  const [from, to] = inverse ? [other, owner] : [owner, other];
  return { relation, from, to };
}

/** Nobody is above themselves, however far. */
async function checkManager({ tx }: Draft, { from, to }: Ends): Promise<void> {
  let above: number | undefined = to.address.owner;
  for (let steps = 0; above !== undefined && steps < MANAGERS_MAX; steps++) {
    if (above === from.address.owner) {
      const message = `'${to.key}' reports to '${from.key}' and cannot be the manager of it.`;
      throw new Refusal('badRequest', message, { target: 'manager' });
    }
    [above] = await tx.linked('manager', above, 1);
  }
}

async function checkMember(draft: Draft, { from, to }: Ends): Promise<void> {
  const { groupTypes } = from.members as Document;
  const types = Array.isArray(groupTypes) ? groupTypes : [];
  if (types.includes('DynamicMembership')) {
    const message = 'Insufficient privileges to complete the operation.';
    const why = 'The members of this group follow from its membership rule.';
    const details = [{ code: 'DynamicMembership', message: why, target: 'membershipRule' }];
    throw new Refusal('accessDenied', message, { target: 'members', details });
  }
  if (from.address.owner === to.address.owner) {
    throw new Refusal('badRequest', 'A group is no member of itself.', { target: 'members' });
  }
  if (types.includes('Unified') && to.type.name === 'microsoft.graph.group') {
    const message = 'Groups are no members of a Microsoft 365 group.';
    throw new Refusal('badRequest', message, { target: 'members' });
  }
  await checkNew(draft, 'members', { from, to });
}

async function checkOwner(draft: Draft, { from, to }: Ends): Promise<void> {
  if (to.type.name !== 'microsoft.graph.user') {
    throw new Refusal('badRequest', 'Only users own groups here.', { target: 'owners' });
  }
  await checkNew(draft, 'owners', { from, to });
}

/** Refuses, in Graph's words, what is there already. */
async function checkNew(
  { tx }: Draft,
  relation: string,
  { from, to }: Pick<Ends, 'from' | 'to'>,
): Promise<void> {
  if (from.isNew || !(await tx.isLinked(relation, from.address.owner, to.address.owner))) return;
  const message =
    'One or more added object references already exist for the following modified properties: ' +
    `'${relation}'.`;
  throw new Refusal('badRequest', message, { target: relation });
}
