import type { Address } from './store.ts';

/**
 * The relation under which the links of one place are kept: the navigation's own for a root entity;
 * with containment path and keys behind it for what a root entity contains, so that the links of
 * each contained entity lie apart; with the complex properties on the way, where they have the
 * navigation.
 */
export function relationAt(
  relation: string,
  { path, key }: Pick<Address, 'path' | 'key'>,
  inside: readonly string[] = [],
): string {
  const way = [path, ...inside].filter((part) => part !== '').join('/');
  const head = way === '' ? relation : `${relation}@${way}`;
  return key === '' ? head : `${head}#${key}`;
}
