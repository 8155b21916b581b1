import { typeOfMember } from '#model/profile/facet-members.ts';
import { type Document, TYPE, type Value } from '#plan/document.ts';

/** The value at a path of members; null where there is none on the way. */
export function valueAt(members: Document, path: string): Value {
  let value: Value | undefined = members;
  for (const name of path.split('/')) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
    value = value[name];
  }
  return value ?? null;
}

/** A facet with a value at a path; complex values on the way are made, and name their type. */
export function withValueAt(
  facet: string,
  members: Document,
  path: string,
  value: Value,
): Document {
  const names = path.split('/');
  return replaceAt(facet, members, { names, depth: 0, value });
}

interface Replacement {
  readonly names: readonly string[];
  readonly depth: number;
  readonly value: Value;
}

function replaceAt(facet: string, members: Document, replacement: Replacement): Document {
  const { names, depth, value } = replacement;
  const name = names[depth]!;
  if (depth === names.length - 1) return { ...members, [name]: value };
  const held = members[name] ?? { [TYPE]: typeOfMember(facet, names.slice(0, depth + 1)) };
  const inside = replaceAt(facet, held as Document, { names, depth: depth + 1, value });
  return { ...members, [name]: inside };
}
