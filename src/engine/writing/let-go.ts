import type { StructuredType } from '#model/model.ts';
import type { Document, Value } from '#plan/document.ts';
import { containedIn } from '../contained.ts';
import { insideOf } from './destination.ts';
import type { Draft, Held } from './draft.ts';
import { disconnect, relatedTo } from './relate.ts';
import { removeHeld } from './remove-held.ts';

/** With a complex value that a change makes null goes what it contained and was related to. */
export async function letGoInside(
  draft: Draft,
  held: Held,
  members: Document,
  changed: readonly string[],
): Promise<void> {
  for (const name of changed) {
    const property = held.type.properties.get(name);
    const before = held.members[name];
    if (property?.type.kind !== 'complex' || (members[name] ?? null) !== null) continue;
    if (isValue(before)) {
      await letGoBehind(draft, { ...held, inside: [name] }, property.type, before);
    }
  }
}

/** Lets go of what a complex value, and each that is inside it, contained and was related to. */
async function letGoBehind(
  draft: Draft,
  at: Held,
  { navigation: navigations, properties }: StructuredType,
  before: Document,
): Promise<void> {
  for (const navigation of navigations.values()) {
    if (navigation.contains) {
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
    if (type.kind !== 'complex' || !isValue(value)) continue;
    await letGoBehind(draft, { ...at, inside: [...(at.inside ?? []), name] }, type, value);
  }
}

/** Whether it is one complex value: not null, and no collection. */
function isValue(value: Value | undefined): value is Document {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
