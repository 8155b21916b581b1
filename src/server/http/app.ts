import type { IncomingMessage, ServerResponse } from 'node:http';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { Refusal } from '#errors.ts';
import type { AppOptions } from './app-options.ts';
import { corsHeaders, preflightHeaders } from './cors.ts';
import { identify } from './identity.ts';
import { openOrigins } from './origin.ts';
import { BODY_MAX } from './read-body.ts';
import { type ParserError, refuseConnection, URL_MAX } from './refuse-connection.ts';
import { sendError } from './send-error.ts';
import { openServiceDoor, rootOf } from './service-door.ts';

/**
 * The HTTP face: the service roots straight from node:http, everything else by Fastify, both with
 * the same identities, limits, CORS headers and shape of errors.
 */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const app = createApp(options);
  app.addHook('onRequest', async (request, reply) => {
    identify(request, reply);
    addCorsHeaders(request, reply);
    if (request.raw.url!.length <= URL_MAX) return;
    throw new Refusal('urlTooLong', `A URL has at most ${URL_MAX} characters.`);
  });
  app.addHook('onResponse', async (request, reply) => {
    const seconds = (performance.now() - request.startedAt) / 1000;
    options.metrics.observe('other', request.method, reply.statusCode, seconds);
  });
  app.setErrorHandler((error, request, reply) => sendError(error, request, reply, options));
  app.setNotFoundHandler((request) => {
    const segment = request.raw.url!.split(/[/?]/, 2)[1] ?? '';
    const message = `Resource not found for the segment '${segment}'.`;
    throw new Refusal('unknownSegment', message, { target: segment });
  });
  options.control(app);
  await app.ready();
  return app;
}

function createApp(options: AppOptions): FastifyInstance {
  const { server, trustProxy } = options;
  const answerService = openServiceDoor(options, openOrigins(trustProxy));
  const app = Fastify({
    logger: false,
    bodyLimit: BODY_MAX,
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: URL_MAX },
    schemaController: {
      compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas },
    },
    serverFactory: (handler) => {
      // What comes over HTTPS is passed on to the HTTP server.
      server.on('request', (request: IncomingMessage, response: ServerResponse) => {
        const url = originForm(request.url!);
        const root = rootOf(url);
        if (root) answerService(request, response, root, url);
        else handler(request, response);
      });
      return server;
    },
    clientErrorHandler: (error, socket) => {
      // Fastify declares the packet as it would look in JSON; it is a Buffer.
      refuseConnection(error as unknown as ParserError, socket, options.clock);
    },
    frameworkErrors: (error, request, reply) => {
      const answer = reply as unknown as FastifyReply;
      identify(request, answer);
      addCorsHeaders(request, answer);
      sendError(error, request, answer, options);
    },
  });
  app.decorateRequest('requestId', '');
  app.decorateRequest('clientRequestId', '');
  app.decorateRequest('startedAt', 0);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  return app;
}

/** No route has a schema: what would compile them, a third of a start, is not loaded. */
function noSchemas(): never {
  throw new Error('Routes have no schemas.');
}

function addCorsHeaders({ headers, raw, method }: FastifyRequest, reply: FastifyReply): void {
  if (headers.origin === undefined) return;
  const all = [...corsHeaders, ...(method === 'OPTIONS' ? preflightHeaders(raw) : [])];
  for (let at = 0; at < all.length; at += 2) reply.header(all[at]!, all[at + 1]);
}

/** Clients may write the whole URL into the request line (RFC 9112, section 3.2.2). */
function originForm(url: string): string {
  return url.startsWith('/') ? url : url.replace(/^https?:\/\/[^/?]*/i, '') || '/';
}
