import type { Clock } from '#clock.ts';
import { Refusal } from '#errors.ts';
import type { OwnBehaviour } from '#plan/behaviour.ts';
import type { Document } from '#plan/document.ts';
import { type MaybePromise, proceed } from '#plan/maybe-promise.ts';
import type { Address, Reader } from '#plan/store.ts';
import { findMember, noMember, requireCaller } from './member.ts';

const ACCOUNT_MAX = 200;

/** A lead that somebody has saved: whose company it stands for. */
export interface SavedLead {
  readonly accountName: string | undefined;
}

/** The lead that a person, by surrogate, has saved of another, by id, if they have. */
export function findLead(
  reader: Reader,
  owner: number,
  id: string,
): MaybePromise<SavedLead | undefined> {
  return proceed(reader.read(addressOf(owner, id)), (record) => {
    if (!record) return undefined;
    const { accountName } = JSON.parse(record.text) as Document;
    return { accountName: typeof accountName === 'string' ? accountName : undefined };
  });
}

/** Saves a member as a lead of the caller's; saving again changes the account. */
export function saveVieweeAsLead(clock: Clock): OwnBehaviour {
  return ({ parameters }, { store, caller }) => {
    const viewee = String(parameters.viewee);
    const { accountName = null } = parameters;
    if (typeof accountName === 'string' && accountName.length > ACCOUNT_MAX) {
      const message = `The name of an account has at most ${ACCOUNT_MAX} characters.`;
      throw new Refusal('badRequest', message, { target: 'accountName' });
    }
    return store.transact(caller.tenant, async (tx) => {
      const person = await requireCaller(caller, tx);
      const lead = await findMember(tx, viewee);
      if (!lead) throw noMember(viewee);
      if (lead.id === person.id) {
        const message = 'Nobody is a lead of their own.';
        throw new Refusal('badRequest', message, { target: 'viewee' });
      }
      const address = addressOf(person.owner, lead.id);
      const members = { id: lead.id, accountName, savedAt: clock.now() };
      tx.write(address, members, await tx.read(address), Object.keys(members));
      return true;
    });
  };
}

/** Takes a saved lead away; false where the member is none. */
export const unsaveVieweeAsLead: OwnBehaviour = ({ parameters }, { store, caller }) => {
  const viewee = String(parameters.viewee);
  return store.transact(caller.tenant, async (tx) => {
    const person = await requireCaller(caller, tx);
    const lead = await findMember(tx, viewee);
    if (!lead) throw noMember(viewee);
    const address = addressOf(person.owner, lead.id);
    const record = await tx.read(address);
    if (record) tx.remove(address, record);
    return record !== undefined;
  });
};

function addressOf(owner: number, id: string): Address {
  return { set: 'users', owner, path: 'linkedIn/savedLeads', key: id };
}
