import type { HomePart, ProfileHome } from '#model/decorated/profile-homes.ts';
import { type Document, TYPE, type Value } from '#plan/document.ts';
import { checkedDate, formatDate, parseDate } from './calendar.ts';
import { dateValue, partOf, textOf } from './document-values.ts';

/** The types of values that are objects, by the member that has them. */
const types: Readonly<Record<string, string>> = {
  phoneNumbers: 'microsoft.graph.PhoneNumber',
  websites: 'microsoft.graph.liWebsite',
};

/** Whether a facet is a value of the member. */
export function isOfHome({ fixed, apart, parts }: ProfileHome, facet: Document): boolean {
  const isFixed = Object.entries(fixed).every(([name, value]) => facet[name] === value);
  const isApart = Object.entries(apart).some(([name, values]) => {
    return values.includes(String(facet[name]));
  });
  return isFixed && !isApart && textOf(facet[parts[0].facet]) !== undefined;
}

/** The value that a facet tells. */
export function valueOfFacet({ member, parts }: ProfileHome, facet: Document): Value {
  const [first] = parts;
  if (first.value === '') return readPart(first, facet) ?? null;
  const value: Document = { [TYPE]: types[member]! };
  for (const part of parts) {
    const told = readPart(part, facet);
    if (told !== undefined) value[part.value] = told;
  }
  return value;
}

/** What a value says that a facet tells; undefined of a value of which a facet would tell nothing. */
export function contentOf({ parts }: ProfileHome, value: Value | undefined): string | undefined {
  const said = parts.map((part) => writePart(part, value));
  return said[0] === undefined ? undefined : JSON.stringify(said);
}

/** The same of a facet. */
export function contentOfFacet(home: ProfileHome, facet: Document): string | undefined {
  return contentOf(home, valueOfFacet(home, facet));
}

/** A new facet that tells a value. */
export function facetOfValue({ parts, fixed, begun }: ProfileHome, value: Value): Document {
  const facet: Document = { ...begun, ...fixed };
  for (const part of parts) {
    const told = writePart(part, value);
    if (told !== undefined) facet[part.facet] = part.form === 'listed' ? [told] : told;
  }
  return facet;
}

function readPart({ facet: name, form, codes, otherwise }: HomePart, facet: Document) {
  const held = facet[name];
  if (form === 'day') {
    const date = parseDate(held);
    return date && dateValue(date);
  }
  const texts = (Array.isArray(held) ? held : [held]).flatMap((each) => textOf(each) ?? []);
  if (!codes) return texts[0];
  const known = Object.entries(codes).find(([, code]) => texts.includes(code));
  return known?.[0] ?? otherwise;
}

function writePart(
  { value: name, form, codes, pattern }: HomePart,
  value: Value | undefined,
): string | undefined {
  const held = name === '' ? value : partOf(value)[name];
  if (form === 'day') {
    const { year, month, day } = partOf(held);
    const date = checkedDate({ year: Number(year), month: Number(month), day: Number(day) });
    // Facets have dates of four digits, as Edm.Date.
    return date && date.year > 0 && date.year < 10_000 ? formatDate(date) : undefined;
  }
  const text = textOf(held);
  if (text === undefined || pattern?.test(text) === false) return undefined;
  return codes ? codes[text] : text;
}
