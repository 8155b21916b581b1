import type { ShownEntity } from '#plan/answer.ts';
import type { DeltaDetail } from '#plan/delta.ts';

const nothing: ReadonlySet<string> = new Set();

/** An entity with as many of its members as a detail says: its key, and what has changed, always. */
export function showDetail(
  entity: ShownEntity,
  detail: DeltaDetail,
  changed: ReadonlySet<string> = nothing,
): ShownEntity {
  const { content } = entity;
  if (detail === 'whole' || content.kind !== 'members') return entity;
  const keys = new Set(entity.actualType.keyParts.map(({ path }) => path[0]!));
  const isShown = (name: string): boolean => {
    if (keys.has(name) || changed.has(name)) return true;
    const value = content.members[name];
    return detail === 'set' && value !== null && value !== undefined;
  };
  return { ...entity, content: { ...content, names: [...content.names].filter(isShown) } };
}
