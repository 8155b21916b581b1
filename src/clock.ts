/** Time as a parameter: nothing else in the program asks the machine for it. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

/** The instant as Graph writes it: ISO 8601, UTC, whole seconds, `Z`. */
export function formatInstant(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

/** The same with as many digits as Graph's profiles have; `ticks` of 100 ns tell apart what is one. */
export function formatExactInstant(milliseconds: number, ticks = 0): string {
  const whole = new Date(milliseconds).toISOString().slice(0, -1);
  return `${whole}${String(ticks % 10_000).padStart(4, '0')}Z`;
}
