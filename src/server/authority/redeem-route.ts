import { findAccount, PASSWORD } from '#authority/people/account.ts';
import { type Redemption, readRedemption } from '#authority/people/redemption.ts';
import { refusePassword, setPassword } from '#authority/people/set-password.ts';
import { writeGuestState } from '#engine/directory/guest-state.ts';
import type { Exchange } from './exchange.ts';
import { isOwnForm, newFormToken } from './form-token.ts';
import { redeemPage } from './pages/account-pages.ts';
import { messagePage } from './pages/message-page.ts';
import { formTargetOf, sendPage } from './pages/send-page.ts';

const NAMES = ['tenant', 'user', 'rd', 'until', 'ticket'] as const;

/**
 * Serves the page on which a guest accepts an invitation, and goes on to where it leads. In a
 * directory a guest without a password chooses one; one who has a password keeps it, so that nobody
 * else comes in by a second invitation.
 */
export async function redeem(exchange: Exchange): Promise<unknown> {
  const { parts, request, reply } = exchange;
  const asked = askedOf(exchange);
  const now = parts.clock.now();
  const redemption = readRedemption(asked, { now, sign: exchange.options.sign });
  const found = redemption && (await findGuest(redemption, exchange));
  if (!redemption || !found) return sendStale(exchange);
  const { account, needsPassword } = found;
  const send = (error: string | undefined) =>
    sendPage(reply, {
      title: 'You are invited',
      formTarget: formTargetOf(redemption.redirect),
      body: redeemPage({
        formToken: newFormToken(exchange),
        fields: new Map(NAMES.map((name) => [name, asked.get(name) ?? ''])),
        tenant: account.tenant.displayName,
        userName: account.userPrincipalName,
        mail: account.mail ?? '',
        needsPassword,
        error,
      }),
    });
  if (request.method !== 'POST') return send(undefined);
  if (!isOwnForm(exchange)) return send('Please try again.');
  if (needsPassword) {
    const password = exchange.form.get('password') ?? '';
    const problem =
      password === exchange.form.get('again')
        ? refusePassword(password, account.userPrincipalName)
        : 'The two passwords differ.';
    if (problem !== undefined) return send(problem);
    await setPassword(account, password, parts);
  }
  await parts.store.transact(account.tenant, (tx) =>
    writeGuestState(tx, { id: account.id, state: 'Accepted', now }),
  );
  return reply
    .code(303)
    .header('Location', redemption.redirect)
    .header('Cache-Control', 'no-store')
    .header('Referrer-Policy', 'no-referrer')
    .send();
}

/** The form repeats what the link says. */
function askedOf({ request, query, form }: Exchange): ReadonlyMap<string, string> {
  return request.method === 'POST' ? form : query;
}

async function findGuest({ tenant: id, user }: Redemption, { parts }: Exchange) {
  const tenant = await parts.store.findTenant(id);
  const account = tenant && (await findAccount(tenant, user, parts));
  if (!account?.isEnabled) return undefined;
  const hash = await parts.kept.secret(account.tenant, account.owner, PASSWORD);
  return { account, needsPassword: !parts.isBench && hash === undefined };
}

function sendStale({ reply }: Exchange): unknown {
  const sentences = ['It has expired, has been withdrawn, or was not copied whole.'];
  const body = messagePage('This invitation does not work', sentences);
  return sendPage(reply, { title: 'Invitation', body, status: 404 });
}
