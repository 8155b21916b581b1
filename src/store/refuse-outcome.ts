import { Refusal } from '#errors.ts';
import type { Outcome } from './database.ts';

/** The refusal of whatever the database could not commit, for want of room or at all. */
export function refuseOutcome({
  kind,
  message,
}: Extract<Outcome, { kind: 'full' | 'failed' }>): Refusal {
  const cause = new Error(message);
  if (kind === 'full') return new Refusal('storeFull', 'The store is full.', { cause });
  const headers = { 'Retry-After': '5' };
  return new Refusal('unavailable', 'The store does not answer.', { cause, headers });
}
