import { compareProperty } from '#plan/compare-property.ts';
import type { Document } from '#plan/document.ts';
import { nothingAsked, type PageMark } from '#plan/query.ts';
import type { Derivation } from './derivation.ts';

const PAGE = 500;

/**
 * What is kept in a set of grants as far as a property of it names the owner: the roles that
 * somebody is assigned, or that an application gives, and the scopes that are granted.
 */
export function deriveGranted(set: string, name: string): Derivation {
  return async ({ model, reader, owner }) => {
    const { type } = model.resources.get(set)!;
    const filter = compareProperty([type.properties.get(name)!], 'eq', owner!.id);
    const found: Document[] = [];
    for (let after: PageMark | undefined; ; ) {
      const query = { ...nothingAsked, filter, after, pageSize: PAGE };
      const page = await reader.query({ kind: 'set', set, type }, query, 'doc');
      for (const { text } of page.members) found.push(JSON.parse(text) as Document);
      if (!page.next) return found;
      after = page.next;
    }
  };
}
