import { photoHome } from '#model/decorated/profile-homes.ts';
import type { Document, Value } from '#plan/document.ts';
import type { Reader } from '#plan/store.ts';
import { masterOf } from '../photos/photo-sizes.ts';
import { textOf } from './document-values.ts';
import type { Member } from './viewer-relation.ts';

/**
 * Where a member's picture is: the URL that the profile has, or the person's photo by its path
 * behind the service root.
 */
export async function pictureOf(
  reader: Reader,
  { owner, id }: Member,
  profile: Document,
): Promise<string | null> {
  const { [photoHome.member]: written } = profile;
  if (textOf(written) !== undefined) return String(written);
  const record = await reader.read({ set: 'users', owner, path: photoHome.facet, key: '' });
  const isThere = record && masterOf(JSON.parse(record.text) as Document) !== undefined;
  return isThere ? `users('${id}')/${photoHome.facet}/$value` : null;
}

/** The photo of a person as URLs name it. */
const PHOTO_URL = /\/users(?:\('|\/)([^'/)]+)(?:'\))?\/photo\/\$value$/;

/** What is kept of a picture that is written: nothing where it is the person's own photo. */
export function keptPicture(written: Value, id: string): Value {
  const [, named] = PHOTO_URL.exec(String(written)) ?? [];
  return named?.toLowerCase() === id ? null : written;
}
