import type { Clock } from '#clock.ts';
import type { AuthorityStore } from '#plan/authority-store.ts';
import type { Tenant } from '#plan/caller.ts';
import type { Store } from '#plan/store.ts';
import { REVOKED, ROLE } from '../kept/grant-kinds.ts';

/** What holds of that which has been issued to somebody. */
export interface Standing {
  /** What was issued before is refused; milliseconds. Infinity for whoever is disabled or gone. */
  readonly validFrom: number;
  readonly isAdministrator: boolean;
}

/** Where the standing of a person is read. */
export interface StandingParts {
  readonly store: Store;
  readonly kept: AuthorityStore;
  readonly clock: Clock;
  /**
   * Whether people who are disabled or removed lose their tokens. Not on a test bench, whose people
   * disable themselves in the course of a test.
   */
  readonly endsDisabled: boolean;
}

/** The role that administers a directory. */
export const ADMINISTRATOR = 'administrator';

/** The name by which grants belong to somebody of a tenant. */
export function subjectOf(tenant: Tenant, id: string): string {
  return `${tenant.id}/${id}`;
}

/** The standing of a user: disabled and removed people, and sessions that were ended. */
export async function standingOfUser(
  tenant: Tenant,
  user: string,
  { store, kept, clock, endsDisabled }: StandingParts,
): Promise<Standing> {
  const reader = store.reader(tenant);
  const subject = subjectOf(tenant, user);
  const [found, revoked, role] = await Promise.all([
    reader.find('users', 'id', user, 'doc'),
    kept.find(REVOKED, subject),
    kept.find(ROLE, subject),
  ]);
  const isAdministrator = role?.value === ADMINISTRATOR;
  const document = found && reader.document('users', found.text);
  const isGone = document === undefined || document.read('accountEnabled') === false;
  if (isGone && endsDisabled) return { validFrom: Number.POSITIVE_INFINITY, isAdministrator };
  const sessions = timeOf(document?.read('signInSessionsValidFromDateTime'));
  // A time that has not come ends nothing yet.
  const ended = sessions > clock.now() ? 0 : sessions;
  return { validFrom: Math.max(revokedAt(revoked?.value), ended), isAdministrator };
}

/** The standing of an application that acts as itself. */
export async function standingOfApp(
  tenant: Tenant,
  app: string,
  { kept }: StandingParts,
): Promise<Standing> {
  const revoked = await kept.find(REVOKED, subjectOf(tenant, app));
  return { validFrom: revokedAt(revoked?.value), isAdministrator: false };
}

function revokedAt(value: string | undefined): number {
  return value === undefined ? 0 : Number(value);
}

function timeOf(value: unknown): number {
  const time = typeof value === 'string' ? Date.parse(value) : 0;
  return Number.isNaN(time) ? 0 : time;
}
