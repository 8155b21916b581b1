import type { BatchAnswer, BatchItem } from './batch-item.ts';
import { hasSucceeded } from './batch-item.ts';

/** What a request leaves for later ones of its batch to refer to. */
export interface Referable {
  /** Where the entity is that it made or read: its `Location`, or its own URL without a query. */
  readonly url: string;
  readonly etag: string | undefined;
}

/** The requests of a batch that have succeeded so far, by their ids in lower case. */
export type Referables = Map<string, Referable>;

const REFERENCE = /^\/?\$([^/?#()]+)/;
/** Names of system resources, which are never references (OData Protocol 4.01, section 11.7.3). */
const SYSTEM_RESOURCES = new Set(['all', 'batch', 'crossjoin', 'entity', 'id', 'metadata', 'root']);
const BODY_REFERENCE = /@(odata\.)?(bind|id)"\s*:\s*(\[\s*)?"\/?\$/;
const REFERRING_MEMBER = /@(odata\.)?(bind|id)$/;

/** The id that the first segment of a URL refers to (`$1/contacts` -> `1`), if it may be one. */
export function referredId(url: string): string | undefined {
  const id = REFERENCE.exec(url)?.[1];
  return id === undefined || SYSTEM_RESOURCES.has(id) ? undefined : id.toLowerCase();
}

/** Remembers what a request that has succeeded can be referred to by. */
export function remember(referables: Referables, answer: BatchAnswer): void {
  const { item, headers } = answer;
  if (item.id === undefined || !hasSucceeded(answer)) return;
  const url = headers.Location ?? item.url.replace(/[?#].*$/s, '');
  referables.set(item.id.toLowerCase(), { url, etag: headers.ETag });
}

/**
 * The request with each `$id` replaced by what the earlier request of that id has left: in its URL,
 * in `If-Match` and `If-None-Match`, and where its JSON body links entities. What refers to nothing
 * stays as it is.
 */
export function resolveReferences(item: BatchItem, referables: Referables): BatchItem {
  if (referables.size === 0) return item;
  const headers = Object.entries(item.headers).map(([name, value]) => {
    const isEtag = name === 'if-match' || name === 'if-none-match';
    return [name, (isEtag && etagOf(value, referables)) || value];
  });
  return {
    ...item,
    url: resolveUrl(item.url, referables),
    headers: Object.fromEntries(headers),
    body: resolveBody(item.body, referables),
  };
}

function resolveUrl(url: string, referables: Referables): string {
  const id = referredId(url);
  const referable = id === undefined ? undefined : referables.get(id);
  return referable ? url.replace(REFERENCE, () => referable.url) : url;
}

function etagOf(value: string, referables: Referables): string | undefined {
  return value.startsWith('$') ? referables.get(value.slice(1).toLowerCase())?.etag : undefined;
}

function resolveBody(body: Buffer | undefined, referables: Referables): Buffer | undefined {
  const text = body?.toString('utf8') ?? '';
  if (!BODY_REFERENCE.test(text)) return body;
  const resolve = (value: unknown) =>
    typeof value === 'string' ? resolveUrl(value, referables) : value;
  try {
    const value: unknown = JSON.parse(text, (name, member) => {
      if (!REFERRING_MEMBER.test(name)) return member;
      return Array.isArray(member) ? member.map(resolve) : resolve(member);
    });
    return Buffer.from(JSON.stringify(value));
  } catch {
    // Whoever answers the request refuses what is no JSON.
    return body;
  }
}
