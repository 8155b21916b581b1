import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ProtocolError } from '#authority/protocol/protocol-error.ts';
import { serveResource } from '../http/serve-route.ts';
import { type AuthorityOptions, type Exchange, openExchange } from './exchange.ts';

type Method = 'GET' | 'POST';
type Handle = (exchange: Exchange) => Promise<unknown>;

/** One resource of the authority. Its code is loaded when it is first asked for. */
interface Endpoint {
  readonly urls: readonly string[];
  readonly methods: readonly Method[];
  /** Whom it is for: programs get errors as JSON, people as a page. */
  readonly answers: 'json' | 'page';
  readonly load: () => Promise<Handle>;
}

const metadata = () => import('./metadata-routes.ts');
const tokens = () => import('./token-route.ts');
const devices = () => import('./device-route.ts');

const endpoints: readonly Endpoint[] = [
  {
    urls: [
      '/:tenant/v2.0/.well-known/openid-configuration',
      '/:tenant/.well-known/openid-configuration',
    ],
    methods: ['GET'],
    answers: 'json',
    load: async () => (await metadata()).metadata,
  },
  {
    urls: ['/:tenant/discovery/v2.0/keys', '/:tenant/discovery/keys'],
    methods: ['GET'],
    answers: 'json',
    load: async () => (await metadata()).keys,
  },
  {
    urls: ['/common/discovery/instance'],
    methods: ['GET'],
    answers: 'json',
    load: async () => (await metadata()).instance,
  },
  {
    urls: ['/common/UserRealm/:user', '/common/userrealm/:user'],
    methods: ['GET'],
    answers: 'json',
    load: async () => (await metadata()).realm,
  },
  {
    urls: ['/:tenant/oauth2/v2.0/token', '/:tenant/oauth2/token'],
    methods: ['POST'],
    answers: 'json',
    load: async () => (await tokens()).token,
  },
  {
    urls: ['/:tenant/oauth2/v2.0/devicecode', '/:tenant/oauth2/devicecode'],
    methods: ['POST'],
    answers: 'json',
    load: async () => (await tokens()).deviceCode,
  },
  {
    urls: ['/:tenant/oauth2/v2.0/authorize', '/:tenant/oauth2/authorize'],
    methods: ['GET', 'POST'],
    answers: 'page',
    load: async () => (await import('./authorize-route.ts')).authorize,
  },
  {
    urls: ['/:tenant/oauth2/v2.0/logout', '/:tenant/oauth2/logout'],
    methods: ['GET', 'POST'],
    answers: 'page',
    load: async () => (await import('./logout-route.ts')).logout,
  },
  {
    urls: ['/devicelogin', '/:tenant/oauth2/deviceauth'],
    methods: ['GET', 'POST'],
    answers: 'page',
    load: async () => (await devices()).deviceLogin,
  },
  {
    urls: ['/error'],
    methods: ['GET'],
    answers: 'page',
    load: async () => (await devices()).explainError,
  },
  {
    urls: ['/redeem'],
    methods: ['GET', 'POST'],
    answers: 'page',
    load: async () => (await import('./redeem-route.ts')).redeem,
  },
  {
    urls: ['/oidc/userinfo'],
    methods: ['GET', 'POST'],
    answers: 'json',
    load: async () => (await import('./userinfo-route.ts')).userinfo,
  },
];

const accounts = () => import('./account-routes.ts');

/** What a directory has beside, for people with passwords. */
const accountEndpoints: readonly Endpoint[] = [
  {
    urls: ['/_kith/setup'],
    methods: ['GET', 'POST'],
    answers: 'page',
    load: async () => (await accounts()).setUp,
  },
  {
    urls: ['/_kith/password'],
    methods: ['GET', 'POST'],
    answers: 'page',
    load: async () => (await accounts()).newPassword,
  },
  {
    urls: ['/_kith/forgotten'],
    methods: ['GET', 'POST'],
    answers: 'page',
    load: async () => (await accounts()).forgotten,
  },
  {
    urls: ['/_kith/administration'],
    methods: ['GET', 'POST'],
    answers: 'page',
    load: async () => (await import('./administration-route.ts')).administration,
  },
];

/** The endpoints of the authority, at the origin's root. */
export function serveAuthority(app: FastifyInstance, options: AuthorityOptions): void {
  const own = options.parts.isBench ? [] : accountEndpoints;
  for (const endpoint of [...endpoints, ...own]) serveEndpoint(app, endpoint, options);
}

function serveEndpoint(
  app: FastifyInstance,
  { urls, methods, answers, load }: Endpoint,
  options: AuthorityOptions,
): void {
  const answer = (handle: Handle) => (request: FastifyRequest, reply: FastifyReply) =>
    attempt(request, reply, { handle, answers, options });
  let handle: Handle | undefined;
  const handler = answer(async (exchange) => {
    handle ??= await load();
    return handle(exchange);
  });
  const refuseMethod = (allow: string) =>
    answer(async ({ reply, request }) => {
      reply.header('Allow', allow);
      const message = `The endpoint only accepts ${methods.join(', ')} requests.`;
      throw new ProtocolError('postNeeded', `${message} Received a ${request.method} request.`);
    });
  for (const url of urls) serveResource(app, { url, methods, handler, refuseMethod });
}

async function attempt(
  request: FastifyRequest,
  reply: FastifyReply,
  {
    handle,
    answers,
    options,
  }: { handle: Handle; answers: Endpoint['answers']; options: AuthorityOptions },
): Promise<unknown> {
  try {
    return await handle(openExchange(request, reply, options));
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    const { requestId, method } = request;
    const { code, status } = error;
    options.log.debug({ 'request-id': requestId, method, status, code }, 'the authority refused');
    const { sendErrorJson, sendErrorPage } = await import('./send-reply.ts');
    const send = answers === 'json' ? sendErrorJson : sendErrorPage;
    return send({ request, reply, options }, error);
  }
}
