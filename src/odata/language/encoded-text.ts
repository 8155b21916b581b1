import { SyntaxRefusal } from './syntax-refusal.ts';

const none: ReadonlySet<number> = new Set();
const percentTriplet = /^%[0-9a-f]{2}$/i;

/** A part of a URL, decoded, that still knows how it was written. */
export interface EncodedText {
  readonly text: string;
  /** Where the text has a `;` that was written `%3B`: it belongs to a word of a search. */
  readonly escaped: ReadonlySet<number>;
  /** Where the character at this position of the text stands in the raw part. */
  rawAt(position: number): number;
}

/**
 * Decodes the name or value of a query option: percent-encoded UTF-8, and `+` for a space.
 * Refuses a raw `#`, which ends a query (RFC 3986, section 3.4), and what is no UTF-8.
 */
export function decodeQueryPart(raw: string, target: string): EncodedText {
  const hash = raw.indexOf('#');
  if (hash >= 0) {
    const problem = "Expected '%23' for a '#'";
    const { text } = decode(raw.slice(0, hash).replaceAll('+', ' '), target);
    throw new SyntaxRefusal({ target, position: text.length, problem, rawPosition: hash });
  }
  return decode(raw.includes('+') ? raw.replaceAll('+', ' ') : raw, target);
}

/**
 * Decodes a part of a resource path: percent-encoded UTF-8 (OData URL Conventions, section 2).
 * `before` is how many decoded characters of the path stand before it.
 */
export function decodePathPart(raw: string, target: string, before = 0): EncodedText {
  return decode(raw, target, before);
}

function decode(raw: string, target: string, before = 0): EncodedText {
  if (!raw.includes('%')) return { text: raw, escaped: none, rawAt: (position) => position };
  let text: string;
  try {
    text = decodeURIComponent(raw);
  } catch {
    const rawPosition = findUndecodable(raw);
    const position = before + decodeURIComponent(raw.slice(0, rawPosition)).length;
    const problem = 'Expected percent-encoded UTF-8';
    throw new SyntaxRefusal({ target, position, problem, rawPosition });
  }
  return { text, escaped: findEscaped(raw), rawAt: (position) => rawAt(raw, position) };
}

/** Calls back with the offsets of each character, raw and decoded, until told to stop. */
function walk(raw: string, visit: (rawOffset: number, offset: number) => boolean): void {
  let offset = 0;
  for (let at = 0; at < raw.length; offset++) {
    if (visit(at, offset)) return;
    if (raw.charCodeAt(at) !== 37) {
      at++;
      continue;
    }
    const lead = Number.parseInt(raw.slice(at + 1, at + 3), 16);
    const bytes = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    at += 3 * bytes;
    // What takes four bytes in UTF-8 takes two units in a string.
    if (bytes === 4) offset++;
  }
}

function rawAt(raw: string, position: number): number {
  let found = raw.length;
  walk(raw, (rawOffset, offset) => {
    if (offset < position) return false;
    found = rawOffset;
    return true;
  });
  return found;
}

function findEscaped(raw: string): ReadonlySet<number> {
  if (!/%3b/i.test(raw)) return none;
  const escaped = new Set<number>();
  walk(raw, (rawOffset, offset) => {
    const isEscape = raw.charCodeAt(rawOffset) === 37 && raw.charCodeAt(rawOffset + 1) === 51;
    if (isEscape && (raw.charCodeAt(rawOffset + 2) | 32) === 98) escaped.add(offset);
    return false;
  });
  return escaped;
}

function findUndecodable(raw: string): number {
  for (let at = raw.indexOf('%'); at >= 0; at = raw.indexOf('%', at)) {
    const start = at;
    while (percentTriplet.test(raw.slice(at, at + 3))) at += 3;
    try {
      decodeURIComponent(raw.slice(start, at));
    } catch {
      return start;
    }
    if (raw.charCodeAt(at) === 37) return at;
  }
  return 0;
}
