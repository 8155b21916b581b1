import type { EntityType, Model } from '#model/model.ts';
import type { ComparisonKey } from '#plan/compare.ts';
import { type Document, namedType, renderDocument, TYPE } from '#plan/document.ts';
import { DocumentText } from '#plan/document-text.ts';
import type { Dialect } from './dialect.ts';
import { indexKey } from './index-key.ts';
import { idOf, type SetLayout } from './layout.ts';
import { wordsOf } from './search-words.ts';
import type { StoredText } from './stored-text.ts';

/** Everything of a root entity that its set keeps, but for its number. */
export interface WrittenRow {
  readonly id: string;
  readonly doc: StoredText;
  readonly view: string | null;
  /** Of the index columns, in their order. */
  readonly keys: readonly ComparisonKey[];
  /** The words by which it is found, as the database takes them; empty where there are none. */
  readonly words: string;
}

/** The same, its text not yet in bytes. */
export type RenderedRow = WrittenRow & { readonly doc: string };

/** What a set keeps of an entity of these members. */
export function renderRow(
  { model, dialect }: { readonly model: Model; readonly dialect: Dialect },
  layout: SetLayout,
  members: Document,
): RenderedRow {
  const type = namedType(model, layout.type, members[TYPE]);
  const keys = layout.indexes.map(({ property }) =>
    indexKey(property.type, members[property.name]),
  );
  const words = dialect.writeWords(wordsOf(layout.type, members));
  return { id: idOf(layout, type, members), ...renderDocument(type, members), keys, words };
}

/** The text of a document, of a declared type or one derived from it. */
export function renderText(declared: EntityType, model: Model, members: Document): DocumentText {
  const type = namedType(model, declared, members[TYPE]);
  return new DocumentText(type, renderDocument(type, members).doc);
}
