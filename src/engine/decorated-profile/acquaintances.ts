import type { Document } from '#plan/document.ts';
import type { FoundEntity, Reader } from '#plan/store.ts';
import { textOf } from './document-values.ts';
import { initialProfile } from './initial-profile.ts';
import { pictureOf } from './picture.ts';
import type { Member } from './viewer-relation.ts';

/** Somebody who is named in another's profile. */
export interface Acquaintance extends Member {
  readonly firstName: string;
  readonly lastName: string | undefined;
  readonly fullName: string;
  readonly picture: string | null;
}

/** People as their profiles name them, in the order of the surrogates. */
export async function readAcquaintances(
  reader: Reader,
  owners: readonly number[],
): Promise<readonly Acquaintance[]> {
  const found = owners.length === 0 ? [] : await reader.findMany('users', owners, 'doc');
  return Promise.all(found.map((each) => readAcquaintance(reader, each)));
}

async function readAcquaintance(
  reader: Reader,
  { owner, id, text }: FoundEntity,
): Promise<Acquaintance> {
  const user = JSON.parse(text) as Document;
  const record = await reader.read({ set: 'users', owner, path: 'decoratedProfile', key: '' });
  const profile = record ? (JSON.parse(record.text) as Document) : initialProfile(id, user);
  const firstName = textOf(profile.firstName) ?? textOf(user.displayName) ?? '';
  const lastName = textOf(profile.lastName);
  const told = `${firstName} ${lastName ?? ''}`.trim();
  const fullName = record ? told : (textOf(user.displayName) ?? told);
  const picture = await pictureOf(reader, { owner, id }, profile);
  return { owner, id, firstName, lastName, fullName, picture };
}
