import type { CollectionQuery, Selection } from '#plan/query.ts';

/** What is shown where nothing is chosen. */
export const defaultSelection: Selection = Object.freeze({
  properties: undefined,
  undeclared: 'all',
  links: [],
  expand: [],
  compute: [],
});

/** A collection of which no option asks anything. */
export function wholeCollection(pageSize: number): CollectionQuery {
  return {
    filter: undefined,
    search: undefined,
    orderBy: [],
    skip: 0,
    top: undefined,
    pageSize,
    after: undefined,
    count: false,
  };
}
