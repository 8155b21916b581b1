import { type MaybePromise, proceed } from '#plan/maybe-promise.ts';
import type { FoundEntity, Reader } from '#plan/store.ts';

/**
 * The version of a profile: it moves with each of the facets that are kept, and with the user from
 * whom the others start.
 */
export function profileVersion(
  reader: Pick<Reader, 'read'>,
  { owner, version }: Pick<FoundEntity, 'owner' | 'version'>,
): MaybePromise<number> {
  const address = { set: 'users', owner, path: 'profile', key: '' };
  return proceed(reader.read(address), (record) => version + (record?.version ?? 0));
}
