import type { ValueFacets } from '#model/schema.ts';
import { CsdlError } from './csdl-error.ts';
import type { CsdlElement } from './parse-csdl.ts';

type Scale = NonNullable<ValueFacets['scale']>;
type Srid = NonNullable<ValueFacets['srid']>;

const FRACTION = /^Edm\.(DateTimeOffset|Duration|TimeOfDay)$/;
const NUMERIC = /^Edm\.(Byte|SByte|Int16|Int32|Int64|Decimal|Double|Single)$/;
const NAME = /^[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Nd}\p{Mn}\p{Mc}\p{Pc}\p{Cf}]{0,127}$/u;

/** The `Name` of an element, which must be a simple identifier (OData CSDL XML, section 15.2). */
export function readName({ name, attributes, line }: CsdlElement): string {
  const { Name = '' } = attributes;
  if (NAME.test(Name)) return Name;
  throw new CsdlError(line, `The name '${Name}' of <${name}> is not an identifier.`);
}

/** The value of a Boolean attribute; undefined where it is absent. */
export function readFlag(element: CsdlElement, name: string): boolean | undefined {
  const text = element.attributes[name];
  if (text === undefined) return undefined;
  if (text === 'true' || text === '1') return true;
  if (text === 'false' || text === '0') return false;
  throw new CsdlError(element.line, `${name}="${text}" is neither true nor false.`);
}

/** Marks a declaration where a Boolean attribute is true, and leaves it alone otherwise. */
export function flag<Key extends string>(
  element: CsdlElement,
  name: string,
  key: Key,
): Partial<Record<Key, true>> {
  return readFlag(element, name) ? ({ [key]: true } as Record<Key, true>) : {};
}

/** The name inside `Collection(...)`, and whether it stands there. */
export function readTypeName(text: string): {
  readonly name: string;
  readonly collection: boolean;
} {
  const inside = /^Collection\((.*)\)$/s.exec(text)?.[1];
  return { name: inside ?? text, collection: inside !== undefined };
}

/**
 * The facets of an element whose values are of the primitive type. Where CSDL XML gives a facet a
 * default, it is written out: scale 0, and no fraction of a second (sections 7.2.3 and 7.2.4). The
 * scale of what is no decimal says nothing; tools write it at doubles too.
 */
export function readFacets(element: CsdlElement, type: string): ValueFacets {
  const { MaxLength, Precision, SRID } = element.attributes;
  const facets: { -readonly [K in keyof ValueFacets]: ValueFacets[K] } = {};
  if (MaxLength !== undefined && MaxLength !== 'max') {
    facets.maxLength = readCount(element, 'MaxLength');
  }
  if (Precision !== undefined) facets.precision = readCount(element, 'Precision');
  else if (FRACTION.test(type)) facets.precision = 0;
  if (type === 'Edm.Decimal') {
    facets.scale = readWordOrCount<Scale>(element, 'Scale', ['variable', 'floating']) ?? 0;
  }
  if (readFlag(element, 'Unicode') === false) facets.unicode = false;
  const srid = readWordOrCount<Srid>(element, 'SRID', ['variable']);
  if (SRID !== undefined && srid !== undefined) facets.srid = srid;
  return facets;
}

/** What a property holds at first; a number where the type's numbers keep it exactly. */
export function readInitial(
  element: CsdlElement,
  type: string,
): { readonly initial?: string | number | boolean } {
  const { DefaultValue: text } = element.attributes;
  if (text === undefined || (text === 'null' && type !== 'Edm.String')) return {};
  if (type === 'Edm.Boolean') return { initial: readFlag(element, 'DefaultValue') === true };
  if (!NUMERIC.test(type) || String(Number(text)) !== text) return { initial: text };
  return { initial: Number(text) };
}

function readWordOrCount<Value extends string | number>(
  element: CsdlElement,
  name: string,
  words: readonly string[],
): Value | undefined {
  const text = element.attributes[name];
  if (text === undefined) return undefined;
  return (words.includes(text) ? text : readCount(element, name)) as Value;
}

function readCount(element: CsdlElement, name: string): number {
  const text = element.attributes[name] ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new CsdlError(element.line, `${name}="${text}" is not a number of at least 0.`);
}
