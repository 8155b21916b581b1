import type { LifecycleEvent, Told } from './encode-notifications.ts';

/** Changes in one request, and those that wait for one subscription, at most. */
const BATCH_MAX = 100;
const WAITING_MAX = 5000;
/** How long an endpoint is tried, as Graph does, and the pauses between. */
const TRY_MS = 4 * 3_600_000;
const PAUSE_MS = 1000;
const PAUSE_MAX_MS = 600_000;

/** A change that waits to be told, and the position behind which it lies. */
interface Waiting {
  readonly told: Told;
  readonly position: string;
}

/** What goes out in one request. */
export type Parcel =
  | { readonly kind: 'changes'; readonly all: readonly Told[]; readonly position: string }
  | { readonly kind: 'lifecycle'; readonly event: LifecycleEvent };

/**
 * What waits to be told to one subscription, oldest first. What cannot be told within hours, or is
 * too much, is given up; that some was missed is told in its place.
 */
export class Outbox {
  private waiting: Waiting[] = [];
  /** What has gone out and not yet arrived. */
  private underWay: Waiting[] = [];
  private lifecycle: LifecycleEvent[] = [];
  private failures = 0;
  private failingSince: number | undefined;
  private notBefore = 0;

  /** Puts a change behind the others; one that says the same as the last is left out. */
  add(told: Told, position: string): void {
    const last = this.waiting.at(-1);
    if (last && isSame(last.told, told)) {
      this.waiting[this.waiting.length - 1] = { told, position };
      return;
    }
    if (this.waiting.length >= WAITING_MAX) this.giveUp();
    this.waiting.push({ told, position });
  }

  /** Tells the subscription of itself. */
  addLifecycle(event: LifecycleEvent): void {
    if (!this.lifecycle.includes(event)) this.lifecycle.push(event);
  }

  get isEmpty(): boolean {
    const { waiting, underWay, lifecycle } = this;
    return waiting.length + underWay.length + lifecycle.length === 0;
  }

  /** What goes out next, alone; undefined where nothing does at that time. */
  next(now: number): Parcel | undefined {
    if (now < this.notBefore && this.failures > 0) return undefined;
    const [event] = this.lifecycle;
    if (event) return { kind: 'lifecycle', event };
    if (this.underWay.length === 0) this.underWay = this.waiting.splice(0, BATCH_MAX);
    const last = this.underWay.at(-1);
    if (!last) return undefined;
    const all = this.underWay.map(({ told }) => told);
    return { kind: 'changes', all, position: last.position };
  }

  /** What was sent has arrived. */
  succeed(parcel: Parcel): void {
    this.drop(parcel);
    this.failures = 0;
    this.failingSince = undefined;
  }

  /** What was sent has not arrived: it goes out again after a pause that grows. */
  fail(parcel: Parcel, now: number): void {
    this.failingSince ??= now;
    this.failures += 1;
    this.notBefore = now + Math.min(PAUSE_MS * 2 ** (this.failures - 1), PAUSE_MAX_MS);
    if (now - this.failingSince < TRY_MS) return;
    this.drop(parcel);
    if (parcel.kind === 'changes') this.giveUp();
    this.failures = 0;
    this.failingSince = undefined;
  }

  private drop(parcel: Parcel): void {
    if (parcel.kind === 'lifecycle') {
      this.lifecycle = this.lifecycle.filter((event) => event !== parcel.event);
      return;
    }
    this.underWay = [];
  }

  private giveUp(): void {
    this.waiting = [];
    this.addLifecycle('missed');
  }
}

function isSame(one: Told, other: Told): boolean {
  return (
    !one.members &&
    !other.members &&
    one.changeType === other.changeType &&
    one.path.join('/') === other.path.join('/')
  );
}
