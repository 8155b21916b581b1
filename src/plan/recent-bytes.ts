/**
 * Bytes by name, of which those that were asked for lately are at hand up to a limit. A name means
 * the same bytes for ever.
 */
export class RecentBytes {
  private readonly halfMax: number;
  private readonly entryMax: number;
  /** What was asked for since the last turn, and what was before it and has not been again. */
  private fresh = new Map<string, Uint8Array>();
  private stale: ReadonlyMap<string, Uint8Array> = new Map();
  private freshSize = 0;

  /** Bytes in all, at most; what has more than a thirty-second of that is not remembered. */
  constructor(bytesMax: number) {
    this.halfMax = bytesMax / 2;
    this.entryMax = bytesMax / 32;
  }

  get(name: string): Uint8Array | undefined {
    const fresh = this.fresh.get(name);
    if (fresh) return fresh;
    const stale = this.stale.get(name);
    if (stale) this.keep(name, stale);
    return stale;
  }

  set(name: string, bytes: Uint8Array): void {
    if (bytes.length <= this.entryMax && !this.fresh.has(name)) this.keep(name, bytes);
  }

  /** Where half of the room is taken, what has not been asked for again goes. */
  private keep(name: string, bytes: Uint8Array): void {
    if (this.freshSize + bytes.length > this.halfMax) {
      this.stale = this.fresh;
      this.fresh = new Map();
      this.freshSize = 0;
    }
    this.fresh.set(name, bytes);
    this.freshSize += bytes.length;
  }
}
