import type { ApplySyntax, TransformationSyntax } from './apply/syntax.ts';
import type { ExpressionSyntax } from './expressions/syntax.ts';
import { depthMax, identifierCharactersMax, nodesMax } from './limits.ts';
import { identifierEnd, qualifiedEnd } from './names.ts';
import type { OptionsSyntax } from './options/syntax.ts';
import { SyntaxRefusal } from './syntax-refusal.ts';
import type { SystemOptionName } from './system-options.ts';

/** The rules that call each other in rings; each file reaches the others through its cursor. */
export interface Rules {
  /** OData ABNF 4.01, commonExpr. */
  readonly expression: (cursor: Cursor) => ExpressionSyntax;
  /** Options in parentheses, separated by `;`: the cursor stands at the opening one. */
  readonly nestedOptions: (cursor: Cursor, allowed: ReadonlySet<SystemOptionName>) => OptionsSyntax;
  /** Transformations separated by `/`, perhaps only of some kinds. */
  readonly apply: (
    cursor: Cursor,
    allowed?: ReadonlySet<TransformationSyntax['kind']>,
  ) => ApplySyntax;
}

/** What a cursor reads. */
export interface CursorSource {
  readonly text: string;
  readonly target: string;
  readonly rules: Rules;
  /** Offsets of `;` that are no separators of nested options in a search. */
  readonly escaped?: ReadonlySet<number>;
}

const noneEscaped: ReadonlySet<number> = new Set();

/** One character's description in a message. */
function show(text: string, position: number): string {
  const code = text.codePointAt(position);
  return code === undefined ? 'the end' : `'${String.fromCodePoint(code)}'`;
}

/** A place in a text that moves forward only, and the limits on what is built from the text. */
export class Cursor {
  readonly text: string;
  readonly target: string;
  readonly rules: Rules;
  readonly escaped: ReadonlySet<number>;
  position = 0;
  optionDepth = 0;
  /** The depth at which a `:` ends the condition of a `case` and so parts no time of day. */
  conditionDepth = -1;
  depth = 0;
  private nodes = 0;

  constructor({ text, target, rules, escaped = noneEscaped }: CursorSource) {
    this.text = text;
    this.target = target;
    this.rules = rules;
    this.escaped = escaped;
  }

  /** The character here as its UTF-16 code; `NaN` at the end. */
  get code(): number {
    return this.text.charCodeAt(this.position);
  }

  get isAtEnd(): boolean {
    return this.position >= this.text.length;
  }

  refuse(expected: string, position = this.position): never {
    const problem = `Expected ${expected}, found ${show(this.text, position)}`;
    throw new SyntaxRefusal({ target: this.target, position, problem });
  }

  refuseFor(problem: string, position = this.position): never {
    throw new SyntaxRefusal({ target: this.target, position, problem });
  }

  /** OData ABNF 4.01, BWS: spaces and tabs that may stand here. */
  skipSpace(): boolean {
    const start = this.position;
    let code = this.code;
    while (code === 32 || code === 9) code = this.text.charCodeAt(++this.position);
    return this.position > start;
  }

  /** OData ABNF 4.01, RWS: spaces and tabs that must stand here. */
  expectSpace(): void {
    if (!this.skipSpace()) this.refuse('a space');
  }

  /** Passes this character if it stands here. */
  eat(code: number): boolean {
    if (this.code !== code) return false;
    this.position++;
    return true;
  }

  expect(code: number): void {
    if (!this.eat(code)) this.refuse(`'${String.fromCharCode(code)}'`);
  }

  /** Passes `,` and the space around it; stays where it is when no `,` follows. */
  eatComma(): boolean {
    const start = this.position;
    this.skipSpace();
    if (!this.eat(44)) {
      this.position = start;
      return false;
    }
    this.skipSpace();
    return true;
  }

  /** Whether this word, in any case, stands here and ends here. */
  isAtWord(word: string): boolean {
    const end = this.position + word.length;
    if (identifierEnd(this.text, this.position) !== end) return false;
    return this.text.slice(this.position, end).toLowerCase() === word;
  }

  /** Passes the word if it stands here, in any case. */
  eatWord(word: string): boolean {
    if (!this.isAtWord(word)) return false;
    this.position += word.length;
    return true;
  }

  /** Passes a space and the word; stays where it is when they do not follow. */
  eatSpacedWord(word: string): boolean {
    const start = this.position;
    if (this.skipSpace() && this.eatWord(word)) return true;
    this.position = start;
    return false;
  }

  identifier(what = 'a name'): string {
    return this.sliceName(identifierEnd(this.text, this.position), what);
  }

  /** A name, with its namespace if it has one. */
  qualifiedName(what = 'a name'): string {
    return this.sliceName(qualifiedEnd(this.text, this.position), what);
  }

  private sliceName(end: number, what: string): string {
    const start = this.position;
    if (end === start) this.refuse(what);
    const name = this.text.slice(start, end);
    if (end - start > identifierCharactersMax) this.checkParts(name, start);
    this.position = end;
    return name;
  }

  private checkParts(name: string, start: number): void {
    if (name.split('.').every((part) => part.length <= identifierCharactersMax)) return;
    this.refuseFor(`An identifier has at most ${identifierCharactersMax} characters`, start);
  }

  /** Counts a node against the limit. */
  countNode(): void {
    if (++this.nodes > nodesMax) {
      this.refuseFor(`Expected at most ${nodesMax} operands, steps and items`);
    }
  }

  /** Goes one level down: into parentheses, arguments, or the operand of a sign. */
  enter(): void {
    this.depth++;
    this.checkDepth(0);
  }

  /** Checks the depth of a chain of so many operators, each the left operand of the next. */
  checkDepth(links: number): void {
    if (this.depth + links > depthMax) {
      this.refuseFor(`Expected at most ${depthMax} levels of nesting`);
    }
  }

  leave(): void {
    this.depth--;
  }

  expectEnd(): void {
    if (!this.isAtEnd) this.refuse('the end');
  }
}
