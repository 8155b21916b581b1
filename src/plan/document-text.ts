import type { EntityType } from '#model/model.ts';
import {
  columnsOf,
  type Document,
  emptyValue,
  headOf,
  renderDocument,
  TYPE,
  undeclaredNames,
  type Value,
  writeValue,
} from './document.ts';

const QUOTE = 34;
const COMMA = 44;
const BACKSLASH = 92;
const OPEN_ARRAY = 91;
const OPEN_OBJECT = 123;

/**
 * Where the declared members stand in a text, by the place of their property in the type: the
 * first character of the value, and the one behind its last; both 0 where there is no such member.
 */
interface Spans {
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** Behind the last of them. What follows, an open type does not declare. */
  readonly end: number;
}

/**
 * The canonical text of an entity, whose members are read and replaced where they stand. Changing
 * one of ninety members so costs a fraction of parsing and writing them all.
 */
export class DocumentText {
  readonly text: string;
  /** What the entity is: the declared type, or one derived from it. */
  readonly type: EntityType;
  private spans: Spans | undefined;

  /** The text must be one that `renderDocument` has made for the very type. */
  constructor(type: EntityType, text: string, spans?: Spans) {
    this.type = type;
    this.text = text;
    this.spans = spans;
  }

  /** All members, parsed. */
  parse(): Document {
    return JSON.parse(this.text) as Document;
  }

  /** One member, parsed alone. */
  read(name: string): Value | undefined {
    const value = this.slice(name);
    return value === undefined ? undefined : (JSON.parse(value) as Value);
  }

  /** The text with other values for some members. */
  replace(members: Document): DocumentText {
    const { text } = this;
    const { from, to, end } = this.find();
    const [newFrom, newTo] = [new Int32Array(from.length), new Int32Array(to.length)];
    const columns = columnsOf(this.type);
    let result = '';
    let at = 0;
    let shift = 0;
    for (let place = 0; place < columns.length; place++) {
      const { property } = columns[place]!;
      const value = members[property.name];
      if (to[place] === 0) {
        if (value !== undefined) throw new Error(`The document has no ${property.name}.`);
        continue;
      }
      newFrom[place] = from[place]! + shift;
      if (value !== undefined) {
        const written = writeValue(value ?? emptyValue(property));
        result += text.slice(at, from[place]) + written;
        at = to[place]!;
        shift += written.length - (at - from[place]!);
      }
      newTo[place] = to[place]! + shift;
    }
    result += text.slice(at, end);
    const spans = { from: newFrom, to: newTo, end: end + shift };
    return new DocumentText(this.type, result + this.replaceRest(members), spans);
  }

  /** The named members as an object's inside: `"a":1,"b":null`. */
  pick(names: Iterable<string>): string {
    const { text, type } = this;
    const { from, to } = this.find();
    const [columns, places] = [columnsOf(type), placesOf(type)];
    let picked = '';
    // Members that follow each other in the text are taken in one piece.
    let [start, behind] = [0, 0];
    for (const name of names) {
      const place = places.get(name);
      if (place === undefined) {
        const value = this.slice(name);
        picked += text.slice(start, behind) + (value === undefined ? '' : headOf(name) + value);
        start = behind;
      } else if (to[place] !== 0) {
        const head = from[place]! - columns[place]!.head.length;
        if (head !== behind) {
          picked += text.slice(start, behind);
          start = head;
        }
        behind = to[place]!;
      }
    }
    return (picked + text.slice(start, behind)).slice(1);
  }

  private slice(name: string): string | undefined {
    const place = placesOf(this.type).get(name);
    const { from, to } = this.find();
    if (place === undefined) {
      const rest = this.type.open && name !== TYPE ? this.rest() : {};
      return Object.hasOwn(rest, name) ? writeValue(rest[name]!) : undefined;
    }
    return to[place] === 0 ? undefined : this.text.slice(from[place], to[place]);
  }

  /** What the type does not declare. */
  private rest(): Document {
    const { end } = this.find();
    return JSON.parse(`{${this.text.slice(end + 1) || '}'}`) as Document;
  }

  /** The end of the text, with other values for what the type does not declare. */
  private replaceRest(members: Document): string {
    const given = Object.entries(members).filter(([name, value]) => {
      return value !== undefined && this.isUndeclared(name);
    });
    if (given.length === 0) return this.text.slice(this.find().end);
    const rest = { ...this.rest(), ...Object.fromEntries(given) };
    const names = undeclaredNames(this.type, rest);
    return `${names.map((name) => headOf(name) + writeValue(rest[name]!)).join('')}}`;
  }

  private isUndeclared(name: string): boolean {
    return this.type.open && name !== TYPE && !this.type.properties.has(name);
  }

  private find(): Spans {
    this.spans ??= findSpans(this.type, this.text);
    return this.spans;
  }
}

/** The text of a type's default view, from the text of the whole. */
export function renderView(type: EntityType, document: DocumentText): string | null {
  if (!type.defaultSet) return null;
  const isPlain = type.defaultSet.every(
    (name) => type.properties.get(name)?.type.kind !== 'complex',
  );
  return isPlain
    ? `{${document.pick(type.defaultSet)}}`
    : renderDocument(type, document.parse()).view;
}

function findSpans(type: EntityType, text: string): Spans {
  const columns = columnsOf(type);
  const from = new Int32Array(columns.length);
  const to = new Int32Array(columns.length);
  let at = `{"${TYPE}":"#${type.name}"`.length;
  for (let place = 0; place < columns.length; place++) {
    const { head } = columns[place]!;
    // A computed member stands there only if the server has set it.
    if (!text.startsWith(head, at)) continue;
    from[place] = at + head.length;
    at = endOfValue(text, from[place]!);
    to[place] = at;
  }
  const isWhole = at === text.length - 1 || (type.open && text.charCodeAt(at) === COMMA);
  if (!isWhole) throw new Error(`The text is no canonical ${type.name}.`);
  return { from, to, end: at };
}

const places = new WeakMap<EntityType, ReadonlyMap<string, number>>();

/** The place of each property in its type, by name; made at the first use. */
function placesOf(type: EntityType): ReadonlyMap<string, number> {
  const known = places.get(type);
  if (known) return known;
  const made = new Map(columnsOf(type).map(({ property }, place) => [property.name, place]));
  places.set(type, made);
  return made;
}

/** The position behind the JSON value that starts at `from`; the text is known to be JSON. */
function endOfValue(text: string, from: number): number {
  const first = text.charCodeAt(from);
  if (first === QUOTE) return endOfString(text, from);
  if (first !== OPEN_OBJECT && first !== OPEN_ARRAY) return endOfWord(text, from);
  let depth = 0;
  for (let at = from; ; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at) - 1;
    else if (code === OPEN_OBJECT || code === OPEN_ARRAY) depth += 1;
    // `]` and `}` stand two behind what opens them.
    else if (code === OPEN_OBJECT + 2 || code === OPEN_ARRAY + 2) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
}

function endOfString(text: string, from: number): number {
  for (let at = text.indexOf('"', from + 1); ; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === BACKSLASH) slashes += 1;
    if (slashes % 2 === 0) return at + 1;
  }
}

/** A number, true, false or null ends before `,`, `]` or `}`. */
function endOfWord(text: string, from: number): number {
  // The shortest are one character long, most are `null`.
  if (text.startsWith('null', from)) return from + 4;
  for (let at = from + 1; ; at++) {
    const code = text.charCodeAt(at);
    if (code === COMMA || code === OPEN_ARRAY + 2 || code === OPEN_OBJECT + 2) return at;
  }
}
