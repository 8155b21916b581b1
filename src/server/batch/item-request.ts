import { Refusal } from '#errors.ts';
import type { ServiceRequest } from '../service-request.ts';
import { type BatchItem, isBatchPath } from './batch-item.ts';

/** Headers of the batch request that hold for each of its requests, unless it has its own. */
const INHERITED = [
  'authorization',
  'accept-language',
  'client-request-id',
  'odata-maxversion',
  'odata-version',
  'sdkversion',
  'user-agent',
];
const ABSOLUTE = /^https?:\/\/[^/?#]*/i;
/** Characters of a URL: batches are also a way to send long ones. */
const URL_MAX = 64 * 1024;

/**
 * The request to the service that an item of a batch stands for. Its URL may be relative to the
 * root with or without a leading slash, begin with the name of the root, or be absolute; refused
 * are other hosts, batches inside batches and URLs longer than 64 KiB.
 */
export function makeItemRequest(item: BatchItem, batch: ServiceRequest): ServiceRequest {
  const { method, headers, body } = item;
  const { root, origin } = batch;
  const inherited = INHERITED.flatMap((name) => {
    const value = batch.headers[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const { path, query } = splitUrl(item.url, batch);
  if (isBatchPath(path)) {
    const message = 'A batch cannot contain another batch.';
    throw new Refusal('malformedRequest', message, { target: item.url });
  }
  return {
    method,
    root,
    path,
    query,
    headers: { ...Object.fromEntries(inherited), ...headers },
    body,
    origin,
  };
}

function splitUrl(url: string, { root, origin }: ServiceRequest): { path: string; query: string } {
  if (url.length > URL_MAX) {
    throw new Refusal('urlTooLong', `A URL in a batch has at most ${URL_MAX} characters.`);
  }
  const absolute = ABSOLUTE.exec(url)?.[0];
  if (absolute !== undefined && hostOf(absolute) !== hostOf(origin)) {
    const message = `The URL '${url}' does not lead to this service, ${origin}/${root}.`;
    throw new Refusal('malformedRequest', message, { target: 'url' });
  }
  const [rest = ''] = url.slice(absolute?.length ?? 0).split('#', 1);
  const mark = rest.indexOf('?');
  const written = mark < 0 ? rest : rest.slice(0, mark);
  const path = written.startsWith('/') ? written : `/${written}`;
  const isRooted = path === `/${root}` || path.startsWith(`/${root}/`);
  return {
    path: isRooted ? path.slice(root.length + 1) : path,
    query: mark < 0 ? '' : rest.slice(mark + 1),
  };
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
