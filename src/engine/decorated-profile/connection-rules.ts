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

/** How strong a connection is said to be between two people who share nobody. */
const WEAKEST = 0.1;

/** The share of the acquaintances of whoever has fewer that both know. */
async function measureStrength({ members }: Document, reader: Reader): Promise<number> {
  const ids = (members ?? []) as string[];
  const found = await Promise.all(ids.map((id) => reader.find('users', 'id', id, 'nothing')));
  const [one, other] = found.map((each) => each?.owner);
  if (one === undefined || other === undefined) return WEAKEST;
  const { connections } = reader;
  const { count } = await connections.shared(one, other, 0);
  const counts = [await connections.count(one), await connections.count(other)];
  // Each of the two is an acquaintance of the other.
  const others = Math.min(...counts) - 1;
  const share = others > 0 ? count / others : 0;
  return Math.round(Math.max(WEAKEST, share) * 100) / 100;
}
