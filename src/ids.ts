import { randomUUID } from 'node:crypto';

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A new random guid in its canonical lower-case text. */
export function newId(): string {
  return randomUUID();
}

/** Each byte in hexadecimal. */
const BYTES = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const REQUESTS_MAX = 0x10000;
/** What the ids of 65,536 requests begin with, and how many of them are taken. */
const requests = { start: '', taken: REQUESTS_MAX };

/** A new id for a request, shaped as a guid: unique, though not hard to guess, and quickly made. */
export function newRequestId(): string {
  if (requests.taken === REQUESTS_MAX) {
    requests.start = randomUUID().slice(0, 32);
    requests.taken = 0;
  }
  const number = requests.taken++;
  return requests.start + BYTES[number >> 8] + BYTES[number & 0xff];
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
