import type { BatchItem, BatchUnit } from './batch-item.ts';
import {
  firstLine,
  malformed,
  type Part,
  readBoundary,
  readMessage,
  splitParts,
} from './multipart.ts';

/** Requests in one batch. */
const ITEMS_MAX = 1000;
const MULTIPART = /^multipart\/mixed\s*(;|$)/i;
const HTTP = /^application\/http\s*(;|$)/i;
const METHOD = /^[A-Za-z]+$/;
const VERSION = /^HTTP\/\d(\.\d)?$/;
const UNCODED = /^(binary|7bit|8bit)$/i;

/** Whether a media type is that of a multipart batch. */
export function isMultipartType(mediaType: string): boolean {
  return MULTIPART.test(mediaType);
}

/**
 * The units of a multipart batch in their order, each request and each change set one (OData
 * Protocol 4.01, section 11.7.7). Refuses with 400 what is not of that shape. Who writes a change
 * set keeps reads out of it; one that is there is answered in its place, as in a JSON group.
 */
export function parseMultipartBatch(body: Buffer, mediaType: string): BatchUnit[] {
  const parts = splitParts(body.toString('latin1'), readBoundary(mediaType), ITEMS_MAX);
  const units = parts.map((part, place): BatchUnit => {
    const type = part.headers.get('content-type') ?? '';
    if (!MULTIPART.test(type)) return { items: [readItem(part)], group: undefined, dependsOn: [] };
    return readChangeSet(part, type, `change set ${place + 1}`);
  });
  const count = units.reduce((sum, { items }) => sum + items.length, 0);
  if (count > ITEMS_MAX) throw malformed(`A batch has at most ${ITEMS_MAX} requests.`);
  return units;
}

function readChangeSet({ content }: Part, mediaType: string, group: string): BatchUnit {
  const items = splitParts(content, readBoundary(mediaType), ITEMS_MAX).map(readItem);
  const ids = items.flatMap(({ id }) => id ?? []);
  const again = ids.find((id, place) => ids.indexOf(id) !== place);
  if (again !== undefined) {
    throw malformed(`Two requests of a change set have the Content-ID '${again}'.`);
  }
  return { items, group, dependsOn: [] };
}

function readItem({ headers, content }: Part): BatchItem {
  const type = headers.get('content-type') ?? '';
  if (!HTTP.test(type)) {
    throw malformed('A part of a batch is application/http, or multipart/mixed for a change set.');
  }
  const coding = headers.get('content-transfer-encoding');
  if (coding !== undefined && !UNCODED.test(coding)) {
    throw malformed(`The Content-Transfer-Encoding '${coding}' is not supported; send binary.`);
  }
  const { line, after } = firstLine(content.replace(/^[\r\n]+/, ''));
  const { method, url } = readRequestLine(line);
  const message = readMessage(after);
  return {
    id: idOf(headers) ?? idOf(message.headers),
    method,
    url,
    headers: Object.fromEntries(message.headers),
    body: readBody(message.rest, message.headers.get('content-length')),
  };
}

function idOf(headers: ReadonlyMap<string, string>): string | undefined {
  return headers.get('content-id')?.replace(/^<(.*)>$/, '$1') || undefined;
}

/** As much as Content-Length says; behind that, and instead of a body, there may be empty lines. */
function readBody(rest: string, length: string | undefined): Buffer | undefined {
  const isStated = length !== undefined && /^\d+$/.test(length) && Number(length) <= rest.length;
  const body = isStated ? rest.slice(0, Number(length)) : rest;
  return /^[\r\n]*$/.test(body) ? undefined : Buffer.from(body, 'latin1');
}

/** `GET users(1) HTTP/1.1`; the version may be missing, and the URL may not be percent-encoded. */
function readRequestLine(written: string): { method: string; url: string } {
  const line = Buffer.from(written, 'latin1').toString('utf8').replaceAll('\t', ' ').trimEnd();
  const first = line.indexOf(' ');
  const last = line.lastIndexOf(' ');
  const method = line.slice(0, Math.max(first, 0));
  const url = line.slice(first, VERSION.test(line.slice(last + 1)) ? last : undefined).trim();
  if (METHOD.test(method) && url !== '') return { method: method.toUpperCase(), url };
  throw malformed(`'${line.slice(0, 80)}' is no request line.`);
}
