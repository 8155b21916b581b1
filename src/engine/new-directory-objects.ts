import { formatInstant } from '#clock.ts';
import { Refusal } from '#errors.ts';
import type { Document } from '#plan/document.ts';
import { valueAt } from '#plan/key-text.ts';
import type { TypeRules } from './type-rules.ts';

/** What Graph's page "Create user" requires, as paths. */
const userNeeds = [
  'accountEnabled',
  'displayName',
  'mailNickname',
  'passwordProfile/password',
  'userPrincipalName',
];
/** What Graph's page "Create group" requires. */
const groupNeeds = ['displayName', 'mailEnabled', 'mailNickname', 'securityEnabled'];

/** A user begins as a member who has been created now. */
export const userRules: TypeRules = {
  begin: (members, now) => ({
    userType: 'Member',
    ...required('User', members, userNeeds),
    createdDateTime: formatInstant(now),
  }),
};

/** A group begins at the moment when it is created, and has been renewed then. */
export const groupRules: TypeRules = {
  begin(members, now) {
    const at = formatInstant(now);
    required('Group', members, groupNeeds);
    return { ...members, createdDateTime: at, renewedDateTime: at };
  },
};

/** A contact says when it was written. */
export const contactRules: TypeRules = {
  begin(members, now) {
    const at = formatInstant(now);
    return { ...members, createdDateTime: at, lastModifiedDateTime: at };
  },
};

/** Refuses, in Graph's words, members without those that are needed. */
function required(resource: string, members: Document, paths: readonly string[]): Document {
  const missing = paths.filter((path) => (valueAt(members, path.split('/')) ?? '') === '');
  const [first] = missing;
  if (first === undefined) return members;
  const message = `A value is required for property '${first}' of resource '${resource}'.`;
  const details = missing.map((path) => ({
    code: 'PropertyRequired',
    message: `A value is required for property '${path}' of resource '${resource}'.`,
    target: path,
  }));
  throw new Refusal('badRequest', message, { target: first, details });
}
