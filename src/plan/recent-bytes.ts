/**
 * Bytes by name, of which those that were asked for last are at hand up to a limit. A name means
 * the same bytes for ever.
 */
export class RecentBytes {
  private readonly bytesMax: number;
  private readonly entryMax: number;
  private readonly entries = new Map<string, Uint8Array>();
  private size = 0;

  /** Bytes in all, at most; what has more than a thirty-second of that is not remembered. */
  constructor(bytesMax: number) {
    this.bytesMax = bytesMax;
    this.entryMax = bytesMax / 32;
  }

  get(name: string): Uint8Array | undefined {
    const bytes = this.entries.get(name);
    if (!bytes) return undefined;
    // The last one asked for is the last one to go.
    this.entries.delete(name);
    this.entries.set(name, bytes);
    return bytes;
  }

  set(name: string, bytes: Uint8Array): void {
    if (bytes.length > this.entryMax || this.entries.has(name)) return;
    this.entries.set(name, bytes);
    this.size += bytes.length;
    for (const [oldest, each] of this.entries) {
      if (this.size <= this.bytesMax) break;
      this.entries.delete(oldest);
      this.size -= each.length;
    }
  }
}
