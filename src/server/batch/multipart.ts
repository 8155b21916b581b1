import { Refusal } from '#errors.ts';

/** One part of a multipart body: header names in lower case, content with one character per byte. */
export interface Part {
  readonly headers: ReadonlyMap<string, string>;
  readonly content: string;
}

/** The header lines at the beginning of a text, and what follows the empty line behind them. */
export interface Message {
  readonly headers: ReadonlyMap<string, string>;
  readonly rest: string;
}

const HEADER_LINES_MAX = 100;
const HEADER = /^([!#$%&'*+.^\w`|~-]+)[ \t]*:(.*)$/s;
const BOUNDARY = /;\s*boundary\s*=\s*(?:"((?:[^"\\]|\\.)+)"|([^\s;"]+))/i;
/** RFC 2046, section 5.1.1 allows 70; some clients take a little more. */
const BOUNDARY_MAX = 200;

/** The boundary in the media type of a multipart body; refuses with 400 where there is none. */
export function readBoundary(mediaType: string): string {
  const [, quoted, bare] = BOUNDARY.exec(mediaType) ?? [];
  const boundary = quoted?.replaceAll(/\\(.)/gs, '$1') ?? bare;
  if (boundary !== undefined && boundary.length <= BOUNDARY_MAX) return boundary;
  throw malformed(`The media type '${mediaType}' has no boundary, or one that is too long.`);
}

/**
 * Splits a multipart body (RFC 2046, section 5.1) with one character per byte. Lines may end with
 * LF alone; preamble and epilogue say nothing. Refuses with 400 a body without its closing
 * delimiter, because its end may be missing, and one with more parts than allowed.
 */
export function splitParts(body: string, boundary: string, partsMax: number): Part[] {
  const parts: Part[] = [];
  let start: number | undefined;
  for (const line of delimiterLines(body, boundary)) {
    if (start !== undefined) {
      const { headers, rest } = readMessage(withoutLineEnd(body.slice(start, line.from)));
      parts.push({ headers, content: rest });
    }
    if (line.isLast) return parts;
    if (parts.length === partsMax) throw malformed(`A batch has at most ${partsMax} requests.`);
    start = line.to;
  }
  throw malformed(`The line '--${boundary}--' that ends a batch is missing.`);
}

/** Reads headers up to the first empty line; a line that begins with a space continues one. */
export function readMessage(text: string): Message {
  const headers = new Map<string, string>();
  let rest = text;
  let name: string | undefined;
  for (let count = 0; rest !== ''; count++) {
    if (count > HEADER_LINES_MAX) throw malformed('A part of the batch has too many headers.');
    const { line, after } = firstLine(rest);
    rest = after;
    if (line === '') break;
    const isContinued = /^[ \t]/.test(line) && name !== undefined;
    const [, written = '', value = ''] = isContinued ? ['', name, line] : readHeader(line);
    name = written.toLowerCase();
    const before = headers.get(name);
    const separator = isContinued ? ' ' : ', ';
    const text = value.trim();
    headers.set(name, before === undefined ? text : `${before}${separator}${text}`);
  }
  return { headers, rest };
}

/** The first line of a text without its end, and what comes after it. */
export function firstLine(text: string): { line: string; after: string } {
  const end = text.indexOf('\n');
  if (end < 0) return { line: text, after: '' };
  return { line: withoutLineEnd(text.slice(0, end + 1)), after: text.slice(end + 1) };
}

/** The refusal of a batch that is no well-formed multipart body. */
export function malformed(message: string): Refusal {
  return new Refusal('malformedRequest', message, { target: '$batch' });
}

function* delimiterLines(
  body: string,
  boundary: string,
): Generator<{ from: number; to: number; isLast: boolean }> {
  const delimiter = `--${boundary}`;
  const lineEnd = /(--)?[ \t]*\r?(?:\n|$)/y;
  let from = body.indexOf(delimiter);
  while (from >= 0) {
    lineEnd.lastIndex = from + delimiter.length;
    const isLineStart = from === 0 || body[from - 1] === '\n';
    const tail = isLineStart ? lineEnd.exec(body) : null;
    if (tail) yield { from, to: lineEnd.lastIndex, isLast: tail[1] === '--' };
    from = body.indexOf(delimiter, from + delimiter.length);
  }
}

function readHeader(line: string): RegExpExecArray {
  const header = HEADER.exec(line);
  if (header) return header;
  throw malformed(`The line '${line.slice(0, 80)}' in the batch is no header.`);
}

function withoutLineEnd(text: string): string {
  if (text.endsWith('\r\n')) return text.slice(0, -2);
  return text.endsWith('\n') ? text.slice(0, -1) : text;
}
