import type { Address, FoundEntity, Reader } from '#plan/store.ts';

/** Whether either of two people has blocked the other. */
export async function isBlocked(
  reader: Reader,
  one: Pick<FoundEntity, 'owner' | 'id'>,
  other: Pick<FoundEntity, 'owner' | 'id'>,
): Promise<boolean> {
  const blocks = await Promise.all([
    reader.read(blockAddress(one.owner, other.id)),
    reader.read(blockAddress(other.owner, one.id)),
  ]);
  return blocks.some((each) => each !== undefined);
}

/** Where it is kept that a person, by surrogate, has blocked another, by id. */
export function blockAddress(owner: number, id: string): Address {
  return { set: 'users', owner, path: 'linkedIn/blockedMembers', key: id };
}
