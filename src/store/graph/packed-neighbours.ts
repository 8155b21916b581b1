/**
 * How the store keeps the neighbours of one person: chunks, one behind the other, of which each
 * says what has changed since the one before. A chunk is the number of its entries and, ascending,
 * for each entry twice the distance from the surrogate before it, and one more where that neighbour
 * is none any more; all as variable-length integers, seven bits a byte, the lowest first. So a
 * change is appended without reading what is there.
 */

/** Packs what changes for one person: of each other, whether they are connected by now. */
export function packChanges(changes: ReadonlyMap<number, boolean>): Uint8Array {
  const owners = Float64Array.from(changes.keys()).sort();
  const bytes: number[] = [];
  writeInteger(bytes, owners.length);
  let before = 0;
  for (const owner of owners) {
    writeInteger(bytes, (owner - before) * 2 + (changes.get(owner) ? 0 : 1));
    before = owner;
  }
  return Uint8Array.from(bytes);
}

/** Packs the neighbours of one person as a single chunk; they come ascending, each once. */
export function packNeighbours(owners: ArrayLike<number>): Uint8Array {
  const bytes: number[] = [];
  writeInteger(bytes, owners.length);
  let before = 0;
  for (let at = 0; at < owners.length; at++) {
    writeInteger(bytes, (owners[at]! - before) * 2);
    before = owners[at]!;
  }
  return Uint8Array.from(bytes);
}

/** Reads rows, one after another, into a list that it reuses. */
export class NeighbourReader {
  /** The neighbours of the last row: ascending, the first `length`. */
  owners = new Float64Array(1024);
  length = 0;
  /** How many chunks the last row had. */
  chunks = 0;
  private bytes: Uint8Array = new Uint8Array();
  private at = 0;

  /** Reads one person's row. */
  read(bytes: Uint8Array): void {
    // Each entry is a byte at least.
    if (this.owners.length < bytes.length) this.owners = new Float64Array(bytes.length * 2);
    this.bytes = bytes;
    this.at = 0;
    this.length = 0;
    this.chunks = 0;
    let removals = 0;
    while (this.at < bytes.length) {
      removals += this.readChunk();
      this.chunks += 1;
    }
    if (removals > 0) this.replay();
    else if (this.chunks > 1) this.merge();
  }

  /** Appends the entries of one chunk; gives how many say that a neighbour is none any more. */
  private readChunk(): number {
    const count = this.readInteger();
    let owner = 0;
    let removals = 0;
    for (let entry = 0; entry < count; entry++) {
      const value = this.readInteger();
      const isRemoved = value % 2;
      owner += (value - isRemoved) / 2;
      removals += isRemoved;
      this.owners[this.length++] = owner;
    }
    return removals;
  }

  /** Puts in order what several chunks add. */
  private merge(): void {
    const sorted = this.owners.subarray(0, this.length).sort();
    let kept = 0;
    for (const owner of sorted) {
      if (kept === 0 || sorted[kept - 1] !== owner) sorted[kept++] = owner;
    }
    this.length = kept;
  }

  /** What the chunks say together, where some take neighbours away. */
  private replay(): void {
    const neighbours = new Set<number>();
    this.at = 0;
    while (this.at < this.bytes.length) {
      const count = this.readInteger();
      let owner = 0;
      for (let entry = 0; entry < count; entry++) {
        const value = this.readInteger();
        const isRemoved = value % 2;
        owner += (value - isRemoved) / 2;
        if (isRemoved) neighbours.delete(owner);
        else neighbours.add(owner);
      }
    }
    const sorted = Float64Array.from(neighbours).sort();
    this.owners.set(sorted);
    this.length = sorted.length;
  }

  private readInteger(): number {
    const { bytes } = this;
    let byte = bytes[this.at++]!;
    if (byte < 0x80) return byte;
    let value = byte & 0x7f;
    for (let scale = 0x80; byte >= 0x80; scale *= 0x80) {
      byte = bytes[this.at++]!;
      value += (byte & 0x7f) * scale;
    }
    return value;
  }
}

function writeInteger(bytes: number[], value: number): void {
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) + 0x80);
    rest = Math.floor(rest / 0x80);
  }
  bytes.push(rest);
}
