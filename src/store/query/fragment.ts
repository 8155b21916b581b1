import type { SqlValue } from '../database.ts';

/** A piece of SQL with the parameters that its `?` stand for, in their order. */
export interface Fragment {
  readonly text: string;
  readonly params: readonly SqlValue[];
}

/**
 * Writes SQL around other pieces. A part that is a string is SQL of our own making, never a value:
 * values come in through `QueryWords.bind`.
 */
export function sql(strings: TemplateStringsArray, ...parts: (Fragment | string)[]): Fragment {
  let text = strings[0]!;
  const params: SqlValue[] = [];
  for (const [index, part] of parts.entries()) {
    if (typeof part === 'string') {
      text += part;
    } else {
      text += part.text;
      params.push(...part.params);
    }
    text += strings[index + 1]!;
  }
  return { text, params };
}

/** SQL of our own making, without parameters. */
export function raw(text: string): Fragment {
  return { text, params: [] };
}

/** The pieces one after another with the separator between them. */
export function join(pieces: readonly Fragment[], separator: string): Fragment {
  return {
    text: pieces.map(({ text }) => text).join(separator),
    params: pieces.flatMap(({ params }) => params),
  };
}

/**
 * The pieces under one associative operator, as a balanced tree: SQLite limits the depth of an
 * expression to 1,000, which a chain of as many operands would exceed.
 */
export function balance(pieces: readonly Fragment[], operator: 'AND' | 'OR'): Fragment {
  if (pieces.length <= 8) return sql`(${join(pieces, ` ${operator} `)})`;
  const half = Math.ceil(pieces.length / 2);
  const [left, right] = [pieces.slice(0, half), pieces.slice(half)];
  return sql`(${balance(left, operator)} ${operator} ${balance(right, operator)})`;
}
