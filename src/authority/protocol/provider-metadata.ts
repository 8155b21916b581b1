import { issuerOf } from '../tokens/issuer.ts';
import type { SigningKey } from '../tokens/signing-keys.ts';
import type { TenantPath } from './tenant-path.ts';

/**
 * The metadata of an authority (OpenID Connect Discovery 1.0, section 3), in the shape of Entra ID.
 * The issuer of `common` is a template, as there. Clients rewrite the first segment of the
 * endpoints to the tenant of their authority, so it is always one.
 */
export function describeProvider(path: TenantPath, origin: string): object {
  const segment = path.kind === 'one' ? path.tenant.id : path.written;
  const base = `${origin}/${segment}`;
  return {
    token_endpoint: `${base}/oauth2/v2.0/token`,
    token_endpoint_auth_methods_supported: [
      'client_secret_post',
      'private_key_jwt',
      'client_secret_basic',
    ],
    token_endpoint_auth_signing_alg_values_supported: ['RS256', 'PS256'],
    jwks_uri: `${base}/discovery/v2.0/keys`,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code', 'id_token', 'code id_token'],
    grant_types_supported: [
      'authorization_code',
      'refresh_token',
      'client_credentials',
      'password',
      'urn:ietf:params:oauth:grant-type:device_code',
      'urn:ietf:params:oauth:grant-type:jwt-bearer',
    ],
    code_challenge_methods_supported: ['S256'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    prompt_values_supported: ['none', 'login', 'select_account', 'consent'],
    issuer: path.kind === 'one' ? issuerOf(origin, segment) : issuerOf(origin, '{tenantid}'),
    request_uri_parameter_supported: false,
    request_parameter_supported: false,
    claims_parameter_supported: true,
    userinfo_endpoint: `${origin}/oidc/userinfo`,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
    http_logout_supported: false,
    frontchannel_logout_supported: false,
    end_session_endpoint: `${base}/oauth2/v2.0/logout`,
    claims_supported: [
      'sub',
      'iss',
      'aud',
      'exp',
      'iat',
      'auth_time',
      'acr',
      'nonce',
      'preferred_username',
      'name',
      'tid',
      'ver',
      'at_hash',
      'c_hash',
      'email',
    ],
    tenant_region_scope: null,
    cloud_instance_name: new URL(origin).host,
    cloud_graph_host_name: new URL(origin).host,
    msgraph_host: new URL(origin).host,
  };
}

/** The public keys (RFC 7517, section 5), newest first. */
export function describeKeys(keys: readonly SigningKey[], issuer: string): object {
  return {
    keys: keys.map(({ kid, jwk }) => ({ ...jwk, kid, use: 'sig', alg: 'RS256', issuer })),
  };
}

/** What clients ask before they trust an authority: this host alone, under its own name. */
export function describeInstance(origin: string, tenant: string): object {
  const { host } = new URL(origin);
  return {
    tenant_discovery_endpoint: `${origin}/${tenant}/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
  };
}

/** How a user signs in: always here, with a password. */
export function describeRealm(user: string, domain: string | undefined, host: string): object {
  return {
    ver: '1.0',
    account_type: domain === undefined ? 'Unknown' : 'Managed',
    domain_name: domain ?? user.split('@')[1] ?? '',
    cloud_instance_name: host,
    cloud_audience_urn: `urn:federation:${host}`,
  };
}
