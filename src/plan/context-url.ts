import type { Navigation, StructuredType } from '#model/model.ts';
import type { PathStep } from './expression.ts';
import type { Expansion, Selection } from './query.ts';

/** What an answer holds, as the fragment of its context URL says it. */
export type AnswerShape =
  /** One entity of a collection, or a page of them; `path` is a set or a contained collection. */
  | {
      readonly kind: 'entity' | 'collection' | 'delta';
      readonly path: string;
      /** The derived type that the entity is of, or to which the collection is cast. */
      readonly cast?: StructuredType | undefined;
      readonly selection?: Selection | undefined;
    }
  /** The one entity of its name. */
  | {
      readonly kind: 'singleton';
      readonly path: string;
      readonly cast?: StructuredType | undefined;
      readonly selection?: Selection | undefined;
    }
  /** A property, behind the path of its entity. */
  | {
      readonly kind: 'property';
      readonly path: string;
      readonly steps: readonly string[];
      readonly selection?: Selection | undefined;
    }
  | { readonly kind: 'reference' | 'references' }
  /** What an operation gives that is in no set, by the qualified name of its type. */
  | {
      readonly kind: 'value' | 'values';
      readonly type: string;
      readonly selection?: Selection | undefined;
    };

/** The fragment of the context URL of an answer (OData JSON 4.01, section 10). */
export function formatContext(shape: AnswerShape): string {
  switch (shape.kind) {
    case 'reference':
      return '$ref';
    case 'references':
      return 'Collection($ref)';
    case 'value':
      return `${shape.type}${selectList(shape.selection)}`;
    case 'values':
      return `Collection(${shape.type})${selectList(shape.selection)}`;
    case 'property':
      return `${[shape.path, ...shape.steps].join('/')}${selectList(shape.selection)}`;
  }
  const { kind, path, cast, selection } = shape;
  const where = `${path}${cast ? `/${cast.name}` : ''}${selectList(selection)}`;
  if (kind === 'entity') return `${where}/$entity`;
  return kind === 'delta' ? `${where}/$delta` : where;
}

/** What is selected and expanded, in parentheses; nothing where all defaults hold (10.10). */
export function selectList(selection: Selection | undefined): string {
  const isAll = selection?.properties === undefined && (selection?.expand.length ?? 0) === 0;
  const items = isAll ? [] : listItems(selection!, '');
  return items.length > 0 ? `(${items.join(',')})` : '';
}

/** The items of a list; what is chosen inside a complex value stands behind its path. */
function listItems(selection: Selection, before: string): string[] {
  const { properties, undeclared = [], links = [], expand, compute } = selection;
  const items: string[] = [];
  if (properties) {
    const isAll = undeclared === 'all';
    if (isAll) items.push(`${before}*`);
    for (const { property, inside, cast, isImplied } of properties) {
      if (isImplied) continue;
      const path = `${before}${cast ? `${cast.name}/` : ''}${property.name}`;
      const nested = inside ? listItems(inside, `${path}/`) : [];
      if (nested.length > 0) items.push(...nested);
      else if (!isAll) items.push(path);
    }
    if (!isAll) items.push(...undeclared.map((name) => before + name));
    items.push(...compute.map(({ alias }) => before + alias).filter(() => !isAll));
    items.push(...linksAlone(links, expand).map(({ name }) => before + name));
  }
  return [...items, ...expand.filter(({ kind }) => kind !== 'count').map(expandItem)];
}

/** Navigations that are selected and not shown inline. */
function linksAlone(
  links: readonly Navigation[],
  expand: readonly Expansion[],
): readonly Navigation[] {
  return links.filter((link) => !expand.some(({ navigation }) => navigation === link));
}

/** `manager()`, `manager(id)`; `+` where it is followed again from what it leads to. */
function expandItem({ path = [], navigation, type, ...rest }: Expansion): string {
  const { kind, selection, levels } = rest;
  const cast = type === navigation.target ? '' : `/${type.name}`;
  const where = [...path.map(stepName), navigation.name].join('/') + cast;
  if (kind === 'references') return where;
  return `${where}${levels === 1 ? '' : '+'}${selectList(selection) || '()'}`;
}

function stepName(step: PathStep): string {
  if (step.kind === 'property') return step.property.name;
  return step.kind === 'cast' ? step.type.name : '';
}
