import { formatInstant } from '#clock.ts';
import { Refusal } from '#errors.ts';
import { securityIdentifierOf } from '#ids.ts';
import type { Change } from '#plan/change.ts';
import type { Document } from '#plan/document.ts';
import type { BeginContext, SettleContext, TypeRules, WriteContext } from '../type-rules.ts';
import type { Draft, Held } from '../writing/draft.ts';
import { connect } from '../writing/relate.ts';
import { checkAddressesFree } from './addresses.ts';
import { settleExtensions } from './directory-extensions.ts';
import {
  checkRequired,
  invalidValue,
  ownRequest,
  readOnlyProperty,
  sameValue,
} from './refuse-values.ts';
import { checkNickname } from './user-names.ts';

/** What Graph's page "Create group" requires. */
const needed = ['displayName', 'mailEnabled', 'mailNickname', 'securityEnabled'];
const kinds = ['Unified', 'DynamicMembership'];
const ASCII = /^[\x21-\x7e]*$/;
const visibilities = ['Private', 'Public', 'HiddenMembership'];

/** Properties that only the server sets. */
const neverSet: ReadonlySet<string> = new Set(
  (
    'assignedLicenses createdByAppId createdDateTime deletedDateTime expirationDateTime ' +
    'hasMembersWithLicenseErrors isArchived isManagementRestricted licenseProcessingState mail ' +
    'onPremisesDomainName onPremisesLastSyncDateTime onPremisesNetBiosName ' +
    'onPremisesProvisioningErrors onPremisesSamAccountName onPremisesSecurityIdentifier ' +
    'onPremisesSyncEnabled proxyAddresses renewedDateTime securityIdentifier ' +
    'serviceProvisioningErrors'
  ).split(' '),
);

/** Properties of the group's mailbox: a PATCH of them has no others. */
const ownPatch: ReadonlySet<string> = new Set(
  (
    'allowExternalSenders autoSubscribeNewMembers hideFromAddressLists hideFromOutlookClients ' +
    'isSubscribedByMail unseenCount'
  ).split(' '),
);

/** What the mailbox of a group is like at first, as the page of the type says. */
const mailbox: Document = {
  allowExternalSenders: false,
  autoSubscribeNewMembers: false,
  hideFromAddressLists: false,
  hideFromOutlookClients: false,
  isSubscribedByMail: true,
  unseenCount: 0,
};

/** Whether a change is of what a group's mailbox keeps: Graph answers it with 200. */
export function isOfMailbox({ type, members }: Change): boolean {
  const isGroup = type.name === 'microsoft.graph.group';
  return isGroup && [...members.keys()].some((name) => ownPatch.has(name));
}

/** What Graph says of groups when they are made and changed. */
export const groupRules: TypeRules = {
  begin: beginGroup,
  admit: admitGroup,
  settle: settleGroup,
  relate: relateGroup,
};

/** Whoever makes a group owns it, unless the body says who does. */
async function relateGroup(draft: Draft, held: Held, { related }: Change): Promise<void> {
  const { caller, fidelity = 'odata' } = draft.options;
  if (fidelity === 'odata' || caller.user === undefined || caller.isServer) return;
  const found = await draft.tx.find('users', 'id', caller.user, 'doc');
  if (!found) return;
  const names = related.has('owners') ? ['createdOnBehalfOf'] : ['owners', 'createdOnBehalfOf'];
  for (const name of names) {
    const navigation = held.type.navigation.get(name)!;
    await connect(draft, held, navigation, draft.root('users', found));
  }
}

function beginGroup(given: Document, { now, fidelity, caller }: BeginContext): Document {
  const at = formatInstant(now);
  const securityIdentifier = securityIdentifierOf(String(given.id));
  const set = { createdDateTime: at, renewedDateTime: at, securityIdentifier };
  if (fidelity === 'odata') return { ...given, ...set };
  const members: Document = {};
  for (const [name, value] of Object.entries(given)) {
    if (!neverSet.has(name)) members[name] = value;
  }
  checkRequired(members, needed, (path) => {
    return `A value is required for property '${path}' of resource 'Group'.`;
  });
  checkKind(members);
  if (!isUnified(members)) return { ...members, ...set };
  const mail = `${String(members.mailNickname)}@${caller.tenant.domains[0] ?? 'localhost'}`;
  const visibility = members.visibility ?? 'Public';
  return { ...mailbox, ...members, visibility, mail, proxyAddresses: [`SMTP:${mail}`], ...set };
}

function isUnified({ groupTypes }: Document): boolean {
  return Array.isArray(groupTypes) && groupTypes.includes('Unified');
}

/** Groups are for mail, for security, or for both where they are Microsoft 365 groups. */
function checkKind(members: Document): void {
  const { groupTypes, mailEnabled, securityEnabled, membershipRule } = members;
  const types = (groupTypes ?? []) as string[];
  const unknown = types.find((each) => !kinds.includes(each));
  if (unknown !== undefined) {
    throw invalidValue('Group', 'groupTypes', `The types are ${kinds.join(' and ')}.`);
  }
  if (isUnified(members) && mailEnabled !== true) {
    throw invalidValue('Group', 'mailEnabled', 'A Microsoft 365 group is mail-enabled.');
  }
  if (!isUnified(members) && mailEnabled === true) {
    const message =
      'The service does not currently support writes of mail-enabled groups. Please ensure that ' +
      'the mail-enablement property is unset and the security-enablement property is set.';
    throw new Refusal('badRequest', message, { target: 'mailEnabled' });
  }
  if (mailEnabled !== true && securityEnabled !== true) {
    throw invalidValue('Group', 'securityEnabled', 'A group is for mail, for security, or both.');
  }
  const isDynamic = types.includes('DynamicMembership');
  if (members.isAssignableToRole === true && (securityEnabled !== true || isDynamic)) {
    const why = 'A group to which a role is assigned is for security, and has no rule.';
    throw invalidValue('Group', 'isAssignableToRole', why);
  }
  if (isDynamic !== (typeof membershipRule === 'string')) {
    const why = 'A membership rule goes with the type DynamicMembership.';
    throw invalidValue('Group', 'membershipRule', why);
  }
}

function admitGroup({ members }: Change, { fidelity }: WriteContext): void {
  if (fidelity === 'odata') return;
  const names = [...members.keys()].filter((name) => name !== 'id');
  const fixed = names.find((name) => neverSet.has(name));
  if (fixed !== undefined) throw readOnlyProperty(fixed);
  const own = names.filter((name) => ownPatch.has(name));
  const isMixed = own.length > 0 && own.length < names.length;
  if (fidelity === 'graph' && isMixed) {
    throw ownRequest([...ownPatch], own[0]!);
  }
}

async function settleGroup(written: Document, context: SettleContext): Promise<Document> {
  const { fidelity, owner, before } = context;
  const more = await settleExtensions('Group', written, context);
  if (fidelity === 'odata') return more;
  checkValues(written, before, owner === undefined);
  // An empty text means what a group without any has (Graph's page "Update group").
  if (written.visibility === '') more.visibility = 'Public';
  const { mailNickname } = written;
  if (mailNickname === undefined || mailNickname === before('mailNickname')) return more;
  checkNickname('Group', mailNickname);
  if (!ASCII.test(String(mailNickname))) {
    throw invalidValue('Group', 'mailNickname', 'Its characters are those of ASCII.');
  }
  const nickname = String(mailNickname);
  const same = await context.reader.find('groups', 'mailNickname', nickname, 'nothing');
  if (same && same.owner !== owner) throw sameValue('mailNickname', nickname);
  if (owner === undefined && typeof written.mail === 'string') {
    await checkAddressesFree([`SMTP:${written.mail}`], context);
  }
  return more;
}

function checkValues(written: Document, before: SettleContext['before'], isNew: boolean): void {
  for (const name of ['displayName', 'mailNickname', 'mailEnabled', 'securityEnabled']) {
    if (name in written && (written[name] ?? '') === '') {
      throw invalidValue('Group', name, 'The property cannot be cleared.');
    }
  }
  if (written.description === '') {
    throw invalidValue('Group', 'description', 'An empty text clears nothing: send null.');
  }
  const { visibility, isAssignableToRole } = written;
  if (typeof visibility === 'string' && !['', ...visibilities].includes(visibility)) {
    throw invalidValue('Group', 'visibility', `The values are ${visibilities.join(', ')}.`);
  }
  if (isNew) return;
  if (visibility === 'HiddenMembership' && before('visibility') !== visibility) {
    throw invalidValue('Group', 'visibility', 'HiddenMembership is set when a group is made.');
  }
  if (
    'isAssignableToRole' in written &&
    (isAssignableToRole ?? null) !== (before('isAssignableToRole') ?? null)
  ) {
    throw readOnlyProperty('isAssignableToRole');
  }
}
