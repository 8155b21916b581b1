import type { Document } from '#plan/document.ts';
import type { Reader } from '#plan/store.ts';
import type { TypeRules } from '../type-rules.ts';

/** A connection of which a seed says how strong it is, or whose networks do. */
export const decoratedConnectionRules: TypeRules = {
  async decorate(members, { reader, wanted }) {
    const isAsked = !wanted || wanted.has('relevanceScore');
    if (!isAsked || typeof members.relevanceScore === 'number') return members;
    return { ...members, relevanceScore: await measureStrength(members, reader) };
  },
};

/**
 * The part of the smaller network of two that is the other's, too, each counted with both of them:
 * 1 where all whom the one knows are known to the other.
 */
async function measureStrength({ members }: Document, reader: Reader): Promise<number> {
  const ids = (members ?? []) as string[];
  const found = await Promise.all(ids.map((id) => reader.find('users', 'id', id, 'nothing')));
  const [one, other] = found.map((each) => each?.owner);
  if (one === undefined || other === undefined) return 0;
  const { connections } = reader;
  const { count } = await connections.shared(one, other, 0);
  const counts = [await connections.count(one), await connections.count(other)];
  const part = (count + 1) / Math.max(1, Math.min(...counts));
  return Math.round(Math.min(1, part) * 100) / 100;
}
