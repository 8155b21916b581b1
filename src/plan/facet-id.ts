import { createHash } from 'node:crypto';
import type { FacetHome } from '#model/profile/facet-homes.ts';

/** The id of what starts from a person's value: always the same, and nobody else's. */
export function derivedId(
  personId: string,
  { facet, slot, isEach }: FacetHome,
  value = '',
): string {
  const name = isEach ? `${slot}\n${value}` : slot;
  const hash = createHash('sha256').update(`${personId}\n${facet}\n${name}`).digest('hex');
  const variant = '89ab'[Number.parseInt(hash[16]!, 16) % 4];
  const third = `8${hash.slice(13, 16)}`;
  const fourth = `${variant}${hash.slice(17, 20)}`;
  return [hash.slice(0, 8), hash.slice(8, 12), third, fourth, hash.slice(20, 32)].join('-');
}

/** Whether an id is one of those that follow from a person's values. */
export function isDerivedId(id: string): boolean {
  return id[14] === '8';
}
