import { findClient } from '#authority/clients/client.ts';
import { listMembers } from '#authority/clients/list-members.ts';
import { checkRedirect } from '#authority/clients/redirects.ts';
import { endSession } from '#authority/people/sign-in-session.ts';
import { ProtocolError } from '#authority/protocol/protocol-error.ts';
import { readJwt } from '#authority/tokens/read-jwt.ts';
import type { Tenant } from '#plan/caller.ts';
import { readCookie, SESSION_COOKIE, setCookie } from './cookies.ts';
import { type Exchange, tenantPathOf } from './exchange.ts';
import { messagePage } from './pages/message-page.ts';
import { sendPage } from './pages/send-page.ts';

/**
 * Ends the session of a browser (OpenID Connect RP-Initiated Logout 1.0). It goes on to an address
 * that an application has registered; anything else is left aside, so that nobody is led away.
 */
export async function logout(exchange: Exchange): Promise<unknown> {
  const { reply, parts, query, form } = exchange;
  const params = new Map([...query, ...form]);
  const path = await tenantPathOf(exchange);
  await endSession(readCookie(exchange, SESSION_COOKIE), parts);
  setCookie(exchange, SESSION_COOKIE, '', 'None');
  reply.header('Cache-Control', 'no-store');
  const uri = params.get('post_logout_redirect_uri');
  const tenant = path.kind === 'one' ? path.tenant : await parts.store.findTenant();
  if (uri && tenant && (await isRegistered(tenant, uri, params, exchange))) {
    const state = params.get('state');
    const mark = uri.includes('?') ? '&' : '?';
    const end = state === undefined ? '' : `${mark}state=${encodeURIComponent(state)}`;
    return reply.code(302).header('Location', `${uri}${end}`).send();
  }
  const body = messagePage('You are signed out', ['You can close this window.']);
  return sendPage(reply, { title: 'Signed out', body });
}

/** Many clients name neither themselves nor a token: then any application's address will do. */
async function isRegistered(
  tenant: Tenant,
  uri: string,
  params: ReadonlyMap<string, string>,
  { parts }: Exchange,
): Promise<boolean> {
  const hint = readJwt(params.get('id_token_hint') ?? '')?.claims.aud;
  const named = params.get('client_id') ?? (typeof hint === 'string' ? hint : undefined);
  const all = await listMembers({ ...parts, tenant, set: 'applications', search: '' });
  const others = all.flatMap(({ text }) => {
    const { appId } = JSON.parse(text) as { appId?: string | null };
    return appId ? [appId] : [];
  });
  // A test bench without registrations takes any client id.
  const asked = named === undefined ? (others.length === 0 ? ['any'] : others) : [named];
  for (const appId of asked) {
    try {
      checkRedirect(await findClient(tenant, appId, parts), uri);
      return true;
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
    }
  }
  return false;
}
