import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '#errors.ts';

/** The methods that some resource here takes. */
export const servedMethods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

/** Serves one resource by one method; HEAD comes with GET, OPTIONS and 405 by themselves. */
export function serveRoute(
  app: FastifyInstance,
  method: 'GET' | 'POST',
  url: string,
  handler: Handler,
): void {
  const taken = method === 'GET' ? ['GET', 'HEAD'] : [method];
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
    handler: async () => {
      const message = 'Specified HTTP method is not allowed for the request target.';
      throw new Refusal('methodNotAllowed', message, { headers: { Allow: allow } });
    },
  });
}
