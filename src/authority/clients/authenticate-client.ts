import { ProtocolError } from '../protocol/protocol-error.ts';
import type { Client } from './client.ts';
import { type AssertionPlace, checkAssertion } from './client-assertion.ts';
import type { ClientSecrets } from './client-secrets.ts';

/** How an application has shown who it is: `azpacr` of the tokens that it gets. */
export type Authentication = 'none' | 'secret' | 'certificate';

/** What a request brings to show which application it comes from. */
export interface ClientCredentials {
  readonly clientId: string | undefined;
  readonly secret: string | undefined;
  readonly assertion: string | undefined;
}

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/**
 * Reads how a client authenticates (RFC 6749, section 2.3; RFC 7521, section 4.2): by form, by
 * Basic authorization or by assertion, and not by two of them.
 */
export function readClientCredentials(
  params: ReadonlyMap<string, string>,
  authorization: string | undefined,
): ClientCredentials {
  const basic = readBasic(authorization);
  const assertion = params.get('client_assertion');
  const secret = params.get('client_secret') || undefined;
  if (basic && (secret !== undefined || assertion !== undefined)) throw twoCredentials();
  if (secret !== undefined && assertion !== undefined) throw twoCredentials();
  if (assertion !== undefined && params.get('client_assertion_type') !== ASSERTION_TYPE) {
    const message = `The value of 'client_assertion_type' must be '${ASSERTION_TYPE}'.`;
    throw new ProtocolError('invalidParameter', message);
  }
  const clientId = params.get('client_id');
  if (basic && clientId !== undefined && clientId !== basic.clientId) throw twoCredentials();
  return { clientId: basic?.clientId ?? clientId, secret: basic?.secret ?? secret, assertion };
}

/** Checks what a client shows, and tells how; `none` where it shows nothing. */
export async function authenticateClient(
  client: Client,
  { secret, assertion }: ClientCredentials,
  secrets: ClientSecrets,
  place: AssertionPlace,
): Promise<Authentication> {
  if (assertion !== undefined) {
    checkAssertion(client, assertion, place);
    return 'certificate';
  }
  if (secret === undefined) return 'none';
  await secrets.check(client, secret);
  return 'secret';
}

/** Name and secret are form-encoded inside (RFC 6749, section 2.3.1). */
function readBasic(
  authorization: string | undefined,
): { clientId: string; secret: string } | undefined {
  const encoded = /^basic +([A-Za-z0-9+/_=-]+)$/i.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 0) throw new ProtocolError('wrongSecret', 'The Authorization header is malformed.');
  return { clientId: decode(text.slice(0, colon)), secret: decode(text.slice(colon + 1)) };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    // Many clients send it as it is.
    return text;
  }
}

function twoCredentials(): ProtocolError {
  const message = 'The request shows who the client is in more than one way.';
  return new ProtocolError('twoCredentials', message);
}
