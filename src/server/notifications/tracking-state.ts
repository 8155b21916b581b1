import type { DataReading } from './resource-data.ts';
import type { Watch } from './watch.ts';

/** The private value beside a subscription that says how far it has been told. */
export const TRACKING = 'tracking';

/** How far a subscription has been told. */
export interface TrackingState {
  readonly watch: Watch;
  /** Behind the last change that was told, or that was none to tell. */
  readonly position: string;
  /** How what has changed is read, where its data is sent, too. */
  readonly data?: DataReading | undefined;
}

/** The state as it is kept. */
export function formatTracking(state: TrackingState): string {
  return JSON.stringify(state);
}

/** The state as it was kept. */
export function parseTracking(text: string): TrackingState {
  return JSON.parse(text) as TrackingState;
}

/** Whether a position of changes is behind another one, or the same. */
export function isBehind(position: string, other: string): boolean {
  const [one, two] = [position, other].map((each) => each.split('.').map(BigInt));
  for (const [index, part] of one!.entries()) {
    const against = two![index] ?? 0n;
    if (part !== against) return part < against;
  }
  return true;
}
