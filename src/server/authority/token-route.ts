import { readClientCredentials } from '#authority/clients/authenticate-client.ts';
import { findClient } from '#authority/clients/client.ts';
import { beginDevice } from '#authority/grants/device-code.ts';
import { exchangeToken } from '#authority/grants/token-endpoint.ts';
import { HashesBusyError } from '#authority/kept/hash-password.ts';
import { tenantOfUser } from '#authority/people/account.ts';
import { ProtocolError } from '#authority/protocol/protocol-error.ts';
import { missing, readScopes } from '#authority/protocol/scopes.ts';
import { type Exchange, tenantPathOf } from './exchange.ts';

/** Serves the token endpoint: a form in, JSON out. */
export async function token(exchange: Exchange): Promise<unknown> {
  const { request, form, origin, parts } = exchange;
  const path = await tenantPathOf(exchange);
  const { authorization } = request.headers;
  try {
    const answer = await exchangeToken({ path, params: form, authorization, origin }, parts);
    return sendJson(exchange, answer);
  } catch (error) {
    if (!(error instanceof HashesBusyError)) throw error;
    throw new ProtocolError('tooMany', 'The server is checking too many passwords. Try again.');
  }
}

/** Serves the device authorization endpoint (RFC 8628, section 3.1). */
export async function deviceCode(exchange: Exchange): Promise<unknown> {
  const { request, form, origin, parts } = exchange;
  const path = await tenantPathOf(exchange);
  const tenant = path.kind === 'one' ? path.tenant : await tenantOfUser(undefined, parts);
  const { clientId } = readClientCredentials(form, request.headers.authorization);
  const client = await findClient(tenant, clientId, parts);
  const resource = form.get('resource');
  const scope = form.get('scope') ?? (resource ? `${resource}/.default` : '');
  if (scope === '') throw new ProtocolError('missingParameter', missing('scope'));
  readScopes(scope, parts.origins().all);
  return sendJson(exchange, await beginDevice(client, scope, origin, parts));
}

function sendJson({ reply }: Exchange, answer: object): unknown {
  return reply
    .header('Content-Type', 'application/json; charset=utf-8')
    .header('Cache-Control', 'no-store')
    .header('Pragma', 'no-cache')
    .send(JSON.stringify(answer));
}
