import { readPermissions } from './compile-annotations.ts';
import type { Model, Resource } from './model.ts';
import type { Capabilities } from './model-capabilities.ts';
import {
  type AnnotationObject,
  type Annotations,
  type AnnotationValue,
  annotationText,
  CAPABILITIES,
  isAnnotationObject,
} from './schema-annotations.ts';

/** Looks up a term of the Capabilities vocabulary by its local name. */
type Terms = (name: string) => AnnotationValue | undefined;

/**
 * What clients may do with a resource, from its annotations and, where these are silent, from those
 * of the container (Capabilities vocabulary: terms of the container hold for all its children).
 */
export function readCapabilities(own: Annotations, container: Annotations = {}): Capabilities {
  const terms: Terms = (name) =>
    own[`${CAPABILITIES}.${name}`] ?? container[`${CAPABILITIES}.${name}`];
  const said = readTerms(terms, record(terms('NavigationRestrictions')));
  const permissions = readPermissions(own);
  if (permissions === 'ReadWrite') return said;
  const reads = permissions === 'Read' ? {} : { readable: false, readableByKey: false };
  const writes = permissions === 'Write' ? {} : unwritten;
  return Object.freeze({ ...said, ...reads, ...writes });
}

/** What is not written, whatever its restrictions say (Core.Permissions). */
const unwritten = {
  insertable: false,
  updatable: false,
  deltaUpdatable: false,
  replaceable: false,
  deletable: false,
} as const;

/**
 * What clients may do with what a navigation leads to. `path` is the way from the resource:
 * `Trips/Items`. The resource's own restrictions of it come first, then the set that it is bound
 * to; contained entities without restrictions allow what the container does.
 */
export function findCapabilities(model: Model, resource: Resource, path: string): Capabilities {
  const restricted = resource.capabilities.navigation.get(path);
  if (restricted) return restricted;
  const bound = model.resources.get(resource.bindings.get(path) ?? '');
  return bound?.capabilities ?? model.container.capabilities;
}

function readTerms(terms: Terms, restrictions: AnnotationObject): Capabilities {
  const read = record(terms('ReadRestrictions'));
  const insert = record(terms('InsertRestrictions'));
  const update = record(terms('UpdateRestrictions'));
  const remove = record(terms('DeleteRestrictions'));
  const readable = read.Readable !== false;
  const isIndexable = terms('IndexableByKey') !== false;
  const byKey = record(read.ReadByKeyRestrictions).Readable;
  return Object.freeze({
    readable,
    readableByKey: isIndexable && (byKey === undefined ? readable : byKey !== false),
    insertable: insert.Insertable !== false,
    updatable: update.Updatable !== false,
    deltaUpdatable: update.Updatable !== false && update.DeltaUpdateSupported === true,
    replaceable:
      update.Updatable !== false &&
      update.DeltaUpdateSupported === true &&
      members(update.UpdateMethod).has('PUT') &&
      insert.Insertable !== false &&
      remove.Deletable !== false,
    deletable: remove.Deletable !== false,
    nonInsertable: both(insert, 'NonInsertableProperties', 'NonInsertableNavigationProperties'),
    nonUpdatable: both(update, 'NonUpdatableProperties', 'NonUpdatableNavigationProperties'),
    topSupported: terms('TopSupported') !== false,
    skipSupported: terms('SkipSupported') !== false,
    selectSupported: record(terms('SelectSupport')).Supported !== false,
    ...readQueryTerms(terms),
    navigation: readNavigation(restrictions),
  });
}

function readQueryTerms(terms: Terms) {
  const filter = record(terms('FilterRestrictions'));
  const sort = record(terms('SortRestrictions'));
  const search = record(terms('SearchRestrictions'));
  const count = record(terms('CountRestrictions'));
  const expand = record(terms('ExpandRestrictions'));
  const levels = expand.MaxLevels;
  return {
    filter: {
      filterable: filter.Filterable !== false,
      isRequired: filter.RequiresFilter === true,
      required: paths(filter.RequiredProperties),
      nonFilterable: paths(filter.NonFilterableProperties),
      expressions: readExpressions(filter.FilterExpressionRestrictions),
    },
    sort: {
      sortable: sort.Sortable !== false,
      ascendingOnly: paths(sort.AscendingOnlyProperties),
      descendingOnly: paths(sort.DescendingOnlyProperties),
      nonSortable: paths(sort.NonSortableProperties),
    },
    search: {
      searchable: search.Searchable !== false,
      unsupported: members(search.UnsupportedExpressions),
    },
    count: {
      countable: count.Countable !== false,
      nonCountable: both(count, 'NonCountableProperties', 'NonCountableNavigationProperties'),
    },
    expand: {
      expandable: expand.Expandable !== false,
      nonExpandable: both(expand, 'NonExpandableProperties', 'NonExpandableStreamProperties'),
      levelsMax: typeof levels === 'number' && levels >= 0 ? levels : undefined,
    },
  };
}

/** Capabilities.NavigationRestrictions: each restricted path says the same terms as a set does. */
function readNavigation(restrictions: AnnotationObject): Map<string, Capabilities> {
  const found = new Map<string, Capabilities>();
  for (const each of list(restrictions.RestrictedProperties)) {
    const terms = record(each);
    const path = annotationText(terms.NavigationProperty);
    if (path !== undefined)
      found.set(
        path,
        readTerms((name) => terms[name], {}),
      );
  }
  return found;
}

function readExpressions(value: AnnotationValue | undefined): Map<string, string> {
  return new Map(
    list(value).flatMap((each) => {
      const { Property, AllowedExpressions } = record(each);
      const path = annotationText(Property);
      const allowed = annotationText(AllowedExpressions);
      return path === undefined || allowed === undefined ? [] : [[path, allowed] as const];
    }),
  );
}

function record(value: AnnotationValue | undefined): AnnotationObject {
  return isAnnotationObject(value) ? value : {};
}

function list(value: AnnotationValue | undefined): readonly AnnotationValue[] {
  return Array.isArray(value) ? value : [];
}

function paths(value: AnnotationValue | undefined): ReadonlySet<string> {
  return new Set(list(value).flatMap((each) => annotationText(each) ?? []));
}

function both(from: AnnotationObject, one: string, other: string): ReadonlySet<string> {
  return paths(from[one]).union(paths(from[other]));
}

/** The names of enumeration members, without their type. */
function members(value: AnnotationValue | undefined): ReadonlySet<string> {
  const names = (annotationText(value) ?? '').split(/[\s,]+/).filter((name) => name !== '');
  return new Set(names.map((name) => name.slice(name.lastIndexOf('/') + 1)));
}
