import { Refusal } from '#errors.ts';
import type { Document, Value } from '#plan/document.ts';
import { invalidValue } from './refuse-values.ts';

const LENGTH_MIN = 8;
const LENGTH_MAX = 256;
/** Lower case, upper case, digits, and everything else; a strong password has three of them. */
const KINDS = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{L}\p{Nd}\s]/u];
const KINDS_MIN = 3;
const POLICIES = ['None', 'DisableStrongPassword', 'DisablePasswordExpiration'];

/** Refuses a new password that is too short, too long, or too simple where it has to be strong. */
export function checkNewPassword(profile: Value | undefined, policies: Value | undefined): void {
  const password = (profile as Document | null | undefined)?.password;
  if (typeof password !== 'string') return;
  const { length } = [...password];
  const kinds = KINDS.filter((kind) => kind.test(password)).length;
  const isFree = policiesOf(policies).includes('DisableStrongPassword');
  if (length >= LENGTH_MIN && length <= LENGTH_MAX && (isFree || kinds >= KINDS_MIN)) return;
  const message =
    'The specified password does not comply with password complexity requirements. ' +
    'Please provide a different password.';
  const advice =
    `A password has ${LENGTH_MIN} to ${LENGTH_MAX} characters, of ${KINDS_MIN} of these kinds: ` +
    'lower case, upper case, digits, symbols.';
  throw new Refusal('badRequest', message, {
    target: 'passwordProfile/password',
    details: [{ code: 'PasswordComplexity', message: advice, target: 'passwordProfile' }],
  });
}

/** Refuses password policies that Graph does not have. */
export function checkPolicies(value: Value | undefined): void {
  if (policiesOf(value).every((each) => POLICIES.includes(each))) return;
  const why = `The policies are ${POLICIES.join(', ')}, with a comma between two.`;
  throw invalidValue('User', 'passwordPolicies', why);
}

function policiesOf(value: Value | undefined): readonly string[] {
  return typeof value === 'string' ? value.split(',').map((each) => each.trim()) : [];
}
