import { Refusal } from '#errors.ts';
import type { Model, Navigation } from '#model/model.ts';
import type { Change, Reference, RelatedChange, RelatedEntry } from '#plan/change.ts';
import { decodeReference } from './decode-reference.ts';
import { deeper, type Position } from './decode-value.ts';

/** A member of a body that says something of a navigation. */
export interface RelatedMember {
  readonly navigation: Navigation;
  /** `nested` under its own name, or behind `@odata.bind` or `@odata.delta`. */
  readonly kind: 'nested' | 'bind' | 'delta';
}

/** What decoding related entities needs of the body around them. */
export interface RelatedContext {
  readonly model: Model;
  readonly position: Position;
  decode(body: object, position: Position): Change;
}

const ID_NAMES = ['@odata.id', '@id'];
const REMOVED_NAMES = ['@odata.removed', '@removed'];

/**
 * What a body says of a navigation (OData JSON 4.01, sections 8.5 and 8.6; Protocol 4.01, section
 * 11.4.3.1). Nested entities replace what was related, `@odata.bind` adds to a collection, and a
 * delta names what is added, changed or removed.
 */
export function decodeRelated(
  member: RelatedMember,
  value: unknown,
  context: RelatedContext,
): RelatedChange {
  const { navigation, kind } = member;
  if (!navigation.collection) {
    if (kind === 'delta') throw refuse(context, `'${navigation.name}' is no collection.`);
    const entries = value === null ? [] : [decodeEntry(kind, value, context)];
    if (entries.length === 0 && !navigation.nullable) {
      throw refuse(context, `The navigation property '${navigation.name}' cannot be null.`);
    }
    return { navigation, isWhole: true, entries };
  }
  if (!Array.isArray(value)) throw refuse(context, `'${navigation.name}' takes an array.`);
  const inner = { ...context, position: deeper(context.position) };
  // Graph's facets are merged: what a body brings may be new, changed or removed.
  const isMerged = kind === 'nested' && navigation.contains && !context.model.isForeign;
  const entries = value.map((each: unknown) => decodeEntry(isMerged ? 'delta' : kind, each, inner));
  return { navigation, isWhole: kind === 'nested', entries };
}

/** One entity that a body names or brings along; in a delta also what is removed. */
export function decodeEntry(
  kind: RelatedMember['kind'],
  value: unknown,
  context: RelatedContext,
): RelatedEntry {
  const { model, position } = context;
  if (kind === 'bind') {
    return { kind: 'reference', reference: decodeReference(model, value, position.path) };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw refuse(context, `'${position.path}' takes entities.`);
  }
  const id = findMember(value, ID_NAMES);
  const reference: Reference | undefined =
    id === undefined ? undefined : decodeReference(model, id, position.path);
  const removed = kind === 'delta' ? findMember(value, REMOVED_NAMES) : undefined;
  if (removed !== undefined) {
    const isDeleted = (removed as { reason?: unknown } | null)?.reason === 'deleted';
    return { kind: 'removed', of: reference ?? context.decode(value, position), isDeleted };
  }
  const isReference = reference && Object.keys(value).every((name) => name.startsWith('@'));
  if (isReference) return { kind: 'reference', reference };
  const change = context.decode(value, position);
  return { kind: 'entity', change, reference: kind === 'delta' ? reference : undefined };
}

function findMember(value: object, names: readonly string[]): unknown {
  const name = names.find((each) => Object.hasOwn(value, each));
  return name === undefined ? undefined : (value as Record<string, unknown>)[name];
}

function refuse({ position }: RelatedContext, message: string): Refusal {
  return new Refusal('badRequest', message, { target: position.path });
}
