import { LINKED_IN_BOUND } from '#engine/linked-in/standing.ts';
import type { EntityType } from '#model/model.ts';
import type { SeedEntity } from './unfold-entity.ts';

const USER = 'microsoft.graph.user';
const PATH = 'linkedIn';

/**
 * The entities of a line, and for a person who comes without it what LinkedIn knows of them: people
 * of a seed have bound their accounts, so that there is something to see.
 */
export function bindPeople(entities: readonly SeedEntity[]): readonly SeedEntity[] {
  const [person, ...parts] = entities;
  if (person?.path !== '' || person.type.name !== USER) return entities;
  if (parts.some(({ path }) => path === PATH)) return entities;
  const type = person.type.navigation.get(PATH)?.target as EntityType;
  const { set, ownerId, where } = person;
  const members = { id: ownerId, ...LINKED_IN_BOUND };
  return [...entities, { set, ownerId, path: PATH, key: '', members, type, links: [], where }];
}
