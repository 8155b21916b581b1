import { type Account, findAccount, tenantOfUser } from '#authority/people/account.ts';
import {
  type FoundLink,
  findLink,
  type LinkPurpose,
  makeLink,
  useLink,
} from '#authority/people/one-time-link.ts';
import { refusePassword, setAdministrator, setPassword } from '#authority/people/set-password.ts';
import { checkAttempts, recordFailure } from '#authority/people/throttle.ts';
import { isGuid, newId } from '#ids.ts';
import type { Tenant } from '#plan/caller.ts';
import type { Exchange } from './exchange.ts';
import { isOwnForm, newFormToken } from './form-token.ts';
import { forgottenPage, newPasswordPage, setUpPage } from './pages/account-pages.ts';
import { messagePage } from './pages/message-page.ts';
import { sendPage } from './pages/send-page.ts';

const PASSWORD_LINK_MS = 30 * 60_000;
const USER_NAME = /^[^\s@"'<>]{1,64}@[a-z0-9.-]{1,255}$/i;

/** Serves the one-time link by which the first administrator comes in. */
export async function setUp(exchange: Exchange): Promise<unknown> {
  const link = await openLink(exchange, 'setup');
  if (!link) return sendStale(exchange);
  const { form, parts, request } = exchange;
  const tenant = await parts.store.findTenant(link.tenant);
  if (!tenant) return sendStale(exchange);
  if (request.method !== 'POST') return sendSetUp(exchange, tenant, undefined);
  if (!isOwnForm(exchange)) return sendSetUp(exchange, tenant, 'Please try again.');
  const userName = (form.get('username') ?? '').trim().toLowerCase();
  const displayName = (form.get('name') ?? '').trim();
  const problem = refuseNames(userName, displayName) ?? refuseChoice(exchange, userName);
  if (problem !== undefined) return sendSetUp(exchange, tenant, problem);
  if (!(await useLink(link, parts))) return sendStale(exchange);
  const known = await findAccount(tenant, userName, parts);
  const account = known ?? (await addPerson(exchange, tenant, { userName, displayName }));
  await setPassword(account, form.get('password')!, parts);
  await setAdministrator(account, true, parts);
  return sendDone(exchange, `${userName} administers ${tenant.displayName} now.`);
}

/** Serves the one-time link by which a person chooses a new password. */
export async function newPassword(exchange: Exchange): Promise<unknown> {
  const link = await openLink(exchange, 'password');
  const { form, parts, request, reply } = exchange;
  const tenant = link && (await parts.store.findTenant(link.tenant));
  const account = tenant && link?.user && (await findAccount(tenant, link.user, parts));
  if (!link || !account) return sendStale(exchange);
  const userName = account.userPrincipalName;
  const send = (error: string | undefined) =>
    sendPage(reply, {
      title: 'Choose a password',
      body: newPasswordPage({
        formToken: newFormToken(exchange),
        ...tokenOf(exchange),
        userName,
        error,
      }),
    });
  if (request.method !== 'POST') return send(undefined);
  if (!isOwnForm(exchange)) return send('Please try again.');
  const problem = refuseChoice(exchange, userName);
  if (problem !== undefined) return send(problem);
  if (!(await useLink(link, parts))) return sendStale(exchange);
  await setPassword(account, form.get('password')!, parts);
  return sendDone(exchange, `The password of ${userName} is changed. Sign in again everywhere.`);
}

/** Serves the page for those who have forgotten their password: the operator gets a link for them. */
export async function forgotten(exchange: Exchange): Promise<unknown> {
  const { form, parts, request, reply, options } = exchange;
  const userName = (form.get('username') ?? '').trim();
  if (request.method !== 'POST' || !isOwnForm(exchange) || userName === '') {
    const body = forgottenPage({ formToken: newFormToken(exchange), error: undefined });
    return sendPage(reply, { title: 'Forgotten password', body });
  }
  const subject = `forgotten ${request.socket.remoteAddress}`;
  await checkAttempts(subject, parts);
  await recordFailure(subject, parts);
  const tenant = await tenantOfUser(userName, parts);
  const account = await findAccount(tenant, userName, parts);
  if (account?.isEnabled) {
    options.tellOperator(await makePasswordLink(account, exchange));
  }
  return sendDone(exchange, 'If there is such an account, your operator has a link for you now.');
}

/** A sentence with a link by which a person chooses a new password, once. */
export async function makePasswordLink(account: Account, { parts }: Exchange): Promise<string> {
  const now = parts.clock.now();
  const whose = { tenant: account.tenant, user: account.id };
  const secret = await makeLink('password', whose, PASSWORD_LINK_MS, { kept: parts.kept, now });
  const url = `${parts.origins().main}/_kith/password?token=${secret}`;
  return `A link for ${account.userPrincipalName} to choose a new password, good once within 30 minutes: ${url}`;
}

async function openLink(exchange: Exchange, purpose: LinkPurpose): Promise<FoundLink | undefined> {
  const { kept, clock } = exchange.parts;
  return findLink(purpose, tokenOf(exchange).token, { kept, now: clock.now() });
}

function tokenOf({ query, form }: Exchange): { readonly token: string } {
  return { token: form.get('token') ?? query.get('token') ?? '' };
}

function refuseNames(userName: string, displayName: string): string | undefined {
  if (!USER_NAME.test(userName) || isGuid(userName)) {
    return 'A user name looks like ada@example.org.';
  }
  if (displayName === '' || displayName.length > 256) return 'Write the name of the person.';
  return undefined;
}

function refuseChoice({ form }: Exchange, userName: string): string | undefined {
  const password = form.get('password') ?? '';
  if (password !== form.get('again')) return 'The two passwords differ.';
  return refusePassword(password, userName);
}

/** Adds a person as a line of a seed does: checked against the model. */
async function addPerson(
  { parts, options }: Exchange,
  tenant: Tenant,
  { userName, displayName }: { userName: string; displayName: string },
): Promise<Account> {
  await options.addPerson(tenant, {
    id: newId(),
    displayName,
    userPrincipalName: userName,
    mailNickname: userName.split('@')[0],
    accountEnabled: true,
    userType: 'Member',
  });
  const account = await findAccount(tenant, userName, parts);
  if (account) return account;
  throw new Error('The person was added, and is not there.');
}

function sendSetUp(exchange: Exchange, tenant: Tenant, error: string | undefined): unknown {
  const { form } = exchange;
  const body = setUpPage({
    formToken: newFormToken(exchange),
    ...tokenOf(exchange),
    tenant: tenant.displayName,
    userName: form.get('username') ?? '',
    displayName: form.get('name') ?? '',
    error,
  });
  return sendPage(exchange.reply, { title: 'Set Kith up', body });
}

function sendStale({ reply }: Exchange): unknown {
  const sentences = ['The link has been used, has expired, or was not copied whole.'];
  const body = messagePage('This link does not work', sentences);
  return sendPage(reply, { title: 'Link', body, status: 404 });
}

function sendDone({ reply }: Exchange, sentence: string): unknown {
  return sendPage(reply, { title: 'Done', body: messagePage('Done', [sentence]) });
}
