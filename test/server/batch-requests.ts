import assert from 'node:assert/strict';
import type { Reply, RequestOptions, RunningKith } from '../running-kith.ts';

/** One answer of a batch, in either format. */
export interface ItemReply {
  readonly id: string | undefined;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came.
  readonly body: any;
  readonly atomicityGroup?: string;
}

/** A part of a multipart answer: one answer, or those of a change set. */
export type PartReply = ItemReply | readonly ItemReply[];

/** Sends a JSON batch that is answered with 200; gives the answers by id. */
export async function sendBatch(
  kith: RunningKith,
  requests: readonly object[],
  options: RequestOptions & { readonly root?: string } = {},
): Promise<Map<string, ItemReply>> {
  const { root = 'v1.0', ...others } = options;
  const token = others.token ?? (await kith.token());
  const sent = { method: 'POST', body: { requests }, ...others, token };
  const reply = await kith.request(`/${root}/$batch`, sent);
  assert.equal(reply.status, 200, reply.text.slice(0, 500));
  assert.match(reply.headers['content-type']!, /^application\/json/);
  const responses = reply.json.responses as ItemReply[];
  assert.equal(responses.length, requests.length);
  for (const { headers } of responses) assert.equal(typeof headers, 'object');
  return new Map(responses.map((response) => [response.id!, response]));
}

export const get = (id: string, url = '/me', more: object = {}) => ({
  id,
  method: 'GET',
  url,
  ...more,
});

export const patch = (id: string, url: string, body: object, more: object = {}) => ({
  id,
  method: 'PATCH',
  url,
  headers: { 'Content-Type': 'application/json' },
  body,
  ...more,
});

/** The text of one request as a part of a multipart batch. */
export function part(
  requestLine: string,
  body?: object,
  more: { id?: string; headers?: string[] } = {},
) {
  const id = more.id === undefined ? [] : [`Content-ID: ${more.id}`];
  const type = body === undefined ? [] : ['Content-Type: application/json'];
  return [
    'Content-Type: application/http',
    'Content-Transfer-Encoding: binary',
    ...id,
    '',
    requestLine,
    ...type,
    ...(more.headers ?? []),
    '',
    body === undefined ? '' : JSON.stringify(body),
  ].join('\r\n');
}

/** The text of a change set as a part of a multipart batch. */
export function changeSet(...parts: readonly string[]): string {
  return `Content-Type: multipart/mixed; boundary=set\r\n\r\n${multipart('set', parts)}`;
}

/** Sends a multipart batch that is answered with 200; gives its answers as they are nested. */
export async function sendMultipart(
  kith: RunningKith,
  parts: readonly string[],
  options: RequestOptions & { readonly root?: string } = {},
): Promise<PartReply[]> {
  const reply = await postMultipart(kith, multipart('batch', parts), options);
  assert.equal(reply.status, 200, reply.text.slice(0, 500));
  return readParts(reply.text, reply.headers['content-type']!);
}

/** Sends a body as a multipart batch. */
export async function postMultipart(
  kith: RunningKith,
  body: string,
  options: RequestOptions & { readonly root?: string } = {},
): Promise<Reply> {
  const { root = 'v1.0', headers, ...others } = options;
  const token = others.token ?? (await kith.token());
  const type = { 'Content-Type': 'multipart/mixed; boundary=batch' };
  const sent = { method: 'POST', body, ...others, token, headers: { ...type, ...headers } };
  return kith.request(`/${root}/$batch`, sent);
}

export function multipart(boundary: string, parts: readonly string[]): string {
  return `${parts.map((each) => `--${boundary}\r\n${each}\r\n`).join('')}--${boundary}--\r\n`;
}

function readParts(text: string, mediaType: string): PartReply[] {
  const boundary = /^multipart\/mixed; boundary=(\S+)$/.exec(mediaType)![1]!;
  const [first, ...pieces] = `\r\n${text}`.split(`\r\n--${boundary}`);
  assert.equal(first, '');
  assert.equal(pieces.pop(), '--\r\n');
  return pieces.map(readPart);
}

function readPart(text: string): PartReply {
  const [head = '', ...others] = text.slice(2).split('\r\n\r\n');
  const headers = readHeaders(head.split('\r\n'));
  const content = others.join('\r\n\r\n');
  const type = headers['Content-Type']!;
  if (type.startsWith('multipart/')) return readParts(content, type) as ItemReply[];
  assert.equal(type, 'application/http');
  const [lines = '', ...rest] = content.split('\r\n\r\n');
  const [statusLine = '', ...headerLines] = lines.split('\r\n');
  const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(statusLine)![1]);
  const body = rest.join('\r\n\r\n');
  const own = readHeaders(headerLines);
  if (status !== 204) assert.equal(Buffer.byteLength(body), Number(own['Content-Length']));
  return { id: headers['Content-ID'], status, headers: own, body: body && JSON.parse(body) };
}

function readHeaders(lines: readonly string[]): Record<string, string> {
  return Object.fromEntries(lines.map((line) => /^([^:]+): (.*)$/.exec(line)!.slice(1)));
}
