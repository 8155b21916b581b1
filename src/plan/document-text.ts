import type { EntityType } from '#model/model.ts';
import {
  columnsOf,
  type Document,
  emptyValue,
  renderDocument,
  TYPE,
  type Value,
  writeValue,
} from './document.ts';

const QUOTE = 34;
const COMMA = 44;
const BACKSLASH = 92;
const OPEN_ARRAY = 91;
const OPEN_OBJECT = 123;

/**
 * Where the members stand in a text, by the place of their property in the type: the first
 * character of the value, and the one behind its last; both 0 where there is no such member.
 */
interface Spans {
  readonly from: Int32Array;
  readonly to: Int32Array;
}

/**
 * The canonical text of an entity, whose members are read and replaced where they stand. Changing
 * one of ninety members so costs a fraction of parsing and writing them all.
 */
export class DocumentText {
  readonly text: string;
  private readonly type: EntityType;
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
    const { from, to } = this.find();
    const [newFrom, newTo] = [from.slice(), to.slice()];
    let result = '';
    let at = 0;
    let shift = 0;
    for (const [place, { property }] of columnsOf(this.type).entries()) {
      const value = members[property.name];
      if (to[place] === 0) {
        if (value !== undefined) throw new Error(`The document has no ${property.name}.`);
        continue;
      }
      newFrom[place]! += shift;
      if (value !== undefined) {
        const written = writeValue(value ?? emptyValue(property));
        result += text.slice(at, from[place]) + written;
        at = to[place]!;
        shift += written.length - (at - from[place]!);
      }
      newTo[place]! += shift;
    }
    return new DocumentText(this.type, result + text.slice(at), { from: newFrom, to: newTo });
  }

  /** The named members as an object's inside: `"a":1,"b":null`. */
  pick(names: Iterable<string>): string {
    let picked = '';
    for (const name of names) {
      const value = this.slice(name);
      if (value !== undefined) picked += `,"${name}":${value}`;
    }
    return picked.slice(1);
  }

  private slice(name: string): string | undefined {
    const place = placesOf(this.type).get(name);
    const { from, to } = this.find();
    return place === undefined || to[place] === 0
      ? undefined
      : this.text.slice(from[place], to[place]);
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
  if (at !== text.length - 1) throw new Error(`The text is no canonical ${type.name}.`);
  return { from, to };
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
