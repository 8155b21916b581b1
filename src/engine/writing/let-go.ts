import type { ComplexType, StructuredType } from '#model/model.ts';
import type { Change, MemberChange } from '#plan/change.ts';
import type { Document, Value } from '#plan/document.ts';
import { containedIn } from '../contained.ts';
import { insideOf } from './destination.ts';
import type { Draft, Held } from './draft.ts';
import { disconnect, relatedTo } from './relate.ts';
import { removeHeld } from './remove-held.ts';

/** Types that stand in each other. */
const DEPTH_MAX = 10;

/**
 * With a complex value that a change makes null goes what it contained and was related to; with a
 * collection that is replaced what its values were related to.
 */
export async function letGoInside(
  draft: Draft,
  held: Held,
  change: Change,
  { members, changed }: { readonly members: Document; readonly changed: readonly string[] },
): Promise<void> {
  for (const name of changed) {
    const property = held.type.properties.get(name);
    const before = held.members[name];
    if (property?.type.kind !== 'complex') continue;
    const at = { ...held, inside: [name] };
    if (Array.isArray(before)) {
      if (change.members.get(name)?.kind !== 'append') {
        await letGoElements(draft, at, property.type, before);
      }
    } else if (isValue(before)) {
      const isGone = (members[name] ?? null) === null;
      if (isGone) await letGoBehind(draft, at, property.type, before);
      else await letGoReplaced(draft, at, change.members.get(name), before);
    }
  }
}

/** The same of the collections that a change replaces inside a complex value that stays. */
async function letGoReplaced(
  draft: Draft,
  at: Held,
  member: MemberChange | undefined,
  before: Document,
): Promise<void> {
  if (member?.kind !== 'merge') return;
  for (const [name, inner] of member.change.members) {
    const value = before[name];
    const { type } = inner.property;
    const inside = { ...at, inside: [...(at.inside ?? []), name] };
    if (type.kind !== 'complex') continue;
    if (Array.isArray(value) && inner.kind === 'value') {
      await letGoElements(draft, inside, type, value);
    } else if (isValue(value)) {
      await letGoReplaced(draft, inside, inner, value);
    }
  }
}

/** Lets go of what the values of a collection were related to. */
async function letGoElements(
  draft: Draft,
  at: Held,
  type: ComplexType,
  before: readonly Value[],
): Promise<void> {
  if (!leadsOn(type)) return;
  for (const [index, value] of before.entries()) {
    const inside = [...(at.inside ?? []), String(index)];
    if (isValue(value)) await letGoBehind(draft, { ...at, inside }, type, value);
  }
}

/** Whether a value of the type, or one inside it, may be related to anything. */
function leadsOn({ navigation, properties }: StructuredType, depth = 0): boolean {
  if (navigation.size > 0 || depth > DEPTH_MAX) return true;
  return [...properties.values()].some(
    ({ type }) => type.kind === 'complex' && leadsOn(type, depth + 1),
  );
}

/** Lets go of what a complex value, and each that is inside it, contained and was related to. */
async function letGoBehind(
  draft: Draft,
  at: Held,
  { navigation: navigations, properties }: StructuredType,
  before: Document,
): Promise<void> {
  // A place in a collection is a number, which no property is named.
  const isElement = at.inside?.some((name) => /^\d/.test(name)) ?? false;
  for (const navigation of navigations.values()) {
    if (navigation.contains) {
      // A value of a collection contains nothing that is kept.
      if (isElement) continue;
      const parts = await containedIn(draft, at, insideOf(at, navigation, ''));
      for (const each of parts.values()) await removeHeld(draft, each);
    } else if (navigation.relation && !navigation.inverse) {
      for (const each of await relatedTo(draft, at, navigation)) {
        await disconnect(draft, at, { ...navigation, nullable: true }, each);
      }
    }
  }
  for (const [name, { type }] of properties) {
    const value = before[name];
    if (type.kind !== 'complex') continue;
    const inside = { ...at, inside: [...(at.inside ?? []), name] };
    if (Array.isArray(value)) await letGoElements(draft, inside, type, value);
    else if (isValue(value)) await letGoBehind(draft, inside, type, value);
  }
}

/** Whether it is one complex value: not null, and no collection. */
function isValue(value: Value | undefined): value is Document {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
