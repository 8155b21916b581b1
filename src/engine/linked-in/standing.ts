import type { Document } from '#plan/document.ts';
import type { FoundEntity, Reader } from '#plan/store.ts';
import { readMember } from './member.ts';

/** The set of the one record of what an organization has decided. */
export const ORGANIZATION = 'organizationLinkedIn';
/** The relation of a group to its members. */
const MEMBERS = 'members';
/** What LinkedIn knows of a person who has bound their account, and what they have agreed to. */
export const LINKED_IN_BOUND = { status: 'Bound', scopes: 'r_basicprofile r_network' } as const;

/** In these a person's LinkedIn data come to Microsoft's side. */
const bound: ReadonlySet<string> = new Set(['Bound', 'LinkedInBound']);
/** In these nothing is wanted of LinkedIn. */
const disabled: ReadonlySet<string> = new Set(['OptOut', 'DisableBound']);

/** What an organization has decided: `appFamilyLinkedInStatus`, and for which group. */
export interface OrganizationStanding {
  readonly status: string;
  readonly groupId: string | undefined;
}

/** How a person's account is bound: `userLinkedInStatus`; nobody is bound who has not said so. */
export function statusOf({ status }: Document): string {
  return typeof status === 'string' ? status : 'Unbound';
}

/** What an organization has decided; one that has not lets its people bind their accounts. */
export async function readOrganization(reader: Reader): Promise<OrganizationStanding> {
  const found = await reader.find(ORGANIZATION, 'id', '', 'doc');
  const { status, groupId } = found ? (JSON.parse(found.text) as Document) : {};
  return {
    status: typeof status === 'string' ? status : 'OptIn',
    groupId: typeof groupId === 'string' ? groupId : undefined,
  };
}

/** Whether an organization lets a person bind their account. */
export async function isAllowed(
  reader: Reader,
  { status, groupId }: OrganizationStanding,
  person: Pick<FoundEntity, 'owner'>,
): Promise<boolean> {
  if (status === 'OptIn') return true;
  if (status !== 'OptIn_Selected' || groupId === undefined) return false;
  const group = await reader.find('groups', 'id', groupId, 'nothing');
  return group !== undefined && reader.isLinked(MEMBERS, group.owner, person.owner);
}

/** Whether LinkedIn is there for a person: allowed, and not disabled. */
export async function isEnabled(
  reader: Reader,
  organization: OrganizationStanding,
  person: Pick<FoundEntity, 'owner'>,
): Promise<boolean> {
  const status = statusOf(await readMember(reader, person.owner));
  return !disabled.has(status) && isAllowed(reader, organization, person);
}

/**
 * Whether a person has bound their account and may: what the CSDL calls post-bind is shown to
 * nobody else.
 */
export async function isBound(
  reader: Reader,
  person: Pick<FoundEntity, 'owner'>,
): Promise<boolean> {
  const status = statusOf(await readMember(reader, person.owner));
  return bound.has(status) && isAllowed(reader, await readOrganization(reader), person);
}
