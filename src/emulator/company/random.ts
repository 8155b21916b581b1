/**
 * The company's only source of chance: 32-bit integer arithmetic, so that every machine draws the
 * same numbers. Each entity draws from its own stream; a change of one leaves the others alone.
 */

/** What a stream or a guid is drawn for; the numbers are part of what a seed means. */
export const purposes = {
  tenant: 1,
  person: 2,
  name: 3,
  career: 4,
  contact: 5,
  photo: 6,
  group: 7,
  membership: 8,
  connection: 9,
  invitation: 10,
  position: 11,
  education: 12,
  skill: 13,
  language: 14,
  interest: 15,
  user: 16,
  mailbox: 17,
  decorated: 18,
  place: 19,
  archive: 20,
  security: 21,
  website: 22,
  award: 23,
  certificate: 24,
  address: 25,
  phone: 26,
  email: 27,
  anniversary: 28,
  note: 29,
  alias: 30,
  account: 31,
  inference: 32,
  project: 33,
  patent: 34,
  publication: 35,
} as const;
export type Purpose = keyof typeof purposes;

/**
 * Mixes seed, purpose and two indexes into 128 bits (four 32-bit words). The rounds are ChaCha's
 * quarter round, a bijection: different entities never meet in the same 128 bits.
 */
export function mixWords(seed: number, purpose: Purpose, index: number, part: number): Uint32Array {
  let a = seed | 0;
  let b = purposes[purpose] | 0;
  let c = index | 0;
  let d = part | 0;
  for (let round = 0; round < 6; round++) {
    a = (a + b + 0x9e3779b9) | 0;
    d = rotate(d ^ a, 16);
    c = (c + d) | 0;
    b = rotate(b ^ c, 12);
    a = (a + b) | 0;
    d = rotate(d ^ a, 8);
    c = (c + d + round) | 0;
    b = rotate(b ^ c, 7);
  }
  return Uint32Array.of(a, b, c, d);
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

/** A stream of pseudo-random numbers (xoshiro128**) that belongs to one entity. */
export class Random {
  #state: Uint32Array;

  constructor(seed: number, purpose: Purpose, index: number, part = 0) {
    this.#state = mixWords(seed, purpose, index, part);
  }

  /** The next 32 bits as an unsigned integer. */
  next(): number {
    const state = this.#state;
    const second = state[1]!;
    const result = Math.imul(rotate(Math.imul(second, 5), 7), 9) >>> 0;
    state[2]! ^= state[0]!;
    state[3]! ^= second;
    state[1]! ^= state[2]!;
    state[0]! ^= state[3]!;
    state[2]! ^= second << 9;
    state[3] = rotate(state[3]!, 11);
    return result;
  }

  /** An integer from 0 to limit - 1; limit is at most 2^21, so that the product stays exact. */
  below(limit: number): number {
    return Math.floor((this.next() / 0x1_0000_0000) * limit);
  }

  /** An integer from low to high, both included. */
  between(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  /** True in so many cases of a hundred. */
  percent(cases: number): boolean {
    return this.below(100) < cases;
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)]!;
  }

  /** So many different items in the list's order (all of them if there are fewer). */
  pickSome<Item>(items: readonly Item[], count: number): Item[] {
    const picked: Item[] = [];
    let wanted = Math.min(count, items.length);
    for (let at = 0; wanted > 0; at++) {
      if (this.below(items.length - at) >= wanted) continue;
      picked.push(items[at]!);
      wanted--;
    }
    return picked;
  }
}
