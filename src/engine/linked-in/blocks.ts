import { Refusal } from '#errors.ts';
import type { Change } from '#plan/change.ts';
import type { Document } from '#plan/document.ts';
import type { FoundEntity, Writer } from '#plan/store.ts';
import type { TypeRules } from '../type-rules.ts';
import type { Draft, Held } from '../writing/draft.ts';
import { separateMembers } from './connect-members.ts';
import { blockAddress } from './is-blocked.ts';
import { changeMember, memberIdOf, memberUrn, noMember } from './member.ts';

/** Blocks somebody for a person, unless they have done so already. */
export async function blockMember(
  tx: Writer,
  person: Pick<FoundEntity, 'owner' | 'id'>,
  blocked: Pick<FoundEntity, 'owner' | 'id'>,
  now: number,
): Promise<void> {
  await separate(tx, person, blocked);
  const address = blockAddress(person.owner, blocked.id);
  if (await tx.read(address)) return;
  tx.write(address, { id: blocked.id, ...membersOf(blocked.id, now) }, undefined, []);
}

/**
 * A member is blocked by their URN, and the block has their id. With it ends whatever lay between
 * the two.
 */
export const blockedMemberRules: TypeRules = {
  identify: ({ member }) => idOf(member),
  begin: (members, { now }) => ({ ...members, ...membersOf(idOf(members.member), now) }),
  relate: relateBlock,
};

async function relateBlock(draft: Draft, held: Held, { members }: Change): Promise<void> {
  const written = members.get('member');
  const name = written?.kind === 'value' ? String(written.value) : held.key;
  if (held.key === held.ownerId) {
    const message = 'Nobody blocks themselves.';
    throw new Refusal('badRequest', message, { target: 'member' });
  }
  const blocked = await draft.tx.find('users', 'id', held.key, 'nothing');
  if (!blocked) throw noMember(name);
  const person = { owner: held.address.owner, id: held.ownerId };
  await separate(draft.tx, person, blocked);
}

/** An invitation that is sent at the same time is not there afterwards. */
async function separate(
  tx: Writer,
  person: Pick<FoundEntity, 'owner' | 'id'>,
  blocked: Pick<FoundEntity, 'owner' | 'id'>,
): Promise<void> {
  await changeMember(tx, person, {});
  await separateMembers(tx, person, blocked);
}

function idOf(member: Document[string] | undefined): string {
  const id = memberIdOf(member);
  if (id !== undefined) return id;
  const message = "The property 'member' must be the URN of a member, 'urn:li:member:{id}'.";
  throw new Refusal('badRequest', message, { target: 'member' });
}

function membersOf(id: string, now: number): Document {
  return { member: memberUrn(id), created: now };
}
