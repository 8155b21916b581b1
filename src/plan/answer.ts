import type { EntityType, Navigation, PropertyType } from '#model/model.ts';
import type { StreamNote } from './blobs.ts';
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
  /** Where the entity stands: `users('id')/photo`. */
  readonly path: string;
  readonly content: AnswerText | AnswerBytes | AnswerMembers | AnswerDocument;
  readonly expanded: readonly Expanded[];
  /** The navigations that are selected; undefined where nothing is, and all show their links. */
  readonly links?: readonly Navigation[] | undefined;
  /** What is known of its media: of its own behind `''`, of a stream property by its name. */
  readonly media?: ReadonlyMap<string, StreamNote>;
}

/** What an operation gives back about one entity. */
export interface Answer extends ShownEntity {
  /** The fragment of the context URL: `users/$entity`, `users('id')/photo/$entity`. */
  readonly context: string;
}

/** What an operation gives back about a collection. */
export interface ListAnswer {
  readonly context: string;
  readonly members: readonly ShownEntity[];
  /** In place of the members: their JSON in UTF-8, with commas between them. */
  readonly text?: Uint8Array;
  readonly count: number | undefined;
  readonly next: PageMark | undefined;
}

/** What an operation gives back about the references to a collection's members. */
export interface ReferencesAnswer extends Omit<ListAnswer, 'members' | 'text'> {
  readonly members: readonly ShownReference[];
}

/** One page of the combinations of several sets. */
export interface CombinationsAnswer extends Omit<ListAnswer, 'context' | 'members' | 'text'> {
  readonly members: readonly Combination[];
}

/** An entity of each set, under the set's name. */
export type Combination = readonly CombinedEntity[];

/** One entity of a combination: where it stands, and itself where it is shown. */
export interface CombinedEntity {
  readonly name: string;
  readonly path: string;
  readonly entity?: ShownEntity;
  /** Whether its address is asked for in place of a link. */
  readonly isReference?: boolean;
}

/** A navigation that is shown inline. */
export type Expanded = {
  readonly navigation: Navigation;
  /** The complex properties behind which the navigation stands. */
  readonly within?: readonly string[];
  /** How many there are, where that is asked for. */
  readonly count: number | undefined;
  /** Where the rest of a collection is, if it does not end here. */
  readonly next?: NextOfExpanded | undefined;
} & (
  | { readonly kind: 'entities'; readonly value: OneOrMany<ShownEntity> }
  | { readonly kind: 'references'; readonly value: OneOrMany<ShownReference> }
  | { readonly kind: 'count' }
);

/** The next page of an expanded collection, as a request of its own. */
export interface NextOfExpanded {
  /** Where the collection stands. */
  readonly path: string;
  /** What is asked of it, as options of a URL. */
  readonly query: readonly string[];
  /** For whom its token is written. */
  readonly holder: string;
  readonly mark: PageMark;
}

/** What a navigation leads to: one or none, or a collection. */
export type OneOrMany<Shown> = Shown | undefined | readonly Shown[];

/** An entity that is named in place of being shown. */
export interface ShownReference {
  readonly path: string;
}

/** JSON text of exactly what is shown, sent as it is. */
export interface AnswerText {
  readonly kind: 'text';
  readonly text: string;
}

/** The same in UTF-8. */
export interface AnswerBytes {
  readonly kind: 'bytes';
  readonly bytes: Uint8Array;
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
  /** The members to show, in this order. */
  readonly names: Iterable<string>;
  /** The types of what `$compute` adds, by its alias. */
  readonly computed?: ReadonlyMap<string, PropertyType>;
}
