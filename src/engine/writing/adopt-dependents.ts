import { isKindOf, type Model, type Navigation } from '#model/model.ts';
import { nothingAsked, type PageMark } from '#plan/query.ts';
import type { KeyValue } from '#plan/target.ts';
import { boundSets } from '../queries/bound-resource.ts';
import { whereEqual } from '../reading/find-by-key.ts';
import type { Draft, Held } from './draft.ts';

/** Dependents that are read at once. */
const PAGE = 500;

/** A navigation by which entities of a set depend on others. */
interface Dependence {
  readonly set: string;
  readonly navigation: Navigation;
}

/**
 * Relates a new root entity to those that named it before it was there: entities whose dependent
 * properties hold its values (OData CSDL 4.01, section 8.5). Only root entities are looked at.
 */
export async function adoptDependents(draft: Draft, held: Held): Promise<void> {
  const { tx, options } = draft;
  const { set, path, owner } = held.address;
  if (path !== '') return;
  for (const each of dependencesOn(options.model, held)) {
    const { navigation } = each;
    const values = valuesOf(navigation, held);
    const type = options.model.resources.get(each.set)!.type;
    const isBound = boundSets(options.model, { set: each.set, path: '' }, navigation).includes(set);
    if (!isBound || values.some(({ value }) => value === null)) continue;
    const source = { kind: 'set', set: each.set, type } as const;
    const query = { ...nothingAsked, pageSize: PAGE, filter: whereEqual(type, values) };
    for (let after: PageMark | undefined; ; ) {
      const page = await tx.query(source, { ...query, after }, 'nothing');
      for (const { owner: dependent } of page.members) {
        const [from, to] = navigation.inverse ? [owner, dependent] : [dependent, owner];
        tx.link(navigation.relation!, from, to);
      }
      if (!page.next) break;
      after = page.next;
    }
  }
}

function valuesOf({ constraints }: Navigation, { members }: Held): KeyValue[] {
  return [...constraints].map(([here, there]) => {
    return { name: here, path: here.split('/'), value: members[there] ?? null };
  });
}

function dependencesOn({ resources }: Model, { type }: Held): Dependence[] {
  return [...resources.values()].flatMap((resource) => {
    if (!resource.collection || resource.path !== '' || resource.set !== resource.name) return [];
    const { set } = resource;
    return [...resource.type.navigation.values()].flatMap((navigation) => {
      const { constraints, contains, relation, target } = navigation;
      const leadsHere = constraints.size > 0 && !contains && isKindOf(type, target);
      return leadsHere && relation !== undefined ? [{ set, navigation }] : [];
    });
  });
}
