import type { Document } from '#plan/document.ts';
import { textOf } from './document-values.ts';

/** The profile of a person who has not written any: the directory's user speaks for it. */
export function initialProfile(id: string, user: Document): Document {
  return {
    id,
    profileUrl: `https://www.linkedin.com/in/${encodeURIComponent(id)}`,
    firstName: textOf(user.givenName) ?? textOf(user.displayName) ?? '',
    lastName: textOf(user.surname) ?? null,
    headline: textOf(user.jobTitle) ?? null,
    location: textOf(user.officeLocation) ?? textOf(user.city) ?? null,
  };
}
