import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AuthorityParts } from '#authority/authority-parts.ts';
import { type ErrorPlace, ProtocolError } from '#authority/protocol/protocol-error.ts';
import { readTenantPath, type TenantPath } from '#authority/protocol/tenant-path.ts';
import type { TokenVerifier } from '#authority/tokens/verify-token.ts';
import type { Log } from '#log.ts';
import type { Tenant } from '#plan/caller.ts';
import type { FindOrigin } from '../http/origin.ts';

/** What the endpoints of the authority need of the running server. */
export interface AuthorityOptions {
  readonly parts: AuthorityParts;
  readonly verifier: TokenVerifier;
  readonly log: Log;
  readonly findOrigin: FindOrigin;
  /** Signs texts with a key of the store. */
  readonly sign: (text: string) => string;
  /** Writes what only the operator may read, such as a one-time link: to stderr, not to the log. */
  readonly tellOperator: (text: string) => void;
  /** Adds a person to a tenant, checked against the model. */
  readonly addPerson: (tenant: Tenant, members: object) => Promise<void>;
}

/** One request to the authority, taken apart. */
export interface Exchange {
  readonly options: AuthorityOptions;
  readonly parts: AuthorityParts;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** The origin under which the client has come, where it is one of this server's. */
  readonly origin: string;
  readonly query: ReadonlyMap<string, string>;
  readonly form: ReadonlyMap<string, string>;
}

const FORM = /^application\/x-www-form-urlencoded\s*(;|$)/i;
const PARAMETERS_MAX = 100;

/** Takes a request apart. Refuses parameters that are said twice (RFC 6749, section 3.1). */
export function openExchange(
  request: FastifyRequest,
  reply: FastifyReply,
  options: AuthorityOptions,
): Exchange {
  const { parts } = options;
  const url = request.raw.url!;
  const mark = url.indexOf('?');
  return {
    options,
    parts,
    request,
    reply,
    origin: originOf(request, options),
    query: readParameters(mark < 0 ? '' : url.slice(mark + 1)),
    form: readForm(request),
  };
}

/** The tenant in the path of a request. */
export function tenantPathOf({ request, parts }: Exchange): Promise<TenantPath> {
  const { tenant = '' } = request.params as { tenant?: string };
  return readTenantPath(tenant, (name) => parts.store.findTenant(name));
}

/** Where an error of the request happened. */
export function errorPlaceOf(request: FastifyRequest, options: AuthorityOptions): ErrorPlace {
  const { requestId, clientRequestId } = request;
  const sent = new URLSearchParams(request.raw.url!.split('?', 2)[1]).get('client-request-id');
  const isId = sent !== null && /^[\w-]{1,64}$/.test(sent);
  return {
    origin: originOf(request, options),
    traceId: requestId,
    correlationId: isId ? sent : clientRequestId,
    at: options.parts.clock.now(),
  };
}

/** An origin is told to clients, so it must not be what anybody writes into a header. */
function originOf({ raw }: FastifyRequest, { parts, findOrigin }: AuthorityOptions): string {
  const { all, main } = parts.origins();
  const found = findOrigin(raw);
  return all.has(found) ? found : main;
}

function readForm({ body, headers }: FastifyRequest): ReadonlyMap<string, string> {
  const bytes = body as Buffer | undefined;
  if (!bytes || bytes.length === 0) return new Map();
  if (!FORM.test(headers['content-type'] ?? '')) {
    const message = 'The request body must be application/x-www-form-urlencoded.';
    throw new ProtocolError('mediaType', message);
  }
  return readParameters(bytes.toString('utf8'));
}

function readParameters(text: string): ReadonlyMap<string, string> {
  const params = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(text)) {
    if (params.has(name)) {
      const message = `The parameter '${name.slice(0, 50)}' is duplicated.`;
      throw new ProtocolError('repeatedParameter', message);
    }
    // PostgreSQL has no texts with this character, and nobody has a name with it.
    if (value.includes('\0')) {
      throw new ProtocolError('malformedRequest', 'A parameter holds a NUL character.');
    }
    params.set(name, value);
    if (params.size > PARAMETERS_MAX) {
      throw new ProtocolError('malformedRequest', 'There are too many parameters.');
    }
  }
  return params;
}
