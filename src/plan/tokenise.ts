import { foldText } from './compare.ts';

/** Digits, or letters with their marks: upper case, then the rest, up to the next upper case. */
const TOKEN = /\p{N}+|[\p{Lu}\p{Lt}\p{M}]*[\p{Ll}\p{Lo}\p{Lm}\p{M}]*/gu;

/**
 * The tokens by which search text is found, in their order and folded: text is split at spaces,
 * at a change from lower to upper case, at symbols and at digits (Microsoft Graph, Use the $search
 * query parameter, tokenisation).
 */
export function tokenise(text: string): string[] {
  const tokens = text.normalize('NFC').match(TOKEN) ?? [];
  return tokens.filter((token) => token !== '').map(foldText);
}
