import { Refusal } from '#errors.ts';
import type { Value } from '#plan/document.ts';

/** Refuses a body that names another id than what it changes has. */
export function checkProfileId(written: Value, id: string): void {
  if (String(written).toLowerCase() === id.toLowerCase()) return;
  const message = "The property 'id' is read-only and cannot be changed.";
  throw new Refusal('badRequest', message, { target: 'id' });
}
