/** A set of people by number, a bit each: small enough to stay near the processor. */
export class Marks {
  private words = new Uint32Array(1);

  /** Empties the set and makes room for so many people. */
  clear(people: number): void {
    const count = (people + 31) >>> 5;
    if (count > this.words.length) this.words = new Uint32Array(count * 2);
    else this.words.fill(0, 0, count);
  }

  /** Adds the numbers of a list from one place to another. */
  add(list: Int32Array, from: number, to: number): void {
    const { words } = this;
    for (let at = from; at < to; at++) {
      const person = list[at]!;
      words[person >>> 5]! |= 1 << (person & 31);
    }
  }

  has(person: number): boolean {
    return ((this.words[person >>> 5]! >>> (person & 31)) & 1) === 1;
  }

  /** Whether any number of a list from one place to another is in the set. */
  hasAny(list: Int32Array, from: number, to: number): boolean {
    const { words } = this;
    for (let at = from; at < to; at++) {
      const person = list[at]!;
      if (((words[person >>> 5]! >>> (person & 31)) & 1) === 1) return true;
    }
    return false;
  }

  /** How many numbers of a list from one place to another are in the set. */
  count(list: Int32Array, from: number, to: number): number {
    const { words } = this;
    let count = 0;
    for (let at = from; at < to; at++) {
      const person = list[at]!;
      count += (words[person >>> 5]! >>> (person & 31)) & 1;
    }
    return count;
  }
}
