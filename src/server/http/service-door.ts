import type { IncomingMessage, ServerResponse } from 'node:http';
import { Refusal } from '#errors.ts';
import { newRequestId } from '#ids.ts';
import { type Root, roots } from '#model/schema.ts';
import { encodeError } from '#odata/encode-error.ts';
import type { MaybePromise } from '#plan/maybe-promise.ts';
import { answerLater, answerMonitor, isForLater } from '../asynchronous/answer-later.ts';
import { isMonitorPath } from '../asynchronous/status-monitor.ts';
import { handleRequest } from '../handle.ts';
import { logRefusal, toRefusal } from '../refusals.ts';
import { answerVersion } from '../requests/format.ts';
import {
  readClientRequestId,
  type ServiceAnswer,
  type ServiceRequest,
} from '../service-request.ts';
import type { AppOptions } from './app-options.ts';
import { Cohorts } from './cohorts.ts';
import { compressBody } from './compress-body.ts';
import { corsHeaders, preflightHeaders } from './cors.ts';
import { lingerAtClose } from './linger.ts';
import type { FindOrigin } from './origin.ts';
import { readBody } from './read-body.ts';
import { URL_MAX } from './refuse-connection.ts';

/** What every answer of a service root is sent with. */
interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly root: Root;
  readonly url: string;
  readonly requestId: string;
  readonly clientRequestId: string;
  readonly startedAt: number;
}

/** The root that a URL begins with; undefined for what is not a service's. */
export function rootOf(url: string): Root | undefined {
  for (const root of roots) {
    if (!url.startsWith(root, 1) || !url.startsWith('/')) continue;
    const next = url.charCodeAt(root.length + 1);
    // The end, `/` or `?`.
    if (Number.isNaN(next) || next === 47 || next === 63) return root;
  }
  return undefined;
}

/**
 * Answers requests to the service roots straight from node:http: they are most of what is asked,
 * and hooks would cost more than the answer. docs/decisions/fastify.md has the figures.
 */
export function openServiceDoor(options: AppOptions, findOrigin: FindOrigin) {
  const cohorts = new Cohorts<Exchange, ServiceAnswer>(
    (exchange) => answerOrRefuse(exchange, options, findOrigin),
    (exchange, result) => send(exchange, result, options),
    (work) => options.service.store.atOnce(work),
  );
  return (request: IncomingMessage, response: ServerResponse, root: Root, url: string): void => {
    const requestId = newRequestId();
    const clientRequestId = readClientRequestId(request.headers['client-request-id']) ?? requestId;
    const startedAt = performance.now();
    cohorts.take({ request, response, root, url, requestId, clientRequestId, startedAt });
  };
}

/** The answer, or what tells the error that the work ends in. */
function answerOrRefuse(
  exchange: Exchange,
  options: AppOptions,
  findOrigin: FindOrigin,
): MaybePromise<ServiceAnswer> {
  const refused = (error: unknown) => refuse(exchange, error, options);
  try {
    const answered = answer(exchange, options, findOrigin);
    return answered instanceof Promise ? answered.catch(refused) : answered;
  } catch (error) {
    return refused(error);
  }
}

function answer(
  exchange: Exchange,
  options: AppOptions,
  findOrigin: FindOrigin,
): MaybePromise<ServiceAnswer> {
  const { request, root, url } = exchange;
  const { service, jobs } = options;
  if (url.length > URL_MAX) {
    throw new Refusal('urlTooLong', `A URL has at most ${URL_MAX} characters.`);
  }
  const { method = 'GET', headers } = request;
  const mark = url.indexOf('?');
  const asked: ServiceRequest = {
    method,
    root,
    path: url.slice(root.length + 1, mark < 0 ? undefined : mark),
    query: mark < 0 ? '' : url.slice(mark + 1),
    headers,
    body: undefined,
    origin: findOrigin(request),
  };
  if (isMonitorPath(asked.path)) return answerMonitor(asked, { parts: service, jobs });
  const isRead = method === 'GET' || method === 'HEAD';
  if (headers.prefer !== undefined && isForLater(asked, service)) {
    if (isRead) return later(asked, exchange, options);
    return readBody(request, url).then((body) => later({ ...asked, body }, exchange, options));
  }
  if (isRead) return handleRequest(asked, service);
  return readBody(request, url).then((body) => handleRequest({ ...asked, body }, service));
}

/** Begins to answer a request whose answer comes later, whatever it is. */
function later(
  asked: ServiceRequest,
  exchange: Exchange,
  options: AppOptions,
): Promise<ServiceAnswer> {
  const { service, jobs } = options;
  return answerLater(asked, { parts: service, jobs }, async (parts) => {
    try {
      const answer = await handleRequest(asked, parts);
      return asked.method === 'HEAD' ? { ...answer, body: undefined } : answer;
    } catch (error) {
      return refuse(exchange, error, options);
    }
  });
}

function refuse(exchange: Exchange, error: unknown, { clock, log }: AppOptions): ServiceAnswer {
  const { request, requestId, clientRequestId } = exchange;
  const refusal = toRefusal(error, request.headers['content-type']);
  logRefusal(log, refusal, { requestId, method: request.method, url: exchange.url });
  const body = encodeError(refusal, { requestId, clientRequestId, at: clock.now() });
  const type = { 'Content-Type': 'application/json; charset=utf-8' };
  // A body that was not read to its end leaves nothing to be read after it.
  const rest = refusal.refusal === 'tooLarge' ? { Connection: 'close' } : {};
  return { status: refusal.status, headers: { ...refusal.headers, ...type, ...rest }, body };
}

function send(exchange: Exchange, result: ServiceAnswer, options: AppOptions): void {
  const { request, response, requestId, clientRequestId } = exchange;
  const headers = ['request-id', requestId, 'client-request-id', clientRequestId];
  // What an answer depends on beside its URL (OData Protocol 4.01, section 8.3.6).
  headers.push('Cache-Control', 'private', 'Vary', 'Accept, OData-MaxVersion, Prefer');
  headers.push('OData-Version', answerVersion(request.headers, options.service.fidelity));
  for (const name in result.headers) headers.push(name, result.headers[name]!);
  if (request.headers.origin !== undefined) headers.push(...corsHeaders);
  if (request.method === 'OPTIONS') headers.push(...preflightHeaders(request));
  const compressed = compressBody(request, result);
  if (compressed === undefined) finish(exchange, { result, headers, body: result.body }, options);
  else {
    compressed.then(
      ({ body, encoding }) => {
        headers.push('Content-Encoding', encoding, 'Vary', 'Accept-Encoding');
        finish(exchange, { result, headers, body }, options);
      },
      () => response.destroy(),
    );
  }
}

function finish(
  { request, response, root, url, requestId, startedAt }: Exchange,
  sent: { result: ServiceAnswer; headers: string[]; body: string | Buffer | undefined },
  { metrics, log }: AppOptions,
): void {
  const { result, headers, body } = sent;
  if (body !== undefined) headers.push('Content-Length', String(Buffer.byteLength(body)));
  if (result.headers.Connection === 'close') lingerAtClose(request.socket);
  response.writeHead(result.status, headers);
  response.end(request.method === 'HEAD' ? undefined : body);
  const { method = 'GET' } = request;
  metrics.observe(root, method, result.status, (performance.now() - startedAt) / 1000);
  if (log.isLevelEnabled('debug')) {
    const path = url.split('?', 1)[0];
    log.debug({ 'request-id': requestId, method, path, status: result.status }, 'answered');
  }
}
