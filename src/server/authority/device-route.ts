import { type Client, findClient } from '#authority/clients/client.ts';
import { listMembers, MEMBERS_MAX } from '#authority/clients/list-members.ts';
import { answerDevice, type FoundDevice, findDevice } from '#authority/grants/device-code.ts';
import { HashesBusyError } from '#authority/kept/hash-password.ts';
import {
  type Account,
  accountOf,
  checkEnabled,
  checkPassword,
  findAccount,
} from '#authority/people/account.ts';
import { agree, findGranted, isAdministrator } from '#authority/people/consent.ts';
import type { SignIn } from '#authority/people/sign-in.ts';
import { findSession } from '#authority/people/sign-in-session.ts';
import { checkAttempts, recordFailure } from '#authority/people/throttle.ts';
import { ProtocolError } from '#authority/protocol/protocol-error.ts';
import { readScopes } from '#authority/protocol/scopes.ts';
import { enter } from './authorize-route.ts';
import { readCookie, SESSION_COOKIE } from './cookies.ts';
import type { Exchange } from './exchange.ts';
import { isOwnForm, newFormToken } from './form-token.ts';
import { codePage, deviceAnsweredPage } from './pages/device-page.ts';
import { messagePage } from './pages/message-page.ts';
import { sendPage } from './pages/send-page.ts';
import { consentPage, passwordPage, pickerPage, type SignInPage } from './pages/sign-in-page.ts';

const ACTION = '/devicelogin';

/**
 * Serves the page on which a person lets a device sign in (RFC 8628, section 3.3): the code, who
 * they are, and whether they mean it, each a form of its own.
 */
export async function deviceLogin(exchange: Exchange): Promise<unknown> {
  const { request, form, query } = exchange;
  if (request.method === 'GET') return sendCodePage(exchange, query.get('user_code'), undefined);
  if (!isOwnForm(exchange))
    return sendCodePage(exchange, undefined, 'Please enter the code again.');
  const userCode = form.get('user_code') ?? '';
  const device = await seekDevice(exchange, userCode);
  if (!device) return sendCodePage(exchange, userCode, 'That code did not work. Check it.');
  try {
    return await goOn(exchange, userCode, device);
  } catch (error) {
    const isTheirs = error instanceof ProtocolError || error instanceof HashesBusyError;
    if (!isTheirs) throw error;
    const visit = await openVisit(exchange, userCode, device);
    return sendSignIn(exchange, visit, error.message);
  }
}

/** A person's visit with a code that is good. */
interface Visit {
  readonly userCode: string;
  readonly device: FoundDevice;
  readonly client: Client;
}

async function goOn(exchange: Exchange, userCode: string, device: FoundDevice): Promise<unknown> {
  const { parts, form, reply } = exchange;
  const visit = await openVisit(exchange, userCode, device);
  const action = form.get('kith_action');
  if (action === 'pick' || action === 'password') {
    const account = await identify(exchange, visit, action);
    const signIn = await enter(exchange, account, action === 'pick' ? 'pick' : 'pwd');
    return sendQuestion(exchange, visit, signIn);
  }
  if (action === 'decline') {
    await answerDevice(device, visit.client, undefined, parts);
    const body = deviceAnsweredPage(false);
    return sendPage(reply, { title: 'Declined', body });
  }
  const secret = readCookie(exchange, SESSION_COOKIE);
  const signIn = await findSession(secret, visit.client.tenant, parts);
  if (!signIn) return sendSignIn(exchange, visit, undefined);
  if (action !== 'accept') return sendQuestion(exchange, visit, signIn);
  await acceptDevice(exchange, visit, signIn);
  const isGranted = await answerDevice(device, visit.client, signIn, parts);
  if (!isGranted) return sendCodePage(exchange, undefined, 'That code has been used.');
  return sendPage(reply, { title: 'Signed in', body: deviceAnsweredPage(true) });
}

async function openVisit(
  { parts }: Exchange,
  userCode: string,
  device: FoundDevice,
): Promise<Visit> {
  const { tenant: tenantId, app } = device.written;
  const tenant = await parts.store.findTenant(tenantId);
  if (!tenant) throw new ProtocolError('unknownTenant', 'The tenant of the device is gone.');
  return { userCode, device, client: await findClient(tenant, app, parts) };
}

async function identify(
  { form, parts }: Exchange,
  { client }: Visit,
  action: string,
): Promise<Account> {
  if (action === 'pick' && parts.isBench) {
    const account = await findAccount(client.tenant, form.get('user') ?? '', parts);
    if (account) return checkEnabled(account);
  }
  const [user, password] = [form.get('username') ?? '', form.get('password') ?? ''];
  return checkPassword(client.tenant, user, password, parts);
}

async function acceptDevice(exchange: Exchange, visit: Visit, { account }: SignIn): Promise<void> {
  const { parts, form } = exchange;
  const scopes = readScopes(visit.device.written.scope, parts.origins().all);
  const wantsAll = form.get('for_all') === 'yes';
  const forAdministrator = await agree(visit.client, account, { scopes, wantsAll }, parts);
  if (forAdministrator.length === 0) return;
  throw new ProtocolError('adminConsentNeeded', 'An administrator has to agree first.');
}

/** The device behind a code; guesses of codes are counted for each address they come from. */
async function seekDevice(exchange: Exchange, userCode: string): Promise<FoundDevice | undefined> {
  const { parts, request } = exchange;
  const subject = `device ${request.socket.remoteAddress}`;
  const found = await findDevice(userCode, parts);
  if (found) return found;
  await checkAttempts(subject, parts);
  await recordFailure(subject, parts);
  return undefined;
}

function sendCodePage(
  exchange: Exchange,
  userCode: string | undefined,
  error: string | undefined,
): unknown {
  const body = codePage({
    action: ACTION,
    formToken: newFormToken(exchange),
    userCode: userCode ?? '',
    error,
  });
  return sendPage(exchange.reply, { title: 'Sign a device in', body });
}

async function sendSignIn(
  exchange: Exchange,
  visit: Visit,
  error: string | undefined,
): Promise<unknown> {
  const { parts, reply, form } = exchange;
  const page = { ...devicePage(exchange, visit), error };
  const { tenant } = visit.client;
  const found = parts.isBench
    ? await listMembers({ ...parts, tenant, set: 'users', search: '' })
    : [];
  const people = found
    .map(({ owner, text }) => ({ ...accountOf(tenant, owner, text), jobTitle: undefined }))
    .filter(({ isEnabled }) => isEnabled);
  const body = parts.isBench
    ? pickerPage({ ...page, people, params: new Map(), search: '', hasMore: false })
    : passwordPage({ ...page, userName: form.get('username') ?? '' });
  const isCut = found.length === MEMBERS_MAX;
  return sendPage(reply, { title: isCut ? 'Sign in (some people)' : 'Sign in', body });
}

async function sendQuestion(exchange: Exchange, visit: Visit, signIn: SignIn): Promise<unknown> {
  const { parts, reply } = exchange;
  const { account } = signIn;
  const scopes = readScopes(visit.device.written.scope, parts.origins().all);
  const { forAdministrator } = await findGranted(visit.client, account, scopes, parts);
  const isRuler = parts.isBench || (await isAdministrator(account, parts));
  const body = consentPage({
    ...devicePage(exchange, visit),
    userName: account.userPrincipalName,
    names: scopes.isDefault ? ['.default'] : scopes.names,
    forbidden: isRuler ? [] : forAdministrator,
    canAgreeForAll: isRuler && !parts.isBench,
  });
  return sendPage(reply, { title: 'Are you signing a device in?', body });
}

function devicePage(exchange: Exchange, { client, userCode }: Visit): SignInPage {
  return {
    application: client.registration?.displayName ?? client.appId,
    destination: undefined,
    tenant: client.tenant.displayName || client.tenant.id,
    action: ACTION,
    formToken: newFormToken(exchange),
    carried: [['user_code', userCode]],
  };
}

/** Serves the page that explains a code of the catalogue, where errors point to. */
export async function explainError({ reply, query }: Exchange): Promise<unknown> {
  const { explainCode } = await import('#authority/protocol/protocol-error.ts');
  const code = Number(query.get('code'));
  const found = explainCode(code);
  const sentences = found
    ? [`The error is '${found.error}' (${found.name}).`]
    : ['There is no such error.'];
  const body = messagePage(found ? `AADSTS${code}` : 'Unknown error', sentences);
  return sendPage(reply, { title: 'Error', body, status: found ? 200 : 404 });
}
