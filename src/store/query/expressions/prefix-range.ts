import type { Context } from '../context.ts';
import { type Fragment, sql } from '../fragment.ts';
import { constantKey } from '../text-key.ts';

const LAST_CODE = 0x10ffff;

/** Whether a key begins with a text, as a range of keys, which an index finds. */
export function prefixRange(context: Context, key: Fragment, text: string): Fragment {
  const { words } = context;
  const prefix = constantKey(context, text);
  const behind = firstBehind(prefix);
  const from = sql`${key} >= ${words.bind('text', prefix)}`;
  if (behind === undefined) return from;
  return sql`(${from} AND ${key} < ${words.bind('text', behind)})`;
}

/** The first text, by code points, behind all that begin with the prefix. */
function firstBehind(prefix: string): string | undefined {
  const characters = [...prefix];
  for (let last = characters.pop(); last !== undefined; last = characters.pop()) {
    const code = last.codePointAt(0)!;
    if (code === LAST_CODE) continue;
    // No text holds a surrogate on its own.
    const next = code === 0xd7ff ? 0xe000 : code + 1;
    return characters.join('') + String.fromCodePoint(next);
  }
  return undefined;
}
