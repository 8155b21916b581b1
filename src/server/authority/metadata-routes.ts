import { ProtocolError } from '#authority/protocol/protocol-error.ts';
import {
  describeInstance,
  describeKeys,
  describeProvider,
  describeRealm,
} from '#authority/protocol/provider-metadata.ts';
import { missing } from '#authority/protocol/scopes.ts';
import { issuerOf } from '#authority/tokens/issuer.ts';
import { type Exchange, tenantPathOf } from './exchange.ts';

/** Serves the metadata of an authority. */
export async function metadata(exchange: Exchange): Promise<unknown> {
  return describeProvider(await tenantPathOf(exchange), exchange.origin);
}

/** Serves the public keys. */
export async function keys(exchange: Exchange): Promise<unknown> {
  const path = await tenantPathOf(exchange);
  const segment = path.kind === 'one' ? path.tenant.id : '{tenantid}';
  const { parts, origin } = exchange;
  return describeKeys(await parts.keys.list(), issuerOf(origin, segment));
}

/** Serves what clients ask before they trust an authority. */
export async function instance({ query, origin }: Exchange): Promise<unknown> {
  const endpoint = query.get('authorization_endpoint');
  if (!endpoint) throw new ProtocolError('missingParameter', missing('authorization_endpoint'));
  const isUrl = URL.canParse(endpoint);
  const tenant = isUrl ? new URL(endpoint).pathname.split('/')[1] : undefined;
  return describeInstance(origin, tenant || 'common');
}

/** Serves how a user signs in. */
export async function realm({ request, parts, origin }: Exchange): Promise<unknown> {
  const { user = '' } = request.params as { user?: string };
  const domain = user.split('@')[1]?.toLowerCase();
  const isKnown = domain !== undefined && (await parts.store.findTenant(domain)) !== undefined;
  return describeRealm(user, isKnown ? domain : undefined, new URL(origin).host);
}
