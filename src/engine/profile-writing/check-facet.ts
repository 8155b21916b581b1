import type { Refusal } from '#errors.ts';
import {
  facetNeeds,
  facetSpans,
  TEXT_LENGTH,
  textKinds,
  textLengths,
  VALUES_MAX,
} from '#model/profile/facet-limits.ts';
import { type Document, TYPE, type Value } from '#plan/document.ts';
import { invalidValue } from '../directory/refuse-values.ts';
import { valueAt } from '../profile/member-path.ts';
import { textRules } from '../profile/text-kinds.ts';

/** A facet that is about to be kept, and how its members are called in refusals. */
export interface Checked {
  /** The navigation of `profile`. */
  readonly facet: string;
  /** Local name of the facet's type. */
  readonly resource: string;
  /** What stands before the names of members: `skills/` in the body of a profile. */
  readonly before: string;
}

/**
 * Refuses with 400, naming the property, a facet that says nothing, ends before it starts, or has a
 * text that is too long or not what it should be.
 */
export function checkFacet(checked: Checked, members: Document): void {
  checkNeeded(checked, members);
  for (const [start, end] of facetSpans[checked.facet] ?? []) {
    const [first, last] = [valueAt(members, start), valueAt(members, end)];
    const isBackwards = typeof first === 'string' && typeof last === 'string' && last < first;
    if (isBackwards) throw refuse(checked, end, `It is before ${start}, which is ${first}.`);
  }
  const { confidenceScore } = (members.inference ?? {}) as Document;
  if (typeof confidenceScore === 'number' && !(confidenceScore >= 0 && confidenceScore <= 1)) {
    throw refuse(checked, 'inference/confidenceScore', 'It lies between 0 and 1.');
  }
  checkPlace(checked, members);
  if (String(members.allowedAudiences).includes('unknownFutureValue')) {
    throw refuse(checked, 'allowedAudiences', 'It names no audience.');
  }
  for (const [name, value] of Object.entries(members)) checkValue(checked, name, value);
}

function checkNeeded(checked: Checked, members: Document): void {
  const needed = facetNeeds[checked.facet] ?? [];
  const [first] = needed;
  if (first === undefined || needed.some((path) => saysSomething(members[path]))) return;
  const others = needed.length === 1 ? 'It' : `One of ${needed.join(', ')}`;
  throw refuse(checked, first, `${others} is required and cannot be empty.`);
}

function saysSomething(value: Value | undefined): boolean {
  if (typeof value === 'string') return value.trim() !== '';
  if (typeof value !== 'object' || value === null) return (value ?? null) !== null;
  return Object.entries(value).some(([name, each]) => name !== TYPE && saysSomething(each));
}

function checkPlace(checked: Checked, members: Document): void {
  const place = members.geoCoordinates as Document | null | undefined;
  for (const [name, limit] of [
    ['latitude', 90],
    ['longitude', 180],
  ] as const) {
    const degrees = place?.[name] ?? null;
    if (degrees === null || Math.abs(Number(degrees)) <= limit) continue;
    throw refuse(checked, `geoCoordinates/${name}`, `It lies between -${limit} and ${limit}.`);
  }
}

/** Texts are checked by the names of their members, however deep they stand. */
function checkValue(checked: Checked, path: string, value: Value | undefined): void {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (name.startsWith('@')) return;
  if (typeof value === 'string') checkText(checked, path, { name, text: value });
  else if (Array.isArray(value)) {
    if (value.length > VALUES_MAX) throw refuse(checked, path, `It has at most ${VALUES_MAX}.`);
    for (const each of value) checkValue(checked, path, each);
  } else if (typeof value === 'object' && value !== null) {
    for (const [inside, each] of Object.entries(value)) {
      checkValue(checked, `${path}/${inside}`, each);
    }
  }
}

function checkText(
  checked: Checked,
  path: string,
  { name, text }: { readonly name: string; readonly text: string },
): void {
  const longest = textLengths[name] ?? TEXT_LENGTH;
  if (text.length > longest) {
    throw refuse(checked, path, `The value is longer than ${longest} characters.`);
  }
  const kind = textKinds[name];
  // A street has an address of another kind, and so has a company.
  const isOther = kind === 'address' && checked.facet !== 'emails';
  if (kind === undefined || isOther || text === '') return;
  const { accepts, why } = textRules[kind];
  if (!accepts(text)) throw refuse(checked, path, why);
}

function refuse({ resource, before }: Checked, path: string, why: string): Refusal {
  return invalidValue(resource, `${before}${path}`, why);
}
