import { isGuid } from '#ids.ts';
import type { Tenant } from '#plan/caller.ts';
import type { AuthorityParts } from '../authority-parts.ts';
import { matchesPassword } from '../kept/hash-password.ts';
import { ProtocolError } from '../protocol/protocol-error.ts';
import { subjectOf } from '../tokens/standing.ts';
import { checkAttempts, recordFailure } from './throttle.ts';

/** A person who signs in. */
export interface Account {
  readonly tenant: Tenant;
  readonly owner: number;
  readonly id: string;
  readonly userPrincipalName: string;
  readonly displayName: string;
  readonly mail: string | undefined;
  readonly isEnabled: boolean;
}

/** The name under which the hash of a person's password is kept. */
export const PASSWORD = 'passwordProfile/password';
const NAME_MAX = 320;

/** A person by object id or user name, in any case. */
export async function findAccount(
  tenant: Tenant,
  written: string,
  { store, model }: AuthorityParts,
): Promise<Account | undefined> {
  if (!model.resources.get('users')?.type.properties.has('userPrincipalName')) return undefined;
  if (written === '' || written.length > NAME_MAX) return undefined;
  const property = isGuid(written) ? 'id' : 'userPrincipalName';
  const value = written.toLowerCase();
  const found = await store.reader(tenant).find('users', property, value, 'doc');
  return found && accountOf(tenant, found.owner, found.text);
}

/** A person as the store has them. */
export function accountOf(tenant: Tenant, owner: number, text: string): Account {
  const written = JSON.parse(text) as Readonly<Record<string, unknown>>;
  const { id, userPrincipalName, displayName, mail, accountEnabled } = written;
  const name = typeof userPrincipalName === 'string' ? userPrincipalName : String(id);
  return {
    tenant,
    owner,
    id: String(id),
    userPrincipalName: name,
    displayName: typeof displayName === 'string' ? displayName : name,
    mail: typeof mail === 'string' ? mail : undefined,
    isEnabled: accountEnabled !== false,
  };
}

/** The tenant in whose domain a user name lies, or the default one. */
export async function tenantOfUser(
  userName: string | undefined,
  { store }: AuthorityParts,
): Promise<Tenant> {
  const domain = userName?.split('@')[1];
  const named = domain ? await store.findTenant(domain) : undefined;
  const tenant = named ?? (await store.findTenant());
  if (!tenant) throw new ProtocolError('tenantNeeded', 'There is no tenant to sign in to.');
  return tenant;
}

/**
 * The person whose user name and password these are. Refuses wrong ones alike, and too many of them
 * before they are looked at. On a test bench people without a password take any.
 */
export async function checkPassword(
  tenant: Tenant,
  userName: string,
  password: string,
  parts: AuthorityParts,
): Promise<Account> {
  const name = userName.trim().toLowerCase();
  const subject = `sign-in ${subjectOf(tenant, name.slice(0, NAME_MAX))}`;
  await checkAttempts(subject, parts);
  const account = await findAccount(tenant, name, parts);
  const hash = account && (await parts.kept.secret(tenant, account.owner, PASSWORD));
  const isFree = parts.isBench && account !== undefined && hash === undefined && password !== '';
  if (!isFree && !(await matchesPassword(password, hash))) {
    await recordFailure(subject, parts);
    const message = 'Error validating credentials due to invalid username or password.';
    throw new ProtocolError('wrongPassword', message);
  }
  return checkEnabled(account!);
}

/** The person, if they may sign in. */
export function checkEnabled(account: Account): Account {
  if (account.isEnabled) return account;
  throw new ProtocolError('disabledUser', 'The user account is disabled.');
}
