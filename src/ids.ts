import { randomInt, randomUUID } from 'node:crypto';

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A new random guid in its canonical lower-case text. */
export function newId(): string {
  return randomUUID();
}

/** What the ids of this process's requests begin with, and the number of the last of them. */
const requests = { start: randomUUID().slice(0, 24), last: randomInt(2 ** 40) };

/** A new id for a request, shaped as a guid: unique, though not hard to guess, and quickly made. */
export function newRequestId(): string {
  requests.last += 1;
  return requests.start + requests.last.toString(16).padStart(12, '0');
}

/** Whether the text has the shape of a guid, in any case. */
export function isGuid(text: string): boolean {
  return text.length === 36 && GUID.test(text);
}

/** The cloud's security identifier of an object: its guid as four little-endian words. */
export function securityIdentifierOf(guid: string): string {
  const hex = guid.replaceAll('-', '');
  const first = hex.slice(0, 8);
  const second = hex.slice(12, 16) + hex.slice(8, 12);
  const words = [first, second, reverseBytes(hex.slice(16, 24)), reverseBytes(hex.slice(24))];
  return `S-1-12-1-${words.map((word) => Number.parseInt(word, 16)).join('-')}`;
}

function reverseBytes(hex: string): string {
  return hex.slice(6) + hex.slice(4, 6) + hex.slice(2, 4) + hex.slice(0, 2);
}
