import { Refusal } from '#errors.ts';
import type { EntityType, KeyPart } from '#model/model.ts';
import { joinKeys, splitKeyText, typeAt } from '#plan/key-text.ts';
import type { Address, FoundEntity } from '#plan/store.ts';

/** The entity that a target means for this caller, in the store. */
export interface Place {
  readonly address: Address;
  /** Complex properties of the entity that lead to a navigation of theirs. */
  readonly inside?: readonly string[];
  /** Id of the root entity under which it is kept. */
  readonly ownerId: string;
  /** Where it stands, as context URLs write it: `users('id')/photo`. */
  readonly shown: string;
  /** The last key of the target, where it names a part rather than a root entity. */
  readonly key: string | undefined;
  /** The root entity itself, when the target ends there. */
  readonly found: FoundEntity | undefined;
  /** The way to what is worked out and kept nowhere: `users/decoratedProfile/endorsedSkills`. */
  readonly way?: string | undefined;
}

/** How far the way through the store has come. */
export interface Position {
  readonly set: string;
  readonly found: FoundEntity;
  /** Containment path and keys below the root entity. */
  readonly path: readonly string[];
  readonly keys: readonly string[];
  /** Of each part of the path, whether one of the keys is its own. */
  readonly keyed: readonly boolean[];
  /** Complex properties of the entity there, on the way to a navigation of theirs. */
  readonly inside: readonly string[];
  readonly shown: string;
  /** As a place has it. */
  readonly way?: string | undefined;
}

/** The text of a key inside a path, quoted as OData wants it. */
export function quoteKey(key: string): string {
  return `'${key.replaceAll("'", "''")}'`;
}

/**
 * The key of an entity as URLs write it behind a set: `('x')`, `(1)`, `(Code='x',Part=1)` (OData
 * URL Conventions 4.01, section 4.3.1).
 */
export function showKey(type: EntityType, key: string): string {
  const { keyParts } = type;
  const values = splitKeyText(type, key);
  const [only] = keyParts;
  if (!only || keyParts.length === 1) return `(${only ? literal(type, only, key) : quoteKey(key)})`;
  const parts = keyParts.map(
    (part, index) => `${part.name}=${literal(type, part, values[index] ?? '')}`,
  );
  return `(${parts.join(',')})`;
}

function literal(type: EntityType, { path }: KeyPart, value: string): string {
  const kept = typeAt(type, path);
  if (kept?.kind !== 'primitive') return quoteKey(value);
  if (kept.name === 'Edm.Duration') return `duration${quoteKey(value)}`;
  return kept.name === 'Edm.String' ? quoteKey(value) : value;
}

/** The way to an entity, as what is worked out from it is named. */
export function wayTo({ way, address: { set, path } }: Pick<Place, 'way' | 'address'>): string {
  return way ?? (path === '' ? set : `${set}/${path}`);
}

/** The address of a position. */
export function addressOf({ set, found, path, keys }: Position): Address {
  return { set, owner: found.owner, path: path.join('/'), key: joinKeys(keys) };
}

/** Graph's refusal of an entity that is not there, naming it as the caller did. */
export function notFound(written: string): Refusal {
  const rest = 'does not exist or one of its queried reference-property objects are not present.';
  return new Refusal('notFound', `Resource '${written}' ${rest}`);
}

/**
 * That a single-valued navigation leads to nothing, or a singleton is absent. OData reads it as
 * null (Protocol 4.01, section 11.2.4); in Graph it is not there.
 */
export class NothingThere extends Refusal {
  constructor(written: string) {
    super('notFound', notFound(written).message);
  }
}

/** The refusal of what is declared and has no behaviour. */
export function notServed(): Refusal {
  return new Refusal('notImplemented', 'This operation target is not yet supported.');
}
