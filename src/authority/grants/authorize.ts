import type { AuthorityParts } from '../authority-parts.ts';
import { assignedRoles } from '../clients/assigned-roles.ts';
import { type Account, findAccount } from '../people/account.ts';
import { findGranted, notConsented } from '../people/consent.ts';
import type { SignIn } from '../people/sign-in.ts';
import { ProtocolError } from '../protocol/protocol-error.ts';
import { keepCode, writtenGrant } from './authorization-code.ts';
import type { AuthorizationRequest, ReplyAddress } from './authorization-request.ts';
import { clientInfo, mintIdToken } from './issue-tokens.ts';

/** What happens next with a request to sign in. */
export type NextStep =
  /** The person has to say who they are. */
  | { readonly kind: 'sign-in' }
  /** The person, or an administrator, has to agree to what the application wants. */
  | {
      readonly kind: 'consent';
      readonly signIn: SignIn;
      readonly names: readonly string[];
      /** Names to which only an administrator can agree. */
      readonly forAdministrator: readonly string[];
    }
  /** A test bench signs in the person whom the request names. */
  | { readonly kind: 'enter'; readonly account: Account }
  | { readonly kind: 'answer'; readonly signIn: SignIn };

/** What has been done for a request already. */
export interface Progress {
  /** Who has signed in, if anybody. */
  readonly session: SignIn | undefined;
  /** The sign-in was made for this very request. */
  readonly isFresh: boolean;
  /** Somebody has just agreed. */
  readonly hasAgreed: boolean;
}

/** Decides what a request to sign in needs (OpenID Connect Core 1.0, section 3.1.2.3). */
export async function nextStep(
  request: AuthorizationRequest,
  progress: Progress,
  parts: AuthorityParts,
): Promise<NextStep> {
  const { prompt } = request;
  const signIn = await usableSession(request, progress, parts);
  if (!signIn) {
    const hinted = parts.isBench ? await hintedAccount(request, parts) : undefined;
    const isAsked = prompt === 'login' || prompt === 'select_account';
    if (hinted && !isAsked) return { kind: 'enter', account: hinted };
    if (prompt !== 'none') return { kind: 'sign-in' };
    const message =
      'Session information is not sufficient for single-sign-on: a silent sign-in request was sent but no user is signed in.';
    throw new ProtocolError('signInNeeded', message);
  }
  const { client, scopes } = request;
  const { missing, forAdministrator } = await findGranted(client, signIn.account, scopes, parts);
  const isAsked = prompt === 'consent' && !progress.hasAgreed;
  if (missing.length === 0 && !isAsked) return { kind: 'answer', signIn };
  if (prompt === 'none') {
    throw new ProtocolError('consentNeeded', notConsented(client));
  }
  const names = missing.length === 0 ? scopes.names : missing;
  return { kind: 'consent', signIn, names, forAdministrator };
}

/** The members of a good answer (OpenID Connect Core 1.0, sections 3.1.2.5 and 3.3.2.5). */
export async function answerSignIn(
  request: AuthorizationRequest,
  signIn: SignIn,
  { redirect, state, origin }: ReplyAddress & { readonly origin: string },
  parts: AuthorityParts,
): Promise<Record<string, string>> {
  const { client, nonce, challenge, knowsChallenges, hasRedirect, scopes, scope } = request;
  const code = request.wantsCode
    ? await keepCode(
        {
          ...writtenGrant(client, signIn, scope),
          platform: redirect.platform,
          redirectUri: redirect.uri,
          hasRedirect,
          challenge,
          nonce,
          knowsChallenges,
        },
        signIn,
        parts,
      )
    : undefined;
  const issue = {
    client,
    signIn,
    scopes,
    nonce,
    origin,
    claims: { knowsChallenges },
    wantsClientInfo: false,
    refreshToken: undefined,
  };
  const bound = code === undefined ? {} : { code };
  const roles = request.wantsIdToken
    ? await assignedRoles(client.tenant, { user: signIn.account }, client.appId, parts)
    : [];
  return {
    ...bound,
    ...(request.wantsIdToken ? { id_token: mintIdToken(issue, { ...bound, roles }, parts) } : {}),
    ...(request.wantsClientInfo ? { client_info: clientInfo(signIn.account) } : {}),
    ...(state === undefined ? {} : { state }),
    ...(signIn.sessionId === undefined ? {} : { session_state: signIn.sessionId }),
  };
}

/** The sign-in of this browser, if it is what the request wants. */
async function usableSession(
  request: AuthorizationRequest,
  { session, isFresh }: Progress,
  parts: AuthorityParts,
): Promise<SignIn | undefined> {
  if (!session || isFresh) return session;
  const { prompt, maxAge, loginHint, client } = request;
  if (prompt === 'login' || prompt === 'select_account') return undefined;
  if (session.account.tenant.id !== client.tenant.id) return undefined;
  const age = (parts.clock.now() - session.at) / 1000;
  if (maxAge !== undefined && age > maxAge) return undefined;
  if (loginHint === undefined) return session;
  const { id, userPrincipalName, mail } = session.account;
  const names = [id, userPrincipalName, mail].map((each) => each?.toLowerCase());
  return names.includes(loginHint.toLowerCase()) ? session : undefined;
}

async function hintedAccount(
  { loginHint, client }: AuthorizationRequest,
  parts: AuthorityParts,
): Promise<Account | undefined> {
  if (loginHint === undefined) return undefined;
  const account = await findAccount(client.tenant, loginHint, parts);
  return account?.isEnabled ? account : undefined;
}
