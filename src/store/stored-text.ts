import type { Document } from '#plan/document.ts';

/** The text of a document on its way to the database, or its UTF-8. */
export type StoredText = string | Uint8Array;

/** The members of the document. */
export function parseText(text: StoredText): Document {
  return JSON.parse(typeof text === 'string' ? text : decoder.decode(text)) as Document;
}

const decoder = new TextDecoder();
