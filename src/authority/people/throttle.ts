import type { Clock } from '#clock.ts';
import type { AuthorityStore } from '#plan/authority-store.ts';
import { writeGrant } from '../kept/write-grant.ts';
import { ProtocolError } from '../protocol/protocol-error.ts';

/** Where failures are counted: all processes count together. */
export interface ThrottleParts {
  readonly kept: AuthorityStore;
  readonly clock: Clock;
}

const KIND = 'failures';
/** Failures in a row, each less than the window after the one before, that are let through. */
const FAILURES_MAX = 10;
const WINDOW_MS = 15 * 60_000;
/** How long nobody gets in after that; a success does not shorten it. */
const LOCK_MS = 60_000;

/** Refuses where too many attempts have failed of late. */
export async function checkAttempts(subject: string, parts: ThrottleParts): Promise<void> {
  const found = await parts.kept.find(KIND, subject);
  const now = parts.clock.now();
  if (!found || found.expiresAt <= now) return;
  const { count, last } = readCount(found.value);
  if (count < FAILURES_MAX || now - last > LOCK_MS) return;
  const message =
    'The account is locked because there were too many attempts with an incorrect password. Try again in a minute.';
  throw new ProtocolError('lockedUser', message);
}

/** Counts one failure. */
export async function recordFailure(subject: string, parts: ThrottleParts): Promise<void> {
  await writeGrant(parts.kept, { kind: KIND, key: subject }, (found) => {
    const now = parts.clock.now();
    const before = found && found.expiresAt > now ? readCount(found.value).count : 0;
    const value = JSON.stringify({ count: before + 1, last: now });
    return { subject, value, expiresAt: now + WINDOW_MS };
  });
}

function readCount(value: string): { count: number; last: number } {
  return JSON.parse(value) as { count: number; last: number };
}
