import { pairwiseSubject } from '#authority/grants/issue-tokens.ts';
import { findAccount } from '#authority/people/account.ts';
import { unauthorized } from '#authority/tokens/verify-token.ts';
import type { Exchange } from './exchange.ts';

/** Serves userinfo (OpenID Connect Core 1.0, section 5.3) for access tokens of Graph. */
export async function userinfo(exchange: Exchange): Promise<unknown> {
  const { request, reply, options, parts } = exchange;
  const caller = await options.verifier.verify(request.headers.authorization);
  const account = caller.user && (await findAccount(caller.tenant, caller.user, parts));
  if (!account) throw unauthorized('The token names no user.');
  reply.header('Cache-Control', 'no-store');
  const { mail, displayName, userPrincipalName } = account;
  return {
    sub: pairwiseSubject(caller.app ?? '', account),
    name: displayName,
    preferred_username: userPrincipalName,
    ...(caller.permissions.has('email') && mail ? { email: mail } : {}),
  };
}
