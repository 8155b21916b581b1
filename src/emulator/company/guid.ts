import { mixWords, type Purpose } from './random.ts';

const hexOfByte = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function hexOfWord(word: number): string {
  return (
    hexOfByte[word >>> 24]! +
    hexOfByte[(word >>> 16) & 255]! +
    hexOfByte[(word >>> 8) & 255]! +
    hexOfByte[word & 255]!
  );
}

/**
 * The guid of an entity: lower case, version 4 and variant 1 by RFC 4122 section 4.4, the other
 * 122 bits from the seed, what it is for, the entity's index, and a part of it.
 */
export function makeGuid(seed: number, purpose: Purpose, index: number, part = 0): string {
  const words = mixWords(seed, purpose, index, part);
  const second = hexOfWord((words[1]! & 0xffff0fff) | 0x4000);
  const third = hexOfWord((words[2]! & 0x3fffffff) | 0x80000000);
  return (
    `${hexOfWord(words[0]!)}-${second.slice(0, 4)}-${second.slice(4)}` +
    `-${third.slice(0, 4)}-${third.slice(4)}${hexOfWord(words[3]!)}`
  );
}
