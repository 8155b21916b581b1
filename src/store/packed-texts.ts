/** Bytes of one pack; a longer text has a pack of its own. */
const PACK_BYTES = 1 << 20;
/** The most that UTF-8 takes for one code unit of UTF-16. */
const UNIT_BYTES = 3;

/**
 * Texts in UTF-8, one behind the other in a few large packs. What goes to another thread costs a
 * copy of each pack there, and neither thread's garbage collector ever looks at the texts.
 */
export class PackedTexts {
  private pack: Buffer = Buffer.alloc(0);
  private used = 0;

  /** The bytes of a text, which nothing changes any more. */
  add(text: string): Uint8Array {
    const bytes = text.length * UNIT_BYTES;
    if (this.pack.length - this.used < bytes) {
      this.pack = Buffer.from(new ArrayBuffer(Math.max(PACK_BYTES, bytes)));
      this.used = 0;
    }
    const from = this.used;
    this.used += this.pack.write(text, from);
    return this.pack.subarray(from, this.used);
  }
}
