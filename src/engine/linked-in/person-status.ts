import { Refusal } from '#errors.ts';
import { isGuid } from '#ids.ts';
import type { BehaviourCall, OwnBehaviour } from '#plan/behaviour.ts';
import type { Document } from '#plan/document.ts';
import type { FoundEntity, Store, Writer } from '#plan/store.ts';
import { notFound } from '../place.ts';
import { changeMember, findMember, memberIdOf, noMember, readMember } from './member.ts';
import { LINKED_IN_BOUND, statusOf } from './standing.ts';

/** How a status changes into another one; it stays where nothing is said. */
type Transition = Readonly<Record<string, string>>;

const disabling: Transition = { Bound: 'DisableBound', Unbound: 'OptOut' };
const enabling: Transition = { DisableBound: 'Bound', OptOut: 'Unbound' };
/** Microsoft's side of the binding ends, LinkedIn's stays. */
const localRevoking: Transition = {
  Bound: 'LinkedInBound',
  MicrosoftBound: 'Unbound',
  DisableBound: 'LinkedInBound',
};

/** How a person's account is bound. */
export const getLinkedInStatus: OwnBehaviour = async (call, { store, caller }) => {
  const reader = store.reader(caller.tenant);
  const person = await reader.find('users', 'id', personOf(call), 'nothing');
  if (!person) throw notFound(personOf(call));
  const member = await readMember(reader, person.owner);
  return { value: statusOf(member), scopes: member.scopes ?? null };
};

/** Sets how a person's account is bound. */
export const setLinkedInStatus: OwnBehaviour = (call, own) =>
  change(call, own, () => String(call.parameters.status));

/** Enables LinkedIn for a person, or disables it and keeps what was bound. */
export const setLinkedInEnabled: OwnBehaviour = (call, own) =>
  change(call, own, (status) => {
    const transition = call.parameters.value === true ? enabling : disabling;
    return transition[status] ?? status;
  });

/** Ends a binding on both sides; a member that is named must be the person's own. */
export const revokeDualGrant: OwnBehaviour = (call, own) => {
  const { memberId } = call.parameters;
  if (typeof memberId === 'string' && memberIdOf(memberId) !== personOf(call)) {
    const message = `'${memberId.slice(0, 200)}' is not the member of this person.`;
    throw new Refusal('badRequest', message, { target: 'memberId' });
  }
  return change(call, own, () => 'Unbound');
};

/** Ends Microsoft's side of a binding, and gives the status that is left. */
export const revokeLocalGrant: OwnBehaviour = (call, { store, caller }) =>
  store.transact(caller.tenant, async (tx) => revokeLocal(tx, await require(tx, personOf(call))));

/** The same for a person who is named as a member. */
export const revokeLocalGrantByMid: OwnBehaviour = ({ parameters }, { store, caller }) =>
  store.transact(caller.tenant, async (tx) => {
    const mid = String(parameters.mid);
    const person = await findMember(tx, mid);
    if (!person) throw noMember(mid);
    return revokeLocal(tx, person);
  });

/** Takes note that a person has consented: their account is bound. */
export const notifyConsent: OwnBehaviour = ({ parameters }, { store, caller }) => {
  for (const name of ['userId', 'clientId', 'resourceId']) {
    if (isGuid(String(parameters[name]))) continue;
    throw new Refusal('badRequest', `The parameter '${name}' must be a guid.`, { target: name });
  }
  const id = String(parameters.userId).toLowerCase();
  return store.transact(caller.tenant, async (tx) => {
    await setStatus(tx, await require(tx, id), 'Bound');
  });
};

function personOf({ binding }: BehaviourCall): string {
  const person = binding?.value as Document | undefined;
  return String(person?.id);
}

/** Changes the status of the person on whom an action is called; gives nothing. */
function change(
  call: BehaviourCall,
  { store, caller }: Parameters<OwnBehaviour>[1],
  next: (status: string) => string,
): Promise<void> {
  return transactOn(store, caller.tenant, personOf(call), async (tx, person) => {
    await setStatus(tx, person, next(statusOf(await readMember(tx, person.owner))));
  });
}

function transactOn(
  store: Store,
  tenant: Parameters<Store['transact']>[0],
  id: string,
  work: (tx: Writer, person: FoundEntity) => Promise<void>,
): Promise<void> {
  return store.transact(tenant, async (tx) => work(tx, await require(tx, id)));
}

async function require(tx: Writer, id: string): Promise<FoundEntity> {
  const found = await tx.find('users', 'id', id, 'nothing');
  if (!found) throw notFound(id);
  return found;
}

async function revokeLocal(tx: Writer, person: FoundEntity): Promise<string> {
  const status = statusOf(await readMember(tx, person.owner));
  const left = localRevoking[status] ?? status;
  await setStatus(tx, person, left);
  return left;
}

async function setStatus(tx: Writer, person: FoundEntity, status: string): Promise<void> {
  const isAgreed = status === 'Bound' || status === 'DisableBound';
  const { scopes } = LINKED_IN_BOUND;
  await changeMember(tx, person, { status, scopes: isAgreed ? scopes : null });
}
