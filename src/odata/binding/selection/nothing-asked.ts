import { type CollectionQuery, nothingAsked, type Selection } from '#plan/query.ts';

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
  return { ...nothingAsked, pageSize };
}
