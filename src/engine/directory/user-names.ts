import { Refusal } from '#errors.ts';
import type { Document, Value } from '#plan/document.ts';
import type { SettleContext } from '../type-rules.ts';
import { invalidValue } from './refuse-values.ts';

/** Characters of the part before the `@`, as Graph's page lists them. */
const LOCAL_PART = /^[A-Za-z0-9'._!#^~-]{1,64}$/;
const DOMAIN_MAX = 48;
const NICKNAME = /^[^\s@()[\]\\";:<>,]{1,64}$/;

/** Refuses a user name of other characters, or in a domain that is not the tenant's. */
export function checkUserName(value: Value | undefined, { caller }: SettleContext): void {
  const name = typeof value === 'string' ? value : '';
  const at = name.lastIndexOf('@');
  const [local, domain] = [name.slice(0, Math.max(at, 0)), name.slice(at + 1).toLowerCase()];
  if (at < 1 || !LOCAL_PART.test(local) || local.endsWith('.') || domain.length > DOMAIN_MAX) {
    const message = 'One or more properties contains invalid values.';
    const advice = "Before the @ of a user name stand letters, digits and ' . - _ ! # ^ ~ alone.";
    const details = [{ code: 'InvalidValue', message: advice, target: 'userPrincipalName' }];
    throw new Refusal('badRequest', message, { target: 'userPrincipalName', details });
  }
  const domains = caller.tenant.domains.map((each) => each.toLowerCase());
  if (domains.length === 0 || domains.includes(domain)) return;
  const message =
    'The domain portion of the userPrincipalName property is invalid. ' +
    'You must use one of the verified domain names in your organization.';
  const advice = `Verified domains: ${domains.join(', ')}.`;
  const details = [{ code: 'InvalidValue', message: advice, target: 'userPrincipalName' }];
  throw new Refusal('badRequest', message, { target: 'userPrincipalName', details });
}

/** Refuses a mail alias with characters that addresses do not have. */
export function checkNickname(resource: string, value: Value | undefined): void {
  if (typeof value === 'string' && NICKNAME.test(value)) return;
  const why = 'An alias has 1 to 64 characters, no spaces and none of @ ( ) [ ] " ; : < > , \\.';
  throw invalidValue(resource, 'mailNickname', why);
}

/** The identities of a person whose user name is this, with the others that there are. */
export function withUserName(
  identities: Value | undefined,
  userName: string,
  { caller }: SettleContext,
): Document[] {
  const issuer = caller.tenant.domains[0] ?? userName.slice(userName.indexOf('@') + 1);
  const others = (Array.isArray(identities) ? (identities as Document[]) : []).filter(
    ({ signInType }) => signInType !== 'userPrincipalName',
  );
  return [...others, { signInType: 'userPrincipalName', issuer, issuerAssignedId: userName }];
}
