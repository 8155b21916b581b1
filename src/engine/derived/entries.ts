import type { Document } from '#plan/document.ts';
import type { MaybePromise } from '#plan/maybe-promise.ts';
import type { Owner } from './derivation.ts';

/** Where an entity is kept that is shown elsewhere, too: a root entity, and the path below it. */
export interface Kept extends Owner {
  readonly set: string;
  readonly path: string;
}

/** A member of a collection that is worked out, by its key. */
export interface Entry {
  readonly id: string;
  /** Where a page goes on behind it. */
  readonly mark: number;
  /** The surrogate of the person whose it is, where that is known without looking. */
  readonly person?: number;
  /** All of its members, or where it is kept. */
  readonly held: { readonly document: Document } | { readonly kept: Kept };
}

/** From where on entries are read. */
export interface EntriesFrom {
  /** Behind the entry with this mark; from the first on where nothing is said. */
  readonly after: number | undefined;
  /** How many are left out. */
  readonly skip: number;
}

/** A collection that is worked out, in an order that stays. */
export interface Entries {
  /** Whether they are what a search has found. */
  readonly isSearched?: boolean;
  read(from: EntriesFrom, limit: number): MaybePromise<readonly Entry[]>;
  count(): MaybePromise<number>;
}

/** Where the decorated profile of a person is kept. */
export function keptProfile(person: Owner): Kept {
  const { owner, id } = person;
  return { owner, id, set: 'users', path: 'decoratedProfile' };
}

/** Entities that are worked out with all their members. */
export function entriesOfDocuments(all: readonly Document[]): Entries {
  return inHand(all.map((document) => ({ id: String(document.id), held: { document } })));
}

/** Entities that are kept somewhere. */
export function entriesOfKept(all: readonly Kept[]): Entries {
  return inHand(all.map((kept) => ({ id: kept.id, held: { kept } })));
}

/** Each is marked by its place. */
function inHand(all: readonly Omit<Entry, 'mark'>[]): Entries {
  return {
    read: ({ after = 0, skip }, limit) => {
      const start = after + skip;
      return all.slice(start, start + limit).map((each, index) => {
        return { ...each, mark: start + index + 1 };
      });
    },
    count: () => all.length,
  };
}
