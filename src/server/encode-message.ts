import { STATUS_CODES } from './node-http.ts';
import type { ServiceAnswer } from './service-request.ts';

/** Makes a value fit into one header line. */
const UNPRINTABLE = /[^\t\x20-\x7e\x80-\xff]/g;

/** Header lines with one character per byte, each with its end. */
export function encodeLines(lines: readonly string[]): Buffer {
  const head = lines.map((line) => `${line.replaceAll(UNPRINTABLE, '?')}\r\n`).join('');
  return Buffer.from(head, 'latin1');
}

/** An answer as an HTTP message, which is the content of the media type application/http. */
export function encodeMessage({ status, headers, body }: ServiceAnswer): Buffer {
  const bytes = Buffer.from(body ?? '');
  const length = status === 204 || status === 304 ? [] : [`Content-Length: ${bytes.length}`];
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...length,
    '',
  ];
  return Buffer.concat([encodeLines(lines), bytes]);
}
