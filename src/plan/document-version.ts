import { hash } from 'node:crypto';
import { type Document, TYPE } from './document.ts';

/** Bytes of a hash that a number holds exactly. */
const HASH_BYTES = 6;

/**
 * The version of what nobody stores: a number that follows from what its members say, so that an
 * entity tag changes when they do (RFC 9110, section 8.8.3).
 */
export function documentVersion({ [TYPE]: _, ...members }: Document): number {
  return hash('sha256', JSON.stringify(members), 'buffer').readUIntBE(0, HASH_BYTES);
}
