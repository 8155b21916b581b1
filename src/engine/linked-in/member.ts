import { Refusal } from '#errors.ts';
import { isGuid } from '#ids.ts';
import type { Caller } from '#plan/caller.ts';
import type { Document, Value } from '#plan/document.ts';
import { type MaybePromise, proceed } from '#plan/maybe-promise.ts';
import type { Address, FoundEntity, Reader, Writer } from '#plan/store.ts';
import { needsUser } from '../access/grants.ts';

const MEMBER = 'urn:li:member:';
/** The prefix as the schema spells it, and as it means it. */
const MAIL = /^urn:li:emaild?Address:/;

/** A member by the identifier that other services know them by. */
export function memberUrn(id: string): string {
  return `${MEMBER}${id}`;
}

/** The id of a person that a member URN or the id itself names; undefined for any other text. */
export function memberIdOf(written: Value | undefined): string | undefined {
  if (typeof written !== 'string') return undefined;
  const id = (written.startsWith(MEMBER) ? written.slice(MEMBER.length) : written).toLowerCase();
  return isGuid(id) ? id : undefined;
}

/** The person whom an id, a member URN or the URN of an address names, if there is one. */
export function findMember(reader: Reader, written: string): MaybePromise<FoundEntity | undefined> {
  const id = memberIdOf(written);
  if (id !== undefined) return reader.find('users', 'id', id, 'nothing');
  if (!MAIL.test(written)) return undefined;
  const address = written.replace(MAIL, '');
  const byMail = reader.find('users', 'mail', address, 'nothing');
  return proceed(byMail, (found) => {
    return found ?? reader.find('users', 'userPrincipalName', address, 'nothing');
  });
}

/** The refusal of a member who is not in the caller's organization. */
export function noMember(written: string): Refusal {
  return new Refusal('notFound', `There is no member '${written.slice(0, 200)}'.`);
}

/** The signed-in user, found in the store; refuses an application, and who is not there. */
export async function requireCaller({ user }: Caller, reader: Reader): Promise<FoundEntity> {
  if (user === undefined) throw needsUser();
  const found = await reader.find('users', 'id', user, 'nothing');
  if (!found) throw noMember(user);
  return found;
}

/** Where what LinkedIn knows of a person alone is kept. */
export function memberAddress(owner: number): Address {
  return { set: 'users', owner, path: 'linkedIn', key: '' };
}

/** What LinkedIn knows of a person: the hidden members of the type `linkedIn`. */
export function readMember(reader: Reader, owner: number): MaybePromise<Document> {
  return proceed(reader.read(memberAddress(owner)), (record) => {
    return record ? (JSON.parse(record.text) as Document) : {};
  });
}

/** Makes the transaction rely on that staying as it is, also where nothing is known yet. */
export async function holdMember(
  tx: Writer,
  person: Pick<FoundEntity, 'owner' | 'id'>,
): Promise<void> {
  if (!(await tx.read(memberAddress(person.owner)))) await changeMember(tx, person, {});
}

/** Changes some of that. */
export async function changeMember(
  tx: Writer,
  { owner, id }: Pick<FoundEntity, 'owner' | 'id'>,
  changed: Document,
): Promise<void> {
  const address = memberAddress(owner);
  const record = await tx.read(address);
  const before = record ? (JSON.parse(record.text) as Document) : {};
  tx.write(address, { ...before, ...changed, id }, record, Object.keys(changed));
}
