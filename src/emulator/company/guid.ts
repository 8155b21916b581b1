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

/** The cloud's security identifier of an object: its guid as four little-endian words. */
export function securityIdentifierOf(guid: string): string {
  const hex = guid.replaceAll('-', '');
  const first = hex.slice(0, 8);
  const second = hex.slice(12, 16) + hex.slice(8, 12);
  const words = [first, second, reverseBytes(hex.slice(16, 24)), reverseBytes(hex.slice(24))];
  return `S-1-12-1-${words.map((word) => Number.parseInt(word, 16)).join('-')}`;
}

function reverseBytes(hex: string): string {
  return hex.slice(6) + hex.slice(4, 6) + hex.slice(2, 4) + hex.slice(0, 2);
}
