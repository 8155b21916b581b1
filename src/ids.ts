import { randomUUID } from 'node:crypto';

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A new random guid in its canonical lower-case text. */
export function newId(): string {
  return randomUUID();
}

/** Whether the text has the shape of a guid, in any case. */
export function isGuid(text: string): boolean {
  return text.length === 36 && GUID.test(text);
}
