import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '#errors.ts';

/** The methods that some resource here takes. */
export const servedMethods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

/** What answers a request. */
export type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

/** A resource, the methods by which it is served, and what answers the others. */
export interface Resource {
  readonly url: string;
  readonly methods: readonly ('GET' | 'POST')[];
  readonly handler: Handler;
  /** What answers a wrong method, given the `Allow` of the resource. */
  readonly refuseMethod: (allow: string) => Handler;
}

/** Serves one resource; HEAD comes with GET, OPTIONS and 405 by themselves. */
export function serveResource(app: FastifyInstance, resource: Resource): void {
  const { url, methods, handler } = resource;
  const taken = methods.includes('GET') ? [...methods, 'HEAD'] : [...methods];
  const allow = [...taken, 'OPTIONS'].join(', ');
  app.route({ method: taken, url, handler });
  app.route({
    method: 'OPTIONS',
    url,
    handler: async (_request, reply) => reply.code(204).header('Allow', allow).send(),
  });
  app.route({
    method: servedMethods.filter((each) => each !== 'OPTIONS' && !taken.includes(each)),
    url,
    handler: resource.refuseMethod(allow),
  });
}

/** Serves one resource by one method. */
export function serveRoute(
  app: FastifyInstance,
  method: 'GET' | 'POST',
  url: string,
  handler: Handler,
): void {
  const refuseMethod = (allow: string) => async () => {
    const message = 'Specified HTTP method is not allowed for the request target.';
    throw new Refusal('methodNotAllowed', message, { headers: { Allow: allow } });
  };
  serveResource(app, { url, methods: [method], handler, refuseMethod });
}
