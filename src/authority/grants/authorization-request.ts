import type { AuthorityParts } from '../authority-parts.ts';
import { type Client, findClient } from '../clients/client.ts';
import { type AllowedRedirect, checkRedirect } from '../clients/redirects.ts';
import { tenantOfUser } from '../people/account.ts';
import { readChallenge } from '../protocol/pkce.ts';
import { ProtocolError } from '../protocol/protocol-error.ts';
import { readClaims } from '../protocol/requested-claims.ts';
import { missing, type RequestedScopes, readScopes } from '../protocol/scopes.ts';
import type { TenantPath } from '../protocol/tenant-path.ts';

/** How an answer travels back to the application. */
export type ResponseMode = 'query' | 'fragment' | 'form_post';

/** What an application is answered at: known before anything else of its request is looked at. */
export interface ReplyAddress {
  readonly client: Client;
  readonly redirect: AllowedRedirect;
  readonly mode: ResponseMode;
  readonly state: string | undefined;
}

/** A request to sign somebody in, checked. */
export interface AuthorizationRequest {
  readonly client: Client;
  readonly scopes: RequestedScopes;
  readonly scope: string;
  readonly hasRedirect: boolean;
  readonly wantsCode: boolean;
  readonly wantsIdToken: boolean;
  readonly nonce: string | undefined;
  readonly challenge: string | undefined;
  readonly prompt: Prompt;
  readonly loginHint: string | undefined;
  /** Seconds that a sign-in may lie back. */
  readonly maxAge: number | undefined;
  readonly knowsChallenges: boolean;
  readonly wantsClientInfo: boolean;
}

/** What the application wants to have asked; `auto` asks where it is needed. */
export type Prompt = 'auto' | 'none' | 'login' | 'select_account' | 'consent';

const MODES: ReadonlySet<string> = new Set(['query', 'fragment', 'form_post']);
const PROMPTS: ReadonlyMap<string, Prompt> = new Map([
  ['none', 'none'],
  ['login', 'login'],
  ['select_account', 'select_account'],
  ['consent', 'consent'],
  ['create', 'login'],
]);
const TYPES: ReadonlySet<string> = new Set(['code', 'id_token', 'code id_token']);
const TEXT_MAX = 4096;

/**
 * Finds out where the answer goes. What is wrong up to here is told to the person alone: an address
 * that is not the application's gets nothing at all.
 */
export async function readReplyAddress(
  path: TenantPath,
  params: ReadonlyMap<string, string>,
  parts: AuthorityParts,
): Promise<ReplyAddress> {
  const tenant =
    path.kind === 'one' ? path.tenant : await tenantOfUser(params.get('login_hint'), parts);
  const client = await findClient(tenant, params.get('client_id'), parts);
  const redirect = checkRedirect(client, params.get('redirect_uri'));
  const written = params.get('response_mode');
  const isQuery = !(params.get('response_type') ?? '').includes('token');
  const usual = isQuery ? 'query' : 'fragment';
  const isKnown = written !== undefined && MODES.has(written);
  // A token in a query would stand in logs and histories.
  const mode = isKnown && (isQuery || written !== 'query') ? (written as ResponseMode) : usual;
  return { client, redirect, mode, state: params.get('state') };
}

/** Reads the rest of a request; what is wrong here is told to the application. */
export function readAuthorizationRequest(
  params: ReadonlyMap<string, string>,
  { client, redirect }: ReplyAddress,
  parts: AuthorityParts,
): AuthorizationRequest {
  refuseUnknown(params);
  const types = readTypes(params.get('response_type'));
  checkMode(params.get('response_mode'), types);
  const wantsCode = types.includes('code');
  const wantsIdToken = types.includes('id_token');
  const scope = params.get('scope') ?? '';
  const scopes = readScopes(scope, parts.origins().all);
  if (wantsIdToken) checkIdToken(client, params, scopes);
  const challenge = readChallenge(params);
  const isPublic = redirect.platform === 'spa' || redirect.platform === 'publicClient';
  const hasNone = client.registration && isPublic && wantsCode && challenge === undefined;
  if (hasNone && !isConfidential(client, redirect)) {
    const message =
      'Proof Key for Code Exchange is required for cross-origin authorization code redemption.';
    throw new ProtocolError('pkceNeeded', message);
  }
  return {
    client,
    scopes,
    scope,
    hasRedirect: params.has('redirect_uri'),
    wantsCode,
    wantsIdToken,
    nonce: params.get('nonce'),
    challenge,
    prompt: readPrompt(params.get('prompt')),
    loginHint: params.get('login_hint') || undefined,
    maxAge: readMaxAge(params.get('max_age')),
    knowsChallenges: readClaims(params.get('claims')).knowsChallenges,
    wantsClientInfo: params.get('client_info') === '1',
  };
}

/** A native program with a secret of its own shows that in place of a verifier. */
function isConfidential({ registration }: Client, { platform }: AllowedRedirect): boolean {
  return platform === 'publicClient' && (registration?.secrets.length ?? 0) > 0;
}

function refuseUnknown(params: ReadonlyMap<string, string>): void {
  for (const name of ['request', 'request_uri']) {
    if (!params.has(name)) continue;
    throw new ProtocolError('invalidParameter', `The parameter '${name}' is not supported.`);
  }
  for (const name of ['state', 'nonce']) {
    if ((params.get(name)?.length ?? 0) <= TEXT_MAX) continue;
    throw new ProtocolError('invalidParameter', `The parameter '${name}' is too long.`);
  }
}

function readTypes(written: string | undefined): readonly string[] {
  if (!written) throw new ProtocolError('missingParameter', missing('response_type'));
  const types = written.split(' ').filter((each) => each !== '');
  if (TYPES.has(types.toSorted().join(' '))) return types;
  const shown = written.slice(0, 100);
  const message = `The response type '${shown}' is not supported: use code, id_token, or both.`;
  throw new ProtocolError('unknownResponseType', message);
}

function checkMode(written: string | undefined, types: readonly string[]): void {
  if (written === undefined) return;
  const isGood = MODES.has(written) && (written !== 'query' || !types.includes('id_token'));
  if (isGood) return;
  const shown = written.slice(0, 100);
  const asked = types.join(' ');
  const message = `'${shown}' is not supported as 'response_mode' when requesting a ${asked}.`;
  throw new ProtocolError('unknownResponseMode', message);
}

function checkIdToken(
  { registration }: Client,
  params: ReadonlyMap<string, string>,
  scopes: RequestedScopes,
): void {
  if (registration && !registration.hasIdTokens) {
    const message = "The response type 'id_token' is not enabled for the application.";
    throw new ProtocolError('idTokenOff', message);
  }
  if (!params.get('nonce')) throw new ProtocolError('missingParameter', missing('nonce'));
  if (!scopes.openid.has('openid')) {
    throw new ProtocolError('invalidScope', "An id token needs the scope 'openid'.");
  }
}

function readPrompt(written: string | undefined): Prompt {
  if (!written) return 'auto';
  const asked = written.split(' ').filter((each) => each !== '');
  const known = asked.map((each) => PROMPTS.get(each));
  const [first] = known;
  const isGood = first !== undefined && !known.includes(undefined);
  if (isGood && (first !== 'none' || known.length === 1) && !known.slice(1).includes('none')) {
    // Of several, that which asks most.
    return known.includes('login') ? 'login' : first;
  }
  const message = `Unsupported 'prompt' value '${written.slice(0, 100)}'.`;
  throw new ProtocolError('unknownPrompt', message);
}

function readMaxAge(written: string | undefined): number | undefined {
  if (written === undefined) return undefined;
  if (/^\d{1,9}$/.test(written)) return Number(written);
  throw new ProtocolError('invalidParameter', "'max_age' is a whole number of seconds.");
}
