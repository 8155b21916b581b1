import { type EntityType, isKindOf, type Navigation } from '#model/model.ts';
import { splitKeys } from '#plan/key-text.ts';
import { relationAt } from '#plan/place-relation.ts';
import type { Source } from '#plan/query.ts';
import type { Address } from '#plan/store.ts';
import { notServed } from '../place.ts';

/** The sets in which entities of the type may be; refuses with 501 where none keeps them. */
export function setsOf(type: EntityType): readonly string[] {
  if (type.sets.length === 0) throw notServed();
  return type.sets;
}

/**
 * Where the members of a navigation are kept, for the entity at an address; `inside` are the
 * complex properties of the entity that lead to the navigation.
 */
export function sourceOf(
  navigation: Navigation,
  address: Address & { readonly inside?: readonly string[] },
  type: EntityType = navigation.target,
): Source {
  const { set, owner, path, key, inside = [] } = address;
  if (navigation.derived) throw notServed();
  if (navigation.contains) {
    // Sizes of one photo are derived from it, not kept as members.
    if (navigation.storedAs !== navigation.name) throw notServed();
    const steps = [path, ...inside, navigation.storedAs].filter((step) => step !== '');
    return { kind: 'contained', set, owner, path: steps.join('/'), keys: splitKeys(key), type };
  }
  const { inverse, transitive } = navigation;
  const relation = relationOf(navigation, address, inside);
  const narrowed = isKindOf(type, navigation.target) ? type : navigation.target;
  const sets = setsOf(narrowed);
  return { kind: 'linked', relation, inverse, transitive, owner, sets, type: narrowed };
}

/**
 * The relation that keeps what a navigation leads to from the entity at an address. Refuses with
 * 501 where no links are kept: of a navigation without a relation, and back to what is contained.
 */
export function relationOf(
  { relation, inverse }: Navigation,
  address: Pick<Address, 'path' | 'key'>,
  inside: readonly string[] = [],
): string {
  const isRoot = address.path === '' && inside.length === 0;
  if (!relation || (inverse && !isRoot)) throw notServed();
  return relationAt(relation, address, inside);
}
