import { writeRedemption } from '#authority/people/redemption.ts';
import { formatInstant } from '#clock.ts';
import { checkOperation } from '#engine/access/check-access.ts';
import { INVITED, writeGuestState } from '#engine/directory/guest-state.ts';
import { firstMembers } from '#engine/writing/apply-change.ts';
import { createEntity } from '#engine/writing/create.ts';
import { Refusal } from '#errors.ts';
import { newId } from '#ids.ts';
import type { EntityType } from '#model/model.ts';
import { decodeChange } from '#odata/decode-change.ts';
import type { Answer } from '#plan/answer.ts';
import type { Caller } from '#plan/caller.ts';
import { compareProperty } from '#plan/compare-property.ts';
import { formatContext } from '#plan/context-url.ts';
import type { Document } from '#plan/document.ts';
import { nothingAsked } from '#plan/query.ts';
import { readJson } from '../read-json.ts';
import type { Asked } from '../requests/asked.ts';
import type { ServiceAnswer } from '../service-request.ts';
import { answerWritten } from './answer-written.ts';

/** One address: no spaces, one `@`, a domain with a dot. */
const ADDRESS = /^[^\s@"(),:;<>[\\\]]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+$/i;
const REDIRECT_MAX = 2048;

/** What an invitation shows of which nothing is said, as Graph has it. */
const unsaid: Document = {
  invitedUserDisplayName: null,
  invitedUserType: 'Guest',
  invitedUserMessageInfo: {
    ccRecipients: [{ emailAddress: { name: null, address: null } }],
    customizedMessageBody: null,
    messageLanguage: null,
  },
  resetRedemption: false,
  sendInvitationMessage: false,
};

interface Guest {
  readonly id: string;
  readonly state: string;
}

/**
 * Invites somebody by an address: makes them a guest of the directory, and answers with the URL by
 * which they accept (Graph's page "Create invitation"). Who has been invited before stays the same
 * guest; who belongs to the directory is refused. No mail is sent.
 */
export async function answerInvite(asked: Asked): Promise<ServiceAnswer> {
  const { request, caller, model, target, parts } = asked;
  checkOperation(caller, 'POST /invitations', model);
  const written = readJson(request) as Readonly<Record<string, unknown>> | null;
  // A guest who is invited again is named; the address tells as much.
  const { invitedUser: _, ...rest } = written ?? {};
  const change = decodeChange(model, target.type, rest);
  const members = firstMembers(change);
  const address = checkAddress(members.invitedUserEmailAddress, caller);
  const redirect = checkRedirect(members.inviteRedirectUrl);
  const guest =
    (await findGuest(asked, address, members)) ?? (await makeGuest(asked, address, members));
  const to = { tenant: caller.tenant.id, user: guest.id, redirect };
  const query = writeRedemption(to, { now: parts.clock.now(), sign: parts.sign });
  const isAccepted = guest.state === 'Accepted';
  const shown: Document = {
    ...unsaid,
    ...members,
    id: newId(),
    inviteRedeemUrl: `${request.origin}/redeem?${query}`,
    status: isAccepted ? 'Completed' : 'PendingAcceptance',
  };
  const answer = answerOf(target.type, shown, guest.id);
  return answerWritten(request, { answer, isNew: true }, parts);
}

function checkAddress(written: Document[string], { tenant }: Caller): string {
  const address = typeof written === 'string' ? written.trim() : '';
  if (!ADDRESS.test(address)) {
    const message = 'The invited user email address is missing or is not valid.';
    throw new Refusal('badRequest', message, { target: 'invitedUserEmailAddress' });
  }
  const domain = address.slice(address.indexOf('@') + 1).toLowerCase();
  if (tenant.domains.some((each) => each.toLowerCase() === domain)) {
    const message = 'Invitee is in inviter tenant';
    throw new Refusal('badRequest', message, { target: 'invitedUserEmailAddress' });
  }
  return address;
}

/** Where the guest goes afterwards is written into a header: it is a URL of the web. */
function checkRedirect(written: Document[string]): string {
  const text = typeof written === 'string' ? written : '';
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:';
  if (url && isWeb && url.username === '' && text.length <= REDIRECT_MAX) return url.href;
  const message = 'The invite redirect URL is missing or is not a URL of the web.';
  throw new Refusal('badRequest', message, { target: 'inviteRedirectUrl' });
}

/** Whoever has the address already: a guest; refuses one who belongs to the directory. */
async function findGuest(
  { caller, model, parts }: Asked,
  address: string,
  { resetRedemption }: Document,
): Promise<Guest | undefined> {
  // To make a guest accept once more is to change the guest.
  if (resetRedemption === true) checkOperation(caller, 'PATCH /users/{id}', model);
  const { type } = model.resources.get('users')!;
  const filter = compareProperty([type.properties.get('mail')!], 'eq', address);
  const source = { kind: 'set', set: 'users', type } as const;
  const asked = { ...nothingAsked, filter, pageSize: 1 };
  return parts.store.transact(caller.tenant, async (tx) => {
    const [found] = (await tx.query(source, asked, 'doc')).members;
    if (!found) return undefined;
    const { creationType, externalUserState } = JSON.parse(found.text) as Document;
    if (creationType !== INVITED) {
      const message =
        `The invited user already exists in the directory as object ID: ${found.key}. ` +
        'They can use that account to sign in to shared apps and resources.';
      throw new Refusal('badRequest', message, { target: 'invitedUserEmailAddress' });
    }
    if (resetRedemption !== true) return { id: found.key, state: String(externalUserState) };
    const state = 'PendingAcceptance';
    await writeGuestState(tx, { id: found.key, state, now: parts.clock.now() });
    return { id: found.key, state };
  });
}

async function makeGuest(
  { caller, model, parts, target }: Asked,
  address: string,
  members: Document,
): Promise<Guest> {
  const [domain = 'localhost'] = caller.tenant.domains;
  const alias = `${address.replace('@', '_')}#EXT#`;
  const users = model.resources.get('users')!;
  const state = 'PendingAcceptance';
  const change = decodeChange(model, users.type, {
    accountEnabled: true,
    creationType: INVITED,
    displayName: members.invitedUserDisplayName ?? address.slice(0, address.indexOf('@')),
    externalUserState: state,
    externalUserStateChangeDateTime: formatInstant(parts.clock.now()),
    mail: address,
    mailNickname: alias.slice(0, 64),
    otherMails: [address],
    proxyAddresses: [`SMTP:${address}`],
    userPrincipalName: `${alias}@${domain}`,
    userType: members.invitedUserType ?? 'Guest',
  });
  const plan = {
    ...{ model, change, languages: undefined },
    target: { ...target, resource: users, type: users.type, steps: [], template: '/users' },
    selection: { properties: undefined, expand: [], compute: [] },
  };
  // Who may invite need not be somebody who may make users as they like.
  const server: Caller = { ...caller, isUnrestricted: true, isServer: true };
  const { answer } = await createEntity(plan, server, { ...parts, fidelity: 'odata' });
  const [, id = ''] = /\('([^']+)'\)$/.exec(answer.path) ?? [];
  return { id, state };
}

function answerOf(type: EntityType, members: Document, guest: string): Answer {
  const navigation = type.navigation.get('invitedUser')!;
  const { target: user } = navigation;
  const content = { kind: 'members', members, names: type.properties.keys() } as const;
  const named = { kind: 'members', members: { id: guest }, names: ['id'] } as const;
  const value = {
    ...{ type: user, actualType: user, version: 0, path: `users('${guest}')` },
    ...{ content: named, expanded: [] },
  };
  const selection = { properties: undefined, expand: [], compute: [] };
  return {
    ...{ type, actualType: type, version: 1, content },
    path: `invitations('${String(members.id)}')`,
    context: formatContext({ kind: 'entity', path: 'invitations', selection }),
    expanded: [{ kind: 'entities', navigation, count: undefined, value }],
  };
}
