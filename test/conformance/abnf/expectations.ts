/**
 * What some cases expect besides: that a rule of the grammar matches a part of the input. The
 * tree must have a node of the right kind where that text starts.
 */
import { decodeQueryPart } from '#odata/language/encoded-text.ts';

/** The kinds of node that stand for a rule, as far as the tree names them. */
const kinds: Readonly<Record<string, readonly string[]>> = {
  aggrCastPath: ['path'],
  aggrPathPrefix: ['path'],
  aggrPropPath: ['path'],
  aggregatableExpr: ['binary'],
  annotationExpr: ['annotation'],
  collectionExpr: ['literal'],
  collectionNavigationExpr: ['name'],
  collectionPathExpr: ['count'],
  currCollectionExpr: ['path'],
  entityColFunctionImport: ['name'],
  keyPredicate: ['argument'],
  orderbyItem: ['orderby'],
  parameterName: ['argument'],
  preservingTrafos: ['search'],
  qualifiedEntityTypeName: ['name'],
  recHierPropertyPath: ['path'],
  rollupNamedHier: ['path'],
  'searchExpr-incomplete': ['incomplete'],
  snglPrimPath: ['path'],
  snglPropPath: ['path'],
};

interface Node {
  readonly kind: string;
  readonly at: number;
}

/** Every node below a tree; nodes without a kind are arguments or items of an order. */
function listNodes(tree: unknown): Node[] {
  if (typeof tree !== 'object' || tree === null) return [];
  const { at, kind } = tree as { at?: number; kind?: string };
  const unnamed = 'direction' in tree ? 'orderby' : 'argument';
  const own = at === undefined ? [] : [{ kind: kind ?? unnamed, at }];
  return [...own, ...Object.values(tree).flatMap(listNodes)];
}

/** The texts in which positions count: the whole input, an option's value, a fragment. */
function listTexts(input: string): string[] {
  const query = input.slice(input.indexOf('?') + 1);
  const value = query.slice(query.indexOf('=') + 1);
  const fragment = input.slice(input.indexOf('#') + 1);
  return [input, fragment, decodeQueryPart(value.split('#')[0]!, 'the input').text];
}

/** Whether the tree of an input has what `rule:text` says. */
export function isMet(expectation: string, input: string, tree: unknown): boolean {
  const [, rule = '', written = ''] = /^([^:]*):(.*)$/.exec(expectation) ?? [];
  const text = written.replace(/^[/(']/, (lead) => (lead === "'" ? lead : ''));
  const nodes = listNodes(tree).filter(({ kind }) => kinds[rule]?.includes(kind));
  return listTexts(input).some((each) => nodes.some(({ at }) => each.startsWith(text, at)));
}
