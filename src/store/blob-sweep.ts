import type { BlobPlace, TidyBlobs } from '#plan/blobs.ts';
import type { Store } from '#plan/store.ts';

/** What is swept, and how. */
export interface SweepOptions {
  readonly blobs: TidyBlobs;
  readonly store: Pick<Store, 'usedBlobs'>;
  /** Milliseconds for which nothing is touched: no transaction takes as long. */
  readonly graceMs: number;
  /** Blobs that one run looks at, at most, of each place. */
  readonly blobsMax: number;
}

const BATCH = 200;

/**
 * Takes away blobs that no row names, such as those of uploads that never committed. First they are
 * discarded, and still given to whoever asks; a row that was about to name one has been committed
 * by the next sweep, which keeps it again or removes it for good. So no lock is held, and several
 * processes may upload the same bytes meanwhile.
 */
export class BlobSweep {
  private readonly options: SweepOptions;
  /** Where the last run has come to: a large store is swept in several. */
  private readonly walks = new Map<BlobPlace, AsyncIterator<{ name: string; since: number }>>();

  constructor(options: SweepOptions) {
    this.options = options;
  }

  /** Sweeps a part of the blobs; `now` is in milliseconds since 1970. */
  async run(now: number): Promise<void> {
    await this.walk('discarded', now, async (names, used) => {
      const { blobs } = this.options;
      for (const name of names) {
        if (used.has(name)) await blobs.move(name, 'kept');
        else await blobs.remove(name);
      }
    });
    await this.walk('kept', now, async (names, used) => {
      const unused = names.filter((name) => !used.has(name));
      for (const name of unused) await this.options.blobs.move(name, 'discarded');
    });
  }

  private async walk(
    place: BlobPlace,
    now: number,
    take: (names: readonly string[], used: ReadonlySet<string>) => Promise<void>,
  ): Promise<void> {
    const { blobs, store, graceMs, blobsMax } = this.options;
    const walk = this.walks.get(place) ?? blobs.list(place)[Symbol.asyncIterator]();
    this.walks.set(place, walk);
    for (let seen = 0; seen < blobsMax; ) {
      const names: string[] = [];
      let isOver = false;
      while (names.length < BATCH && seen < blobsMax && !isOver) {
        const { value, done } = await walk.next();
        isOver = done === true;
        seen += 1;
        if (!isOver && value.since < now - graceMs) names.push(value.name);
      }
      if (names.length > 0) await take(names, await store.usedBlobs(names));
      if (!isOver) continue;
      this.walks.delete(place);
      return;
    }
  }
}
