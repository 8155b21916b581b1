import { type EntityType, isKindOf, type Navigation } from '#model/model.ts';
import type { Source } from '#plan/query.ts';
import type { Address } from '#plan/store.ts';
import { notServed } from './place.ts';

/** The sets that keep entities of a type, or of types derived from it. */
const setsByType: Readonly<Record<string, readonly string[]>> = {
  'microsoft.graph.user': ['users'],
  'microsoft.graph.group': ['groups'],
  'microsoft.graph.directoryObject': ['users', 'groups'],
};

/** The sets in which entities of the type may be; refuses with 501 where none keeps them. */
export function setsOf(type: EntityType): readonly string[] {
  const sets = setsByType[type.name];
  if (!sets) throw notServed();
  return sets;
}

/** Where the members of a navigation are kept, for the entity at an address. */
export function sourceOf(
  navigation: Navigation,
  address: Address,
  type: EntityType = navigation.target,
): Source {
  const { set, owner, path, key } = address;
  if (navigation.contains) {
    // Sizes of one photo are derived from it, not kept as members.
    if (navigation.storedAs !== navigation.name) throw notServed();
    const steps = path === '' ? [navigation.storedAs] : [path, navigation.storedAs];
    const keys = key === '' ? [] : key.split('/');
    return { kind: 'contained', set, owner, path: steps.join('/'), keys, type };
  }
  const { relation, inverse } = navigation;
  if (!relation || path !== '') throw notServed();
  const narrowed = isKindOf(type, navigation.target) ? type : navigation.target;
  return { kind: 'linked', relation, inverse, owner, sets: setsOf(narrowed), type: narrowed };
}
