import { Refusal } from '#errors.ts';
import { type EntityTags, isAmong } from '#plan/entity-tags.ts';
import type { Conditions } from '#plan/request.ts';

/**
 * Refuses with 412 a version that the request is not for (RFC 9110, sections 13.1.1 and 13.1.2);
 * entity tags here are weak by form and compared by their value. `version` is undefined where
 * nobody has written the entity yet: it counts as version 0, and whether `*` meets it depends on
 * whether a read shows it.
 */
export function checkConditions(
  { ifMatch, ifNoneMatch }: Conditions,
  version: number | undefined,
  isShownUnwritten: boolean,
): void {
  if (ifMatch === undefined && ifNoneMatch === undefined) return;
  const exists = version !== undefined || isShownUnwritten;
  if (ifMatch !== undefined && !(exists && meets(ifMatch, version))) {
    const message = 'The entity has changed since the version that If-Match names.';
    throw new Refusal('preconditionFailed', message, { target: 'If-Match' });
  }
  if (ifNoneMatch !== undefined && exists && meets(ifNoneMatch, version)) {
    const message = 'The entity is there, in a version that If-None-Match excludes.';
    throw new Refusal('preconditionFailed', message, { target: 'If-None-Match' });
  }
}

function meets(tags: EntityTags, version: number | undefined): boolean {
  return isAmong(tags, `"${version ?? 0}"`);
}

/** Refuses with 412 what a body says of a version of an entity that is not the one there. */
export function checkTag(tag: string, { version, path }: { version: number; path: string }): void {
  if (meets([tag], version)) return;
  const message = `'${path}' has changed since the version that its '@etag' names.`;
  throw new Refusal('preconditionFailed', message, { target: '@etag' });
}
