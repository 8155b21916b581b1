import { setTimeout as sleep } from 'node:timers/promises';
import type { NotifierParts } from './notifier-parts.ts';
import { TenantNotifier } from './tenant-notifier.ts';

const SET = 'subscriptions';
/** Pauses between looks at what has changed: where somebody wants to be told, and where nobody. */
const BUSY_MS = 200;
const IDLE_MS = 1000;
/** Pause before the next try to be the process that tells. */
const AGAIN_MS = 3000;
const HOUR = 3_600_000;
/** How long changes are kept: a day longer than the tokens of delta queries are good for. */
const KEPT_MS = 8 * 24 * HOUR;

/**
 * Tells subscriptions of changes, and forgets changes that are old; of several processes of one
 * store one does so. It works until it is disposed.
 */
export class Notifier implements AsyncDisposable {
  private readonly parts: NotifierParts;
  private readonly stop = new AbortController();
  private readonly ended: Promise<void>;
  private forgetAt: number | undefined;

  constructor(parts: NotifierParts) {
    this.parts = parts;
    this.ended = this.run();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.stop.abort();
    await this.ended;
  }

  private async run(): Promise<void> {
    const { store, log } = this.parts;
    const { signal } = this.stop;
    while (!signal.aborted) {
      try {
        await store.whileAlone('notifications', (lost) =>
          this.work(AbortSignal.any([lost, signal])),
        );
      } catch (error) {
        if (!signal.aborted) log.error({ err: error }, 'changes could not be told');
      }
      await pause(AGAIN_MS, signal);
    }
  }

  private async work(ended: AbortSignal): Promise<void> {
    const { store, clock, model } = this.parts;
    const tells = !model.isForeign && model.resources.has(SET);
    const notifiers = new Map<number, TenantNotifier>();
    while (!ended.aborted) {
      await this.forget(clock.now());
      for (const tenant of tells ? await store.tenantsWith(SET) : []) {
        if (notifiers.has(tenant.num)) continue;
        notifiers.set(tenant.num, new TenantNotifier(tenant, this.parts, ended));
      }
      let isBusy = false;
      for (const [num, notifier] of notifiers) {
        if (ended.aborted) break;
        if (await notifier.look()) isBusy = true;
        else notifiers.delete(num);
      }
      await pause(isBusy ? BUSY_MS : IDLE_MS, ended);
    }
  }

  private async forget(now: number): Promise<void> {
    // A clock that was set back must not keep everything.
    const isTime = this.forgetAt === undefined || Math.abs(now - this.forgetAt) >= HOUR;
    if (!isTime) return;
    this.forgetAt = now;
    await this.parts.store.forgetChanges(now - KEPT_MS);
  }
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
}
