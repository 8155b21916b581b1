import { urlOf } from '#odata/encode-links.ts';
import { type Sign, writePageToken } from '#odata/page-token.ts';
import type { NextOfExpanded } from '#plan/answer.ts';
import type { ServiceRequest } from '../service-request.ts';

/** Options that a page token stands for; the others say what the collection is. */
const PAGING = /^(\$|%24)?skiptoken=/i;
/** Options of a request that hold for every page of what it expands. */
const SHARED = /^(\$|%24)?(format|schemaversion)=/i;

/** A collection as one root has it, and what is asked of it on every page. */
export type Paged = Pick<ServiceRequest, 'origin' | 'root' | 'path' | 'query'>;

/** A request without the token of its page. */
export function pagedOf({ origin, root, path, query }: ServiceRequest): Paged {
  const asked = query.split('&').filter((part) => part !== '' && !PAGING.test(part));
  return { origin, root, path, query: asked.join('&') };
}

/** What a page token is written for: a collection and what is asked of it, for its holder. */
export function pageScope(holder: string, { root, path, query }: Paged): string {
  return `${holder} ${root}${path}?${query}`;
}

/** The same request with the token of the next page. */
export function nextLink({ origin, root, path, query }: Paged, token: string): string {
  return `${origin}/${root}${path}?${query === '' ? '' : `${query}&`}$skiptoken=${token}`;
}

/** The link to the next page of an expanded collection: it is asked for where it stands itself. */
export function expandedLink(
  { origin, root, query }: Paged,
  { path: place, query: asked, holder, mark }: NextOfExpanded,
  sign: Sign,
): string {
  const serviceRoot = `${origin}/${root}`;
  const path = urlOf(place, { serviceRoot }).slice(serviceRoot.length);
  const shared = query.split('&').filter((part) => SHARED.test(part));
  const paged = { origin, root, path, query: [...asked, ...shared].join('&') };
  return nextLink(paged, writePageToken(mark, pageScope(holder, paged), sign));
}
