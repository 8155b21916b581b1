import { formatInstant } from '#clock.ts';
import { Refusal } from '#errors.ts';
import { securityIdentifierOf } from '#ids.ts';
import type { Change } from '#plan/change.ts';
import type { Document, Value } from '#plan/document.ts';
import type { BeginContext, SettleContext, TypeRules, WriteContext } from '../type-rules.ts';
import { checkAddressesFree, checkMail, followMail, newAddresses } from './addresses.ts';
import { legalAgeGroupOf } from './age-groups.ts';
import { withoutEmptySets } from './custom-attributes.ts';
import { settleExtensions } from './directory-extensions.ts';
import { checkNewPassword, checkPolicies } from './passwords.ts';
import { checkRequired, invalidValue, ownRequest, readOnlyProperty } from './refuse-values.ts';
import { checkNickname, checkUserName, withUserName } from './user-names.ts';
import {
  neverCleared,
  neverSet,
  onceOnPage,
  ownPatch,
  synchronized,
  userChoices,
} from './user-properties.ts';

/** What Graph's page "Create user" requires, as paths. */
const needed = [
  'accountEnabled',
  'displayName',
  'mailNickname',
  'passwordProfile/password',
  'userPrincipalName',
];
/** What it requires of somebody who signs in with another identity. */
const neededOfOthers = ['displayName', 'identities'];

/** What Graph says of users when they are made and changed. */
export const userRules: TypeRules = {
  begin: beginUser,
  admit: admitUser,
  settle: settleUser,
};

function beginUser(given: Document, context: BeginContext): Document {
  const { fidelity, now, caller } = context;
  const at = formatInstant(now);
  const set = {
    createdDateTime: at,
    securityIdentifier: securityIdentifierOf(String(given.id)),
    ...(hasPassword(given) ? { lastPasswordChangeDateTime: at } : {}),
  };
  if (fidelity === 'odata') return { userType: 'Member', ...given, ...set };
  const isLocal = hasOtherIdentity(given.identities);
  const [domain = 'localhost'] = caller.tenant.domains;
  const id = String(given.id);
  const made = isLocal
    ? { accountEnabled: true, mailNickname: id, userPrincipalName: `${id}@${domain}` }
    : {};
  const members = { userType: 'Member', ...made, ...withoutUnset(given, neverSet) };
  checkRequired(members, isLocal ? neededOfOthers : needed, describeMissing);
  const sessions = { signInSessionsValidFromDateTime: at, refreshTokensValidFromDateTime: at };
  return { ...members, ...set, ...sessions };
}

function describeMissing(path: string): string {
  if (path === 'passwordProfile/password') {
    return 'A password must be specified to create a new user.';
  }
  return `Property ${path} value is required but is empty or missing.`;
}

/** Without what only the server sets. */
function withoutUnset(members: Document, names: ReadonlySet<string>): Document {
  const rest: Document = {};
  for (const [name, value] of Object.entries(members)) if (!names.has(name)) rest[name] = value;
  return rest;
}

function hasPassword({ passwordProfile }: Document): boolean {
  return typeof (passwordProfile as Document | null | undefined)?.password === 'string';
}

function hasOtherIdentity(identities: Value | undefined): boolean {
  if (!Array.isArray(identities)) return false;
  return (identities as Document[]).some(({ signInType }) => signInType !== 'userPrincipalName');
}

/** Live Graph refuses what only the server sets, and mixtures of what different services keep. */
function admitUser({ members, undeclared }: Change, { fidelity }: WriteContext): void {
  if (fidelity === 'odata') return;
  const names = [...members.keys(), ...undeclared.keys()].filter((name) => name !== 'id');
  const isStrict = fidelity === 'graph';
  const fixed = names.find((name) => neverSet.has(name) && (isStrict || !onceOnPage.has(name)));
  if (fixed !== undefined) throw readOnlyProperty(fixed);
  if (!isStrict) return;
  const own = names.filter((name) => ownPatch.has(name));
  if (own.length > 0 && own.length < names.length) throw ownRequest([...ownPatch], own[0]!);
}

async function settleUser(written: Document, context: SettleContext): Promise<Document> {
  const more: Document = {};
  const { fidelity, before, now, owner } = context;
  const value = (name: string) => (name in written ? written[name] : before(name));
  const isNew = owner === undefined;
  Object.assign(more, await settleExtensions('User', written, context));
  if (fidelity !== 'odata') {
    if (fidelity === 'graph' && !isNew) checkSynchronized(written, before);
    checkValues(written);
    if ('userPrincipalName' in written) checkUserName(written.userPrincipalName, context);
    if ('mailNickname' in written) checkNickname('User', written.mailNickname);
    if ('passwordPolicies' in written) checkPolicies(written.passwordPolicies);
    checkNewPassword(written.passwordProfile, value('passwordPolicies'));
    Object.assign(more, followValues(written, value));
    if (fidelity === 'graph' && !isNew) checkIdentities(written);
  }
  const isDated = 'lastPasswordChangeDateTime' in written;
  if (!isNew && hasPassword(written) && !isDated) {
    more.lastPasswordChangeDateTime = formatInstant(now);
  }
  const { userPrincipalName: name } = written;
  if (typeof name === 'string') {
    more.identities = withUserName(value('identities'), name, context);
  }
  const isMailed = 'mail' in written && !('proxyAddresses' in written);
  if (isMailed && (written.mail ?? null) !== (before('mail') ?? null)) {
    if (fidelity !== 'odata') checkMail('User', written.mail);
    more.proxyAddresses = followMail(written.mail, before('proxyAddresses'));
  }
  if (fidelity !== 'odata') {
    const addresses = more.proxyAddresses ?? written.proxyAddresses;
    const added = addresses === undefined ? [] : newAddresses(addresses, before('proxyAddresses'));
    await checkAddressesFree(added, context);
  }
  return more;
}

/** What follows from other values that are written, and the form in which values are kept. */
function followValues(written: Document, value: SettleContext['before']): Document {
  const more: Document = {};
  const { customSecurityAttributes } = written;
  if (customSecurityAttributes) {
    more.customSecurityAttributes = withoutEmptySets(customSecurityAttributes as Document);
  }
  const isAged = 'ageGroup' in written || 'consentProvidedForMinor' in written;
  if (isAged && (written.legalAgeGroupClassification ?? null) === null) {
    const [age, consent] = [value('ageGroup'), value('consentProvidedForMinor')];
    more.legalAgeGroupClassification = legalAgeGroupOf(age, consent);
  }
  return more;
}

/** Identities are written as a whole, the user name among them (Graph's page "Update user"). */
function checkIdentities({ identities, userPrincipalName }: Document): void {
  if (!Array.isArray(identities) || userPrincipalName !== undefined) return;
  const kinds = (identities as Document[]).map(({ signInType }) => signInType);
  if (kinds.includes('userPrincipalName')) return;
  throw invalidValue('User', 'identities', 'One is of the signInType userPrincipalName.');
}

/** What comes from another directory is changed there. */
function checkSynchronized(written: Document, before: SettleContext['before']): void {
  if (before('onPremisesSyncEnabled') !== true) return;
  const name = Object.keys(written).find((each) => synchronized.has(each));
  if (name === undefined) return;
  const why =
    'Unable to update the specified properties for on-premises mastered Directory Sync objects ' +
    'or objects currently undergoing migration.';
  throw new Refusal('badRequest', why, { target: name });
}

/** Refuses values that Graph does not take, property by property. */
function checkValues(written: Document): void {
  for (const [name, value] of Object.entries(written)) {
    if (value === '' && !ownPatch.has(name)) {
      throw invalidValue('User', name, 'An empty text clears nothing: send null.');
    }
    if (value === null && neverCleared.has(name)) {
      throw invalidValue('User', name, 'The property cannot be cleared.');
    }
    const choice = userChoices.get(name);
    if (choice && value !== null && value !== undefined && !choice.accepts(value)) {
      throw invalidValue('User', name, choice.why);
    }
  }
}
