/**
 * The members of an object in JSON text beside those that a JSON array names, without annotations
 * and nulls, as a text that is the same for the same members in any order; null for what is no
 * object.
 */
export function membersBeside(text: string | number | bigint, names: string): string | null {
  const value = parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const beside = new Set(JSON.parse(names) as string[]);
  const members = Object.entries(value).filter(
    ([name, member]) => member !== null && !name.includes('@') && !beside.has(name),
  );
  return JSON.stringify(ordered(Object.fromEntries(members)));
}

/** A scalar of a document is a number, or text that need not be JSON. */
function parse(text: string | number | bigint): unknown {
  if (typeof text !== 'string' || !text.startsWith('{')) return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

/** The value with the members of its objects in one order. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, each]) => [name, ordered(each)] as const);
  return Object.fromEntries(members.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}
