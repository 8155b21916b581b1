import { Refusal } from '#errors.ts';
import type { AuthorityParts } from '../authority-parts.ts';
import { CODE, REFRESH, REVOKED, ROLE, SESSION } from '../kept/grant-kinds.ts';
import { hashPassword } from '../kept/hash-password.ts';
import { writeGrant } from '../kept/write-grant.ts';
import { ADMINISTRATOR, subjectOf } from '../tokens/standing.ts';
import type { Account } from './account.ts';
import { PASSWORD } from './account.ts';

const FOREVER = Number.MAX_SAFE_INTEGER;
const LENGTH_MIN = 10;
const LENGTH_MAX = 256;

/** Why a password cannot be chosen; undefined where it can (NIST SP 800-63B: length, not kinds). */
export function refusePassword(password: string, userName: string): string | undefined {
  const { length } = [...password];
  if (length < LENGTH_MIN) return `A password has at least ${LENGTH_MIN} characters.`;
  if (length > LENGTH_MAX) return `A password has at most ${LENGTH_MAX} characters.`;
  const isName = password.toLowerCase().includes(userName.toLowerCase().split('@')[0] || '\0');
  return isName ? 'A password does not hold the user name.' : undefined;
}

/** Gives a person a new password, and ends whatever was begun with the old one. */
export async function setPassword(
  account: Account,
  password: string,
  parts: AuthorityParts,
): Promise<void> {
  const hash = await hashPassword(password);
  await parts.store.transact(account.tenant, async (tx) => {
    const found = await tx.find('users', 'id', account.id, 'nothing');
    if (!found) throw new Refusal('notFound', 'The person is not in the directory any more.');
    tx.writeSecret(found.owner, PASSWORD, hash);
  });
  await endSignIns(account, parts);
}

/** Ends every session and token of a person: what was issued before now is refused. */
export async function endSignIns(
  { tenant, id }: Pick<Account, 'tenant' | 'id'>,
  parts: Pick<AuthorityParts, 'kept' | 'clock'>,
): Promise<void> {
  const subject = subjectOf(tenant, id);
  await parts.kept.removeSubject(subject, [SESSION, CODE, REFRESH]);
  await revokeBefore(subject, parts);
}

/** Refuses from now on what has been issued to somebody, a person or an application, so far. */
export async function revokeBefore(
  subject: string,
  { kept, clock }: Pick<AuthorityParts, 'kept' | 'clock'>,
): Promise<void> {
  await writeGrant(kept, { kind: REVOKED, key: subject }, () => {
    return { subject, value: String(clock.now()), expiresAt: FOREVER };
  });
}

/** Lets a person administer the directory, or not any more. */
export async function setAdministrator(
  { tenant, id }: Pick<Account, 'tenant' | 'id'>,
  isOne: boolean,
  { kept }: Pick<AuthorityParts, 'kept'>,
): Promise<void> {
  const subject = subjectOf(tenant, id);
  if (!isOne) return kept.remove(ROLE, subject);
  const value = ADMINISTRATOR;
  await kept.add({
    kind: ROLE,
    key: subject,
    subject,
    family: tenant.id,
    value,
    expiresAt: FOREVER,
  });
}

/** Whether a directory has an administrator. */
export async function hasAdministrator({ kept }: Pick<AuthorityParts, 'kept'>): Promise<boolean> {
  return (await kept.list(ROLE)).some(({ value }) => value === ADMINISTRATOR);
}
