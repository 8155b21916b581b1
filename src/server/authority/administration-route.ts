import { addSecret } from '#authority/clients/credentials.ts';
import { type Account, checkPassword, findAccount } from '#authority/people/account.ts';
import { isAdministrator } from '#authority/people/consent.ts';
import { endSignIns, setAdministrator } from '#authority/people/set-password.ts';
import { findSession } from '#authority/people/sign-in-session.ts';
import { ProtocolError } from '#authority/protocol/protocol-error.ts';
import { makePasswordLink } from './account-routes.ts';
import { enter } from './authorize-route.ts';
import { readCookie, SESSION_COOKIE } from './cookies.ts';
import type { Exchange } from './exchange.ts';
import { isOwnForm, newFormToken } from './form-token.ts';
import { administrationPage } from './pages/administration-page.ts';
import { messagePage } from './pages/message-page.ts';
import { sendPage } from './pages/send-page.ts';
import { passwordPage } from './pages/sign-in-page.ts';

const URL_PATH = '/_kith/administration';
const TITLE = 'Administration';

/**
 * Serves the page on which administrators make others so, hand out links for new passwords, end
 * sign-ins, and give applications secrets.
 */
export async function administration(exchange: Exchange): Promise<unknown> {
  const { form, parts, reply, request } = exchange;
  const isForm = request.method === 'POST';
  if (isForm && !isOwnForm(exchange)) return sendSignIn(exchange, 'Please try again.');
  if (isForm && form.get('kith_action') === 'password') return signIn(exchange);
  const session = await findSession(readCookie(exchange, SESSION_COOKIE), undefined, parts);
  if (!session) return sendSignIn(exchange, undefined);
  const { account } = session;
  if (!(await isAdministrator(account, parts))) {
    const body = messagePage('Administrators only', [`${account.userPrincipalName} is none.`]);
    return sendPage(reply, { title: TITLE, body, status: 403 });
  }
  if (!isForm) return sendAdministration(exchange, account, undefined);
  const outcome = await act(exchange, account);
  exchange.options.log.info({ by: account.id, action: form.get('kith_action') }, 'administered');
  return sendAdministration(exchange, account, outcome);
}

async function signIn(exchange: Exchange): Promise<unknown> {
  const { form, parts } = exchange;
  const userName = form.get('username') ?? '';
  const tenant = await parts.store.findTenant(userName.split('@')[1] || undefined);
  try {
    if (!tenant) throw new ProtocolError('wrongPassword', 'There is no such account.');
    const account = await checkPassword(tenant, userName, form.get('password') ?? '', parts);
    await enter(exchange, account, 'pwd');
    return exchange.reply.code(303).header('Location', URL_PATH).send();
  } catch (error) {
    if (error instanceof ProtocolError) return sendSignIn(exchange, error.message);
    throw error;
  }
}

/** What has come of an action, as a sentence. */
async function act(exchange: Exchange, by: Account): Promise<string> {
  const { form, parts } = exchange;
  const action = form.get('kith_action');
  if (action === 'secret') return giveSecret(exchange, by);
  const userName = (form.get('username') ?? '').trim();
  const account = await findAccount(by.tenant, userName, parts);
  if (!account) return `There is nobody called '${userName}'.`;
  const { userPrincipalName: name } = account;
  if (action === 'link') return makePasswordLink(account, exchange);
  if (action === 'end') {
    await endSignIns(account, parts);
    return `${name} is signed out everywhere.`;
  }
  if (action === 'appoint') {
    await setAdministrator(account, true, parts);
    return `${name} administers the directory now.`;
  }
  if (action !== 'dismiss') return 'Nothing was done.';
  if (account.id === by.id) return 'Somebody else has to do that: one administrator stays.';
  await setAdministrator(account, false, parts);
  return `${name} does not administer the directory any more.`;
}

async function giveSecret({ form, parts }: Exchange, { tenant }: Account): Promise<string> {
  const appId = (form.get('application') ?? '').trim().toLowerCase();
  const owner = { tenant, set: 'applications', property: 'appId', value: appId } as const;
  const added = await addSecret(owner, {}, parts);
  if (!added) return `There is no application '${appId}'.`;
  return `The new secret of ${appId}, which is not shown again: ${String(added.secretText)}`;
}

function sendAdministration(
  exchange: Exchange,
  account: Account,
  outcome: string | undefined,
): unknown {
  const body = administrationPage({
    action: URL_PATH,
    formToken: newFormToken(exchange),
    userName: account.userPrincipalName,
    tenant: account.tenant.displayName,
    outcome,
  });
  return sendPage(exchange.reply, { title: TITLE, body });
}

function sendSignIn(exchange: Exchange, error: string | undefined): unknown {
  const body = passwordPage({
    application: TITLE,
    destination: undefined,
    tenant: 'this directory',
    action: URL_PATH,
    formToken: newFormToken(exchange),
    userName: exchange.form.get('username') ?? '',
    error,
  });
  return sendPage(exchange.reply, { title: TITLE, body });
}
