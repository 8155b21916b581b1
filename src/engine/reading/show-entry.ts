import type { EntityType } from '#model/model.ts';
import type { Document } from '#plan/document.ts';
import { documentVersion } from '#plan/document-version.ts';
import type { Selection } from '#plan/query.ts';
import type { Entry } from '../derived/entries.ts';
import type { Place } from '../place.ts';
import type { ShowContext } from '../type-rules.ts';
import { shownMembers } from './show.ts';

/** Where an entry stands: where it is kept, or nowhere but on its way. */
export function placeOfEntry({ id, held }: Entry, way: string, shown: string): Place {
  const kept = 'kept' in held ? held.kept : undefined;
  const { set, owner, path } = kept ?? { set: '', owner: 0, path: '' };
  return {
    address: { set, owner, path, key: '' },
    ownerId: id,
    inside: [],
    shown,
    key: undefined,
    found: undefined,
    ...(kept ? {} : { way }),
  };
}

/** The members of an entry for a caller, those that are wanted at least, and its version. */
export async function loadEntry(
  type: EntityType,
  { held }: Entry,
  context: ShowContext,
): Promise<{ readonly members: Document; readonly version: number }> {
  if ('document' in held) {
    return { members: held.document, version: documentVersion(held.document) };
  }
  const record = await context.reader.read(context.place.address);
  const members = await shownMembers(type, record?.text, context);
  return { members, version: record?.version ?? 0 };
}

/** The members that a selection shows, as far as nothing else may be asked of the entity. */
export function wantedBy({
  properties,
  compute,
  expand,
}: Selection): ReadonlySet<string> | undefined {
  if (!properties || compute.length > 0 || expand.length > 0) return undefined;
  return new Set(properties.map(({ property }) => property.name));
}
