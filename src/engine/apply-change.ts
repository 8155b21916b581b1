import type { Change } from '#plan/change.ts';
import { type Document, TYPE, type Value } from '#plan/document.ts';

/** What a change makes of an entity. */
export interface Applied {
  readonly members: Document;
  /** Names of the top-level properties that the change touches. */
  readonly changed: readonly string[];
}

/**
 * The members as the change leaves them. What the change does not name keeps its value; a complex
 * value merges, unless it is null or becomes another type; a collection is replaced.
 */
export function applyChange(before: Document, change: Change): Applied {
  return { members: merge(before, change), changed: [...change.members.keys()] };
}

function merge(before: Document, change: Change): Document {
  const members = { ...before };
  for (const [name, member] of change.members) {
    members[name] =
      member.kind === 'value' ? member.value : mergeComplex(before[name], member.change);
  }
  return members;
}

function mergeComplex(before: Value | undefined, change: Change): Document {
  const held = before === null || before === undefined ? undefined : (before as Document);
  const isOther = change.isTyped && held?.[TYPE] !== change.type.name;
  const merged = merge(held === undefined || isOther ? {} : held, change);
  const type = held === undefined || isOther ? change.type.name : held[TYPE];
  return inModelOrder(type ?? change.type.name, merged, change);
}

/** Members stand in the model's order, whatever order bodies came in. */
function inModelOrder(type: Value, members: Document, change: Change): Document {
  const ordered: Document = { [TYPE]: type };
  for (const name of change.type.properties.keys()) {
    if (members[name] !== undefined) ordered[name] = members[name];
  }
  for (const [name, value] of Object.entries(members)) {
    if (value !== undefined && !(name in ordered)) ordered[name] = value;
  }
  return ordered;
}
