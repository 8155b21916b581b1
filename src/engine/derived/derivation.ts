import type { EntityType, Model } from '#model/model.ts';
import type { Caller } from '#plan/caller.ts';
import type { Document } from '#plan/document.ts';
import type { SearchExpression } from '#plan/expression.ts';
import { nothingAsked } from '#plan/query.ts';
import type { Reader } from '#plan/store.ts';

/** A root entity by its surrogate and its id. */
export interface Owner {
  readonly owner: number;
  readonly id: string;
  /** Its members, where it is worked out itself. */
  readonly members?: Document;
}

/** What the entities of a collection that nobody stores are worked out from. */
export interface DerivationContext {
  readonly model: Model;
  readonly caller: Caller;
  readonly reader: Reader;
  /** The type of the entities. */
  readonly type: EntityType;
  /** The root entity that has the collection; undefined for a set. */
  readonly owner: Owner | undefined;
  /** What is searched for, where a search reaches further than the rest does. */
  readonly search: SearchExpression | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** The entities of a collection, the most important ones first; each has an id. */
export type Derivation = (context: DerivationContext) => Promise<readonly Document[]>;

/** A root entity with its members. */
export interface Relative extends Owner {
  readonly document: Document;
}

/** Along which relation relatives of one set are looked for, and from whom. */
export interface Relation {
  readonly relation: string;
  readonly inverse: boolean;
  readonly owner: number;
  readonly set: string;
}

/** The root entities that a relation leads to, at most `limit`. */
export async function relatives(
  { model, reader }: Pick<DerivationContext, 'model' | 'reader'>,
  { set, ...link }: Relation,
  limit: number,
): Promise<readonly Relative[]> {
  const { type } = model.resources.get(set)!;
  const source = { kind: 'linked', ...link, sets: [set], type } as const;
  const page = await reader.query(source, { ...nothingAsked, pageSize: limit }, 'doc');
  return page.members.map(({ owner, key, text }) => {
    return { owner, id: key, document: JSON.parse(text) as Document };
  });
}
