/** A piece of a raw path between two slashes that separate segments. */
export interface RawSegment {
  readonly raw: string;
  /** Where it starts in the raw path. */
  readonly rawAt: number;
}

const filterStart = /^(?:\$|%24)filter(?:\(|%28)/i;
const nestingParts = /['"()]|%2[2789]/g;

/** How deep in parentheses a text has come, and the quote that it has not closed. */
interface Nesting {
  depth: number;
  quote: string | undefined;
}

/**
 * Splits a raw path at `/` (OData URL Conventions 4.01, section 2), but not inside the parentheses
 * of `$filter(...)`, whose expression has slashes of its own. One slash at either end separates
 * nothing.
 */
export function splitPath(rawPath: string): RawSegment[] {
  const pieces = rawPath.split('/');
  const segments: RawSegment[] = [];
  let rawAt = 0;
  for (let index = 0; index < pieces.length; index++) {
    let raw = pieces[index]!;
    const start = rawAt;
    rawAt += raw.length + 1;
    if (raw === '' && (index === 0 || index === pieces.length - 1)) continue;
    if (filterStart.test(raw)) {
      const nesting: Nesting = { depth: 0, quote: undefined };
      track(nesting, raw);
      while (nesting.depth > 0 && index + 1 < pieces.length) {
        const next = pieces[++index]!;
        track(nesting, next);
        raw += `/${next}`;
        rawAt += next.length + 1;
      }
    }
    segments.push({ raw, rawAt: start });
  }
  return segments;
}

function track(nesting: Nesting, raw: string): void {
  for (const [written] of raw.matchAll(nestingParts)) {
    const part = written.length > 1 ? decodeURIComponent(written) : written;
    if (part === '(' || part === ')') {
      if (nesting.quote === undefined) nesting.depth += part === '(' ? 1 : -1;
    } else if (nesting.quote === undefined) {
      nesting.quote = part;
    } else if (nesting.quote === part) {
      nesting.quote = undefined;
    }
  }
}
