import type { EntityType, Navigation } from '#model/model.ts';
import type { Document } from './document.ts';
import type { DocumentText } from './document-text.ts';
import type { PageMark } from './query.ts';

/** An entity as an operation shows it, before it is written as JSON. */
export interface ShownEntity {
  /** The type that is declared where it stands. */
  readonly type: EntityType;
  /** The type that it is; the declared one or derived from it. */
  readonly actualType: EntityType;
  readonly version: number;
  readonly content: AnswerText | AnswerMembers | AnswerDocument;
  readonly expanded: readonly Expanded[];
}

/** What an operation gives back about one entity. */
export interface Answer extends ShownEntity {
  /** Where the entity stands: `users('id')/photo`. */
  readonly path: string;
  /** The fragment of the context URL: `users/$entity`, `users('id')/photo/$entity`. */
  readonly context: string;
}

/** What an operation gives back about a collection. */
export interface ListAnswer {
  readonly context: string;
  readonly members: readonly ShownEntity[];
  readonly count: number | undefined;
  readonly next: PageMark | undefined;
}

/** A navigation that is shown inline: one entity or none, or a collection. */
export interface Expanded {
  readonly navigation: Navigation;
  readonly value: ShownEntity | undefined | readonly ShownEntity[];
  readonly count: number | undefined;
}

/** JSON text of exactly what is shown, sent as it is. */
export interface AnswerText {
  readonly kind: 'text';
  readonly text: string;
}

/** Members that stand in a document as they are shown. */
export interface AnswerDocument {
  readonly kind: 'document';
  readonly document: DocumentText;
  /** The properties to show, in this order. */
  readonly names: Iterable<string>;
}

/** Members of which some are computed, chosen or left out. */
export interface AnswerMembers {
  readonly kind: 'members';
  readonly members: Document;
  /** The properties to show, in this order. */
  readonly names: Iterable<string>;
}
