import {
  type AuthorizationRequest,
  type ReplyAddress,
  readAuthorizationRequest,
  readReplyAddress,
} from '#authority/grants/authorization-request.ts';
import {
  answerSignIn,
  type NextStep,
  nextStep,
  type Progress,
} from '#authority/grants/authorize.ts';
import { HashesBusyError } from '#authority/kept/hash-password.ts';
import {
  type Account,
  checkEnabled,
  checkPassword,
  findAccount,
} from '#authority/people/account.ts';
import { agree } from '#authority/people/consent.ts';
import type { SignIn } from '#authority/people/sign-in.ts';
import { beginSession, endSession, findSession } from '#authority/people/sign-in-session.ts';
import { ProtocolError } from '#authority/protocol/protocol-error.ts';
import { readCookie, SESSION_COOKIE, setCookie } from './cookies.ts';
import { type Exchange, tenantPathOf } from './exchange.ts';
import { isOwnForm } from './form-token.ts';
import { sendReply, sendReplyError } from './send-reply.ts';
import { sendConsentPage, sendSignInPage, type Visit } from './sign-in-pages.ts';

/** What went wrong on the sign-in page itself: the person tries again. */
const RETRIED = new Set(['wrongPassword', 'lockedUser', 'disabledUser', 'unknownUser', 'tooMany']);

/**
 * Serves the authorize endpoint (RFC 6749, section 3.1; OpenID Connect Core 1.0, section 3.1.2):
 * the request itself, by GET or POST, and the forms of its pages, which carry the request in
 * their URL.
 */
export async function authorize(exchange: Exchange): Promise<unknown> {
  const { query, form, parts } = exchange;
  const action = form.get('kith_action');
  const params = action === undefined ? new Map([...query, ...form]) : query;
  const path = await tenantPathOf(exchange);
  const address = await readReplyAddress(path, params, parts);
  try {
    const request = readAuthorizationRequest(params, address, parts);
    return await answer({ exchange, address, request, params }, action);
  } catch (error) {
    if (error instanceof ProtocolError) return sendReplyError(exchange, address, error);
    throw error;
  }
}

async function answer(visit: Visit, action: string | undefined): Promise<unknown> {
  if (action === undefined) return goOn(visit, await openProgress(visit));
  if (!isOwnForm(visit.exchange)) {
    return sendSignInPage(visit, 'The page was open for too long. Please try again.');
  }
  if (action === 'decline') {
    throw new ProtocolError('declined', 'The user declined to consent to access the app.');
  }
  if (action === 'accept') return accept(visit);
  try {
    const account = await identify(visit, action);
    const session = await enter(visit.exchange, account, action === 'pick' ? 'pick' : 'pwd');
    return await goOn(visit, { session, isFresh: true, hasAgreed: false });
  } catch (error) {
    const shown = error instanceof HashesBusyError ? busy() : error;
    if (!(shown instanceof ProtocolError) || !RETRIED.has(shown.refusal)) throw error;
    return sendSignInPage(visit, shown.message);
  }
}

/** Who sends the form of a sign-in page. */
async function identify({ exchange, address }: Visit, action: string): Promise<Account> {
  const { form, parts } = exchange;
  const { tenant } = address.client;
  if (action === 'pick' && parts.isBench) {
    const account = await findAccount(tenant, form.get('user') ?? '', parts);
    if (account) return checkEnabled(account);
    throw new ProtocolError('unknownUser', 'That person is not in the directory.');
  }
  return checkPassword(tenant, form.get('username') ?? '', form.get('password') ?? '', parts);
}

/** Records what the person has agreed to, and goes on. */
async function accept(visit: Visit): Promise<unknown> {
  const { exchange, request } = visit;
  const { parts, form } = exchange;
  const progress = await openProgress(visit);
  const { session } = progress;
  if (!session) return sendSignInPage(visit, 'You are not signed in any more.');
  const { client, scopes } = request;
  const wantsAll = form.get('for_all') === 'yes';
  const forAdministrator = await agree(client, session.account, { scopes, wantsAll }, parts);
  if (forAdministrator.length > 0) {
    const message = `An administrator has to agree to ${forAdministrator.join(', ')}.`;
    throw new ProtocolError('adminConsentNeeded', message);
  }
  return goOn(visit, { session, isFresh: true, hasAgreed: true });
}

async function openProgress({ exchange, address }: Visit): Promise<Progress> {
  const secret = readCookie(exchange, SESSION_COOKIE);
  const session = await findSession(secret, address.client.tenant, exchange.parts);
  return { session, isFresh: false, hasAgreed: false };
}

async function goOn(visit: Visit, progress: Progress): Promise<unknown> {
  const step = await nextStep(visit.request, progress, visit.exchange.parts);
  return take(visit, step);
}

async function take(visit: Visit, step: NextStep): Promise<unknown> {
  if (step.kind === 'sign-in') return sendSignInPage(visit, undefined);
  if (step.kind === 'consent') return sendConsentPage(visit, step);
  if (step.kind === 'enter') {
    const session = await enter(visit.exchange, step.account, 'pick');
    return goOn(visit, { session, isFresh: true, hasAgreed: false });
  }
  return finish(visit.exchange, visit.address, visit.request, step.signIn);
}

async function finish(
  exchange: Exchange,
  address: ReplyAddress,
  request: AuthorizationRequest,
  signIn: SignIn,
): Promise<unknown> {
  const { origin, parts } = exchange;
  const members = await answerSignIn(request, signIn, { ...address, origin }, parts);
  return sendReply(exchange, address, members);
}

/** Begins a session of this browser; the one before ends (no fixation). */
export async function enter(
  exchange: Exchange,
  account: Account,
  method: 'pick' | 'pwd',
): Promise<SignIn> {
  const { parts } = exchange;
  await endSession(readCookie(exchange, SESSION_COOKIE), parts);
  const signIn = { account, at: parts.clock.now(), methods: [method === 'pwd' ? 'pwd' : 'none'] };
  const { secret, sessionId } = await beginSession(signIn, parts);
  setCookie(exchange, SESSION_COOKIE, secret, 'None');
  return { ...signIn, sessionId };
}

function busy(): ProtocolError {
  return new ProtocolError('tooMany', 'Too many people are signing in. Try again in a moment.');
}
