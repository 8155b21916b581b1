/** What a `Prefer` header asks for (RFC 7240; OData Protocol 4.01, section 8.2.8). */
export interface Preferences {
  readonly return: 'minimal' | 'representation' | undefined;
  /** Members on a page, at most. */
  readonly maxPageSize: number | undefined;
}

const nothing: Preferences = { return: undefined, maxPageSize: undefined };

/** Reads a `Prefer` header; what is unknown or malformed is ignored, as RFC 7240 wants. */
export function parsePreferences(header: string | undefined): Preferences {
  if (header === undefined) return nothing;
  const written = new Map<string, string>();
  for (const part of header.split(',')) {
    const [name = '', value = ''] = part
      .split(';', 1)[0]!
      .split('=')
      .map((each) => each.trim());
    const key = name.toLowerCase().replace(/^odata\./, '');
    // The first of two is the one that counts (RFC 7240, section 2).
    if (!written.has(key)) written.set(key, value.replaceAll('"', '').toLowerCase());
  }
  const wanted = written.get('return');
  const size = Number(written.get('maxpagesize'));
  return {
    return: wanted === 'minimal' || wanted === 'representation' ? wanted : undefined,
    maxPageSize: Number.isInteger(size) && size > 0 ? size : undefined,
  };
}

/** The entity tags of an `If-Match` or `If-None-Match` header. */
export function parseEtags(header: string | undefined): readonly string[] | '*' | undefined {
  if (header === undefined) return undefined;
  if (header.trim() === '*') return '*';
  return header.match(/(?:W\/)?"[^"]*"/g) ?? [];
}
