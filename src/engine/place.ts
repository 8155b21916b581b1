import { Refusal } from '#errors.ts';
import type { Address, FoundEntity } from '#plan/store.ts';

/** The entity that a target means for this caller, in the store. */
export interface Place {
  readonly address: Address;
  /** Id of the root entity under which it is kept. */
  readonly ownerId: string;
  /** Where it stands, as context URLs write it: `users('id')/photo`. */
  readonly shown: string;
  /** The last key of the target, where it names a part rather than a root entity. */
  readonly key: string | undefined;
  /** The root entity itself, when the target ends there. */
  readonly found: FoundEntity | undefined;
}

/** How far the way through the store has come. */
export interface Position {
  readonly set: string;
  readonly found: FoundEntity;
  /** Containment path and keys below the root entity. */
  readonly path: readonly string[];
  readonly keys: readonly string[];
  readonly shown: string;
}

/** The text of a key inside a path, quoted as OData wants it. */
export function quoteKey(key: string): string {
  return `'${key.replaceAll("'", "''")}'`;
}

/** The address of a position. */
export function addressOf({ set, found, path, keys }: Position): Address {
  return { set, owner: found.owner, path: path.join('/'), key: keys.join('/') };
}

/** Graph's refusal of an entity that is not there, naming it as the caller did. */
export function notFound(written: string): Refusal {
  const rest = 'does not exist or one of its queried reference-property objects are not present.';
  return new Refusal('notFound', `Resource '${written}' ${rest}`);
}

/** The refusal of what is declared and has no behaviour. */
export function notServed(): Refusal {
  return new Refusal('notImplemented', 'This operation target is not yet supported.');
}
