import { createHash } from 'node:crypto';

/** A guid that is always the same for a name, so that a seed loaded again gives the same ids. */
export function makeId(name: string): string {
  const hex = createHash('sha256').update(`kith ${name.toLowerCase()}`).digest('hex');
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`];
  return [...parts, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}
