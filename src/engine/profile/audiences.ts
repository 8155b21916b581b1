import type { Value } from '#plan/document.ts';

/**
 * Whom each audience reaches, as bits: family 1, contacts 2, people of the same groups 4, the
 * organization 8, federated ones 16, everyone 32; a person themselves is always reached. They nest:
 * me < family, contacts, groupMembers < organization < federatedOrganizations < everyone.
 */
const reaches: Readonly<Record<string, number>> = {
  me: 0,
  family: 1,
  contacts: 2,
  groupMembers: 4,
  organization: 15,
  federatedOrganizations: 31,
  everyone: 63,
};

const CIRCLES = 7;
const ORGANIZATION = 8;

/** What a facet without an audience of its own has. */
export const DEFAULT_AUDIENCE = 'organization';

/** What somebody is to a person, as the same bits; the person themselves is `self`. */
export type Standing = number | 'self';

/** Circles around a person that somebody of the organization may be in. */
export interface Circles {
  readonly isFamily: boolean;
  readonly isContact: boolean;
  readonly isInGroup: boolean;
}

/** Whom a facet reaches by its audience: one name, or several with commas between. */
export function reachOf(audience: Value | undefined): number {
  let reach = 0;
  for (const name of String(audience ?? DEFAULT_AUDIENCE).split(',')) {
    reach |= reaches[name.trim()] ?? 0;
  }
  return reach;
}

/** The standing of somebody of the organization, or of an application, which is in no circle. */
export function standingIn(circles?: Circles): number {
  if (!circles) return ORGANIZATION;
  const { isFamily, isContact, isInGroup } = circles;
  return ORGANIZATION | (isFamily ? 1 : 0) | (isContact ? 2 : 0) | (isInGroup ? 4 : 0);
}

/** Whether somebody is reached. */
export function isReached(reach: number, standing: Standing): boolean {
  return standing === 'self' || (reach & standing) !== 0;
}

/** Whether everybody of the organization is. */
export function isPublic(reach: number): boolean {
  return (reach & ORGANIZATION) !== 0;
}

/** Whether somebody of the organization is, and not everybody. */
export function isForCircles(reach: number): boolean {
  return !isPublic(reach) && (reach & CIRCLES) !== 0;
}
