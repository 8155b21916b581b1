/** Bytes of one pack; a longer text has a pack of its own. */
const PACK_BYTES = 1 << 20;
/** The most that UTF-8 takes for one code unit of UTF-16. */
const UNIT_BYTES = 3;

/**
 * Texts in UTF-8, one behind the other in a few large packs. What goes to another thread costs a
 * copy of each pack there, or nothing where packs move, and neither thread's garbage collector ever
 * looks at the texts.
 */
export class PackedTexts {
  private readonly onPack: ((pack: ArrayBuffer) => void) | undefined;
  private pack: Buffer | undefined;
  private used = 0;

  /** `onPack` is told of each pack before anything is in it. */
  constructor(onPack?: (pack: ArrayBuffer) => void) {
    this.onPack = onPack;
  }

  /** The bytes of a text, which nothing changes any more. */
  add(text: string): Uint8Array {
    const bytes = text.length * UNIT_BYTES;
    if (!this.pack || this.pack.length - this.used < bytes) this.pack = this.open(bytes);
    const from = this.used;
    this.used += this.pack.write(text, from);
    return this.pack.subarray(from, this.used);
  }

  /** Adds nothing more to the packs that there are, so that they may move. */
  leave(): void {
    this.pack = undefined;
  }

  private open(bytes: number): Buffer {
    const pack = new ArrayBuffer(Math.max(PACK_BYTES, bytes));
    this.onPack?.(pack);
    this.used = 0;
    return Buffer.from(pack);
  }
}
