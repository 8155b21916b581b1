import { Refusal } from '#errors.ts';

/**
 * Patterns of `matchespattern`: the part of ECMAScript's notation that an automaton decides in
 * time linear in the text. Back references, look-around and named groups are refused with 501.
 * Both databases work on code points, as ECMAScript does with the flag `u`.
 */
export type Node =
  | { readonly kind: 'class'; readonly ranges: readonly Range[]; readonly negated: boolean }
  | { readonly kind: 'start' | 'end' | 'empty' }
  | { readonly kind: 'sequence' | 'choice'; readonly nodes: readonly Node[] }
  | { readonly kind: 'repeat'; readonly node: Node; readonly min: number; readonly max: number };

type Range = readonly [number, number];

const PATTERN_MAX = 1000;
/** A repeat count is written out in the automaton. */
const REPEAT_MAX = 100;
const NODES_MAX = 1000;
const CODE_MAX = 0x10ffff;

const DIGITS: readonly Range[] = [[0x30, 0x39]];
const WORD: readonly Range[] = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
];
const SPACE: readonly Range[] = [
  [0x09, 0x0d],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
];
const LINE_END: readonly Range[] = [
  [0x0a, 0x0a],
  [0x0d, 0x0d],
  [0x2028, 0x2029],
];
const ESCAPES: Readonly<Record<string, number>> = { t: 9, n: 10, v: 11, f: 12, r: 13, 0: 1 };
const SETS: Readonly<Record<string, readonly Range[]>> = { d: DIGITS, w: WORD, s: SPACE };

/** Reads a pattern. Throws a Refusal: 400 where it is no pattern, 501 where it needs more. */
export function parsePattern(pattern: string, flags: string): Node {
  if (pattern.length > PATTERN_MAX) throw malformed(`is longer than ${PATTERN_MAX} characters`);
  if (/[^ius]/.test(flags)) throw unsupported(`the flags '${flags}'`);
  const parser = new PatternParser([...pattern], flags);
  const node = parser.choice();
  if (!parser.atEnd) throw malformed(`has a ')' too many`);
  return node;
}

class PatternParser {
  private readonly text: readonly string[];
  private readonly flags: string;
  private at = 0;
  private nodes = 0;
  private depth = 0;

  constructor(text: readonly string[], flags: string) {
    this.text = text;
    this.flags = flags;
  }

  get atEnd(): boolean {
    return this.at >= this.text.length;
  }

  choice(): Node {
    if (++this.depth > 50) throw malformed('is nested too deeply');
    const nodes = [this.sequence()];
    while (this.take('|')) nodes.push(this.sequence());
    this.depth -= 1;
    return nodes.length === 1 ? nodes[0]! : { kind: 'choice', nodes };
  }

  private sequence(): Node {
    const nodes: Node[] = [];
    while (!this.atEnd && this.text[this.at] !== '|' && this.text[this.at] !== ')') {
      nodes.push(this.repeated(this.atom()));
    }
    if (nodes.length === 1) return nodes[0]!;
    return nodes.length === 0 ? { kind: 'empty' } : { kind: 'sequence', nodes };
  }

  private repeated(node: Node): Node {
    const bounds = this.bounds();
    if (!bounds) return node;
    if (node.kind === 'start' || node.kind === 'end') throw malformed('repeats an anchor');
    // Lazy or greedy: the same texts match.
    this.take('?');
    const [min, max] = bounds;
    if (min > max) throw malformed('has bounds out of order');
    if (min > REPEAT_MAX || (max > REPEAT_MAX && max !== Number.POSITIVE_INFINITY)) {
      throw unsupported(`repeats beyond ${REPEAT_MAX}`);
    }
    const copies = max === Number.POSITIVE_INFINITY ? min + 1 : max;
    this.count(copies * sizeOf(node));
    if (this.bounds()) throw malformed('repeats a repeat');
    return { kind: 'repeat', node, min, max };
  }

  private bounds(): readonly [number, number] | undefined {
    if (this.take('*')) return [0, Number.POSITIVE_INFINITY];
    if (this.take('+')) return [1, Number.POSITIVE_INFINITY];
    if (this.take('?')) return [0, 1];
    if (this.text[this.at] !== '{') return undefined;
    const written = /^\{(\d{1,6})(,(\d{1,6})?)?\}/.exec(
      this.text.slice(this.at, this.at + 16).join(''),
    );
    if (!written) throw malformed("has a '{' that is no repeat");
    this.at += written[0].length;
    const min = Number(written[1]);
    if (written[2] === undefined) return [min, min];
    return [min, written[3] === undefined ? Number.POSITIVE_INFINITY : Number(written[3])];
  }

  private atom(): Node {
    this.count(1);
    const character = this.text[this.at++]!;
    if (character === '^') return { kind: 'start' };
    if (character === '$') return { kind: 'end' };
    if (character === '.') {
      return { kind: 'class', ranges: this.flags.includes('s') ? [] : LINE_END, negated: true };
    }
    if (character === '(') return this.group();
    if (character === '[') return this.bracket();
    if (character === '\\') return this.escape();
    if ('*+?{'.includes(character)) throw malformed(`has nothing for '${character}' to repeat`);
    return this.single(character.codePointAt(0)!);
  }

  private group(): Node {
    if (this.take('?')) {
      if (!this.take(':')) throw unsupported('look-around or a named group');
    }
    const node = this.choice();
    if (!this.take(')')) throw malformed("has a '(' without its ')'");
    return node;
  }

  private escape(): Node {
    const escaped = this.text[this.at++];
    if (escaped === undefined) throw malformed('ends with a backslash');
    const set = SETS[escaped.toLowerCase()];
    if (set) return { kind: 'class', ranges: set, negated: escaped !== escaped.toLowerCase() };
    return this.single(this.escaped(escaped));
  }

  private escaped(escaped: string): number {
    if (escaped === 'x') return this.hex(/^[0-9a-f]{2}/i);
    if (escaped === 'u') return this.hex(/^([0-9a-f]{4}|\{[0-9a-f]{1,6}\})/i);
    const known = ESCAPES[escaped];
    if (known !== undefined) return known;
    if (/[1-9]/.test(escaped)) throw unsupported('a back reference');
    if (/[a-zA-Z]/.test(escaped)) throw unsupported(`\\${escaped}`);
    return escaped.codePointAt(0)!;
  }

  private hex(form: RegExp): number {
    const written = form.exec(this.text.slice(this.at, this.at + 8).join(''))?.[0];
    if (written === undefined) throw malformed('has an escape that is cut off');
    this.at += written.length;
    const code = Number.parseInt(written.replace(/[{}]/g, ''), 16);
    if (code > CODE_MAX) throw malformed('names a character that does not exist');
    // NUL is kept as U+0001.
    return Math.max(code, 1);
  }

  private bracket(): Node {
    const negated = this.take('^');
    const ranges: Range[] = [];
    while (!this.take(']')) {
      if (this.atEnd) throw malformed("has a '[' without its ']'");
      const low = this.member(ranges);
      if (low === undefined) continue;
      if (this.text[this.at] === '-' && this.text[this.at + 1] !== ']') {
        this.at += 1;
        const high = this.member(ranges);
        if (high === undefined || high < low) throw malformed('has a range out of order');
        ranges.push(...this.inAnyCase([low, high]));
      } else {
        ranges.push(...this.inAnyCase([low, low]));
      }
    }
    this.count(ranges.length);
    return { kind: 'class', ranges, negated };
  }

  /** One character of a bracket, or undefined where it is a set, which goes into the ranges. */
  private member(ranges: Range[]): number | undefined {
    const character = this.text[this.at++];
    if (character === undefined) throw malformed("has a '[' without its ']'");
    if (character !== '\\') return character.codePointAt(0)!;
    const escaped = this.text[this.at++];
    if (escaped === undefined) throw malformed('ends with a backslash');
    if (escaped === 'b') return 8;
    const set = SETS[escaped.toLowerCase()];
    if (!set) return this.escaped(escaped);
    ranges.push(...(escaped === escaped.toLowerCase() ? set : complement(set)));
    return undefined;
  }

  private single(code: number): Node {
    return { kind: 'class', ranges: this.inAnyCase([code, code]), negated: false };
  }

  /** With the flag `i`, the range and the other case of what it holds of A-Z and single letters. */
  private inAnyCase([low, high]: Range): Range[] {
    const ranges: Range[] = [[low, high]];
    if (!this.flags.includes('i')) return ranges;
    if (low === high) {
      const character = String.fromCodePoint(low);
      for (const other of [character.toLowerCase(), character.toUpperCase()]) {
        const code = other.codePointAt(0)!;
        if ([...other].length === 1 && code !== low) ranges.push([code, code]);
      }
      return ranges;
    }
    for (const [from, to, shift] of [
      [0x41, 0x5a, 32],
      [0x61, 0x7a, -32],
    ] as const) {
      const [first, last] = [Math.max(low, from), Math.min(high, to)];
      if (first <= last) ranges.push([first + shift, last + shift]);
    }
    return ranges;
  }

  private take(character: string): boolean {
    if (this.text[this.at] !== character) return false;
    this.at += 1;
    return true;
  }

  private count(nodes: number): void {
    this.nodes += nodes;
    if (this.nodes > NODES_MAX) throw unsupported('so large an automaton');
  }
}

function sizeOf(node: Node): number {
  if (node.kind === 'repeat') {
    const copies = node.max === Number.POSITIVE_INFINITY ? node.min + 1 : node.max;
    return copies * sizeOf(node.node) + 1;
  }
  if (node.kind !== 'sequence' && node.kind !== 'choice') return 1;
  return node.nodes.reduce((sum, each) => sum + sizeOf(each), 1);
}

function complement(ranges: readonly Range[]): Range[] {
  const gaps: Range[] = [];
  let next = 1;
  for (const [low, high] of ranges) {
    if (low > next) gaps.push([next, low - 1]);
    next = high + 1;
  }
  gaps.push([next, CODE_MAX]);
  return gaps;
}

function malformed(reason: string): Refusal {
  return new Refusal('badRequest', `The pattern of matchespattern ${reason}.`);
}

function unsupported(what: string): Refusal {
  const message = `The pattern of matchespattern needs ${what}, which is not supported.`;
  return new Refusal('notImplemented', message, { target: 'matchespattern' });
}
