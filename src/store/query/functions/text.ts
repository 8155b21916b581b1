/** The number of code points. */
export function codePointsOf(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** The double that OData JSON writes so, or null where it writes none or NaN. */
export function numberOf(text: string): number | null {
  if (text === 'INF') return Number.POSITIVE_INFINITY;
  if (text === '-INF') return Number.NEGATIVE_INFINITY;
  if (text.length > 400 || !/^-?\d+(\.\d+)?([eE][+-]?\d{1,4})?$/.test(text)) return null;
  return Number(text) + 0;
}

/**
 * The number of an enum value: that of its member, or all bits of the members it lists with
 * commas; null where one of them is no member. `members` is JSON, folded name to number.
 */
export function orFlags(text: string, members: string): bigint | null {
  const numbers = JSON.parse(members) as Readonly<Record<string, number>>;
  let bits = 0n;
  for (const part of text.split(',')) {
    const number = numbers[part.trim().toLowerCase()];
    if (number === undefined) return null;
    bits |= BigInt(number);
  }
  return bits;
}

/** Whether every member of a JSON array is in the other at least as often. */
export function isSubset(all: string, some: string): boolean {
  const left = new Map<unknown, number>();
  for (const each of JSON.parse(all) as unknown[]) left.set(each, (left.get(each) ?? 0) + 1);
  for (const each of JSON.parse(some) as unknown[]) {
    const count = left.get(each) ?? 0;
    if (count === 0) return false;
    left.set(each, count - 1);
  }
  return true;
}

/** Whether the members of a JSON array stand in the other in the same order. */
export function isSubsequence(all: string, some: string): boolean {
  const sought = JSON.parse(some) as unknown[];
  let found = 0;
  for (const each of JSON.parse(all) as unknown[]) {
    if (found < sought.length && each === sought[found]) found += 1;
  }
  return found === sought.length;
}
