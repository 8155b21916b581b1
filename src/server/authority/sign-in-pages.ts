import { listMembers, MEMBERS_MAX } from '#authority/clients/list-members.ts';
import type {
  AuthorizationRequest,
  ReplyAddress,
} from '#authority/grants/authorization-request.ts';
import type { NextStep } from '#authority/grants/authorize.ts';
import { accountOf } from '#authority/people/account.ts';
import { isAdministrator } from '#authority/people/consent.ts';
import type { Exchange } from './exchange.ts';
import { newFormToken } from './form-token.ts';
import { formTargetOf, sendPage } from './pages/send-page.ts';
import {
  consentPage,
  type PickedPerson,
  passwordPage,
  pickerPage,
  type SignInPage,
} from './pages/sign-in-page.ts';

/** A browser's visit to the authorize endpoint. */
export interface Visit {
  readonly exchange: Exchange;
  readonly address: ReplyAddress;
  readonly request: AuthorizationRequest;
  /** The parameters of the request, which its forms carry on. */
  readonly params: ReadonlyMap<string, string>;
}

/** Sends the page on which a person says who they are. */
export async function sendSignInPage(visit: Visit, error: string | undefined): Promise<unknown> {
  const { exchange, address, request, params } = visit;
  const { reply, parts, form } = exchange;
  const common = { ...signInPage(visit), error };
  const userName = form.get('username') ?? request.loginHint ?? '';
  const body = parts.isBench
    ? pickerPage({ ...common, ...(await findPeople(exchange, address)), params })
    : passwordPage({ ...common, userName });
  const title = `Sign in to ${common.application}`;
  return sendPage(reply, { title, body, formTarget: formTargetOf(address.redirect.uri) });
}

/** Sends the page on which a person agrees to what an application wants. */
export async function sendConsentPage(
  visit: Visit,
  { signIn, names, forAdministrator }: Extract<NextStep, { kind: 'consent' }>,
): Promise<unknown> {
  const { reply, parts } = visit.exchange;
  const { account } = signIn;
  const isRuler = parts.isBench || (await isAdministrator(account, parts));
  const body = consentPage({
    ...signInPage(visit),
    userName: account.userPrincipalName,
    names,
    forbidden: isRuler ? [] : forAdministrator,
    canAgreeForAll: isRuler && !parts.isBench,
  });
  const formTarget = formTargetOf(visit.address.redirect.uri);
  return sendPage(reply, { title: 'Permissions', body, formTarget });
}

function signInPage({ exchange, address, params }: Visit): SignInPage {
  const { client, redirect } = address;
  const path = exchange.request.raw.url!.split('?', 1)[0]!;
  const { protocol, host } = new URL(redirect.uri);
  return {
    application: client.registration?.displayName ?? client.appId,
    destination: host === '' ? protocol : host,
    tenant: client.tenant.displayName || client.tenant.id,
    action: `${path}?${new URLSearchParams([...params])}`,
    formToken: newFormToken(exchange),
  };
}

async function findPeople({ query, parts }: Exchange, { client }: ReplyAddress) {
  const search = (query.get('kith_search') ?? '').slice(0, 100);
  const { tenant } = client;
  const found = await listMembers({ ...parts, tenant, set: 'users', search });
  const people = found.flatMap(({ owner, text }): PickedPerson[] => {
    const account = accountOf(tenant, owner, text);
    const { jobTitle } = JSON.parse(text) as { jobTitle?: string | null };
    return account.isEnabled ? [{ ...account, jobTitle: jobTitle ?? undefined }] : [];
  });
  return { people, search, hasMore: found.length === MEMBERS_MAX };
}
