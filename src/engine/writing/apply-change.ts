import { Refusal } from '#errors.ts';
import { type EntityType, localName, type Property, type StructuredType } from '#model/model.ts';
import type { Change, MemberChange } from '#plan/change.ts';
import { type Document, emptyValue, TYPE, type Value } from '#plan/document.ts';

/** What a change makes of an entity. */
export interface Applied {
  readonly members: Document;
  /** Names of the top-level properties that the change touches. */
  readonly changed: readonly string[];
}

/**
 * The members as the change leaves them. What the change does not name keeps its value; a complex
 * value merges, unless it is null or becomes another type; a collection is replaced. Refuses to
 * change what is set once and for all (Core.Immutable).
 */
export function applyChange(before: Document, change: Change): Applied {
  checkImmutable(before, change);
  const changed = [...change.members.keys(), ...change.undeclared.keys()];
  return { members: merge(before, change), changed };
}

/** The members that a change gives to an entity which is not there yet. */
export function firstMembers(change: Change): Document {
  return merge({ [TYPE]: change.type.name }, change);
}

/**
 * The members as a change leaves them that replaces the entity (OData Protocol 4.01, section
 * 11.4.4): what it does not name is as it was in the beginning, but for the key and for what only
 * the server sets, or sets once.
 */
export function replaceMembers(type: EntityType, before: Document, change: Change): Applied {
  checkImmutable(before, change);
  const keys = new Set(type.keyParts.map(({ path }) => path[0]));
  const kept: Document = { [TYPE]: before[TYPE] };
  const changed = [...change.undeclared.keys()];
  for (const [name, property] of type.properties) {
    const isKept = keys.has(name) || isKeptAlways(property);
    if (!isKept) changed.push(name);
    kept[name] = isKept ? before[name] : emptyValue(property);
  }
  return { members: merge(kept, withoutMerging(change)), changed };
}

/** Every complex value as a whole: nothing of what was there before is left in it. */
function withoutMerging(change: Change): Change {
  const members = new Map<string, MemberChange>();
  for (const [name, member] of change.members) {
    const { property } = member;
    const isMerge = member.kind === 'merge';
    const value = isMerge ? mergeComplex(undefined, member.change) : undefined;
    members.set(name, value ? { property, kind: 'value', value } : member);
  }
  return { ...change, members };
}

function isKeptAlways({ computed, immutable, permissions, type }: Property): boolean {
  const isStream = type.kind === 'primitive' && type.name === 'Edm.Stream';
  return computed || immutable || permissions === 'Read' || permissions === 'None' || isStream;
}

function merge(before: Document, change: Change): Document {
  const members = { ...before };
  for (const [name, member] of change.members) members[name] = changedValue(before[name], member);
  for (const [name, value] of change.undeclared) {
    // The type that was named for what was there before goes with it.
    if (!change.undeclared.has(`${name}${TYPE}`)) delete members[`${name}${TYPE}`];
    if (value === null) delete members[name];
    else members[name] = mergeUndeclared(members[name], value);
  }
  return members;
}

/** Objects merge, however deep they lie in one of which nothing is declared; null takes away. */
function mergeUndeclared(before: Value | undefined, value: Value): Value {
  if (!isDocument(before) || !isDocument(value)) return value;
  const merged: Document = { ...before };
  for (const [name, each] of Object.entries(value)) {
    if (!(`${name}${TYPE}` in value)) delete merged[`${name}${TYPE}`];
    if (each === null) delete merged[name];
    else if (each !== undefined) merged[name] = mergeUndeclared(before[name], each);
  }
  return merged;
}

function changedValue(before: Value | undefined, member: MemberChange): Value {
  switch (member.kind) {
    case 'value':
      return member.keeping ? member.keeping(before) : member.value;
    case 'merge':
      return mergeComplex(member.isWhole ? undefined : before, member.change);
    case 'append':
      return [...(Array.isArray(before) ? before : []), ...member.values];
  }
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

/** What is set once may be sent back as it is. */
function checkImmutable(before: Document, { members, type }: Change): void {
  for (const [name, member] of members) {
    const held = before[name];
    if (member.kind === 'merge' && isDocument(held)) checkImmutable(held, member.change);
    if (!member.property.immutable) continue;
    const now = changedValue(held, member);
    if (JSON.stringify(now) !== JSON.stringify(held ?? null)) throw readOnly(name, type);
  }
}

function isDocument(value: Value | undefined): value is Document {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The refusal of a change to what does not change. */
export function readOnly(name: string, type: StructuredType): Refusal {
  const owner = localName(type.name);
  const message = `The property '${name}' of '${owner}' is read-only and cannot be changed.`;
  return new Refusal('badRequest', message, { target: name });
}
