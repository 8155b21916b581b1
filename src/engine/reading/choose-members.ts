import type { EntityType, PropertyType, StructuredType } from '#model/model.ts';
import type { AnswerMembers } from '#plan/answer.ts';
import { type Document, emptyValue, TYPE, type Value } from '#plan/document.ts';
import type { Expression, Path } from '#plan/expression.ts';
import type { SelectedProperty, Selection } from '#plan/query.ts';
import type { Address, Reader } from '#plan/store.ts';

type Evaluate = Pick<Reader, 'evaluate'>;
type Computed = Selection['compute'];

/** What evaluates, and where an entity is kept whose navigations are followed to compute. */
export interface Evaluating {
  readonly reader: Evaluate;
  readonly kept?: Address | undefined;
}

/** What a selection shows of an entity: members chosen, narrowed and computed. */
export function chooseMembers(
  type: EntityType,
  selection: Selection,
  members: Document,
  evaluating: Evaluating,
): AnswerMembers | Promise<AnswerMembers> {
  const { properties, compute } = selection;
  const plain = plainMembers(type, selection, members);
  const isPlain = compute.length === 0 && !properties?.some(isNarrowed);
  return isPlain ? plain : narrowEntity(type, selection, plain, evaluating);
}

/** The members that a selection names, each of them whole. */
function plainMembers(type: EntityType, selection: Selection, members: Document): AnswerMembers {
  const chosen = selection.properties?.map(({ property }) => property.name);
  const declared = chosen ?? type.defaultSet ?? type.properties.keys();
  const names = type.open ? [...declared, ...undeclaredNames(type, selection, members)] : declared;
  return { kind: 'members', members, names };
}

/** Whether options inside `$select` say what is shown of a property. */
function isNarrowed({ inside, query }: SelectedProperty): boolean {
  return inside !== undefined || query !== undefined;
}

/** Names of what an open type holds beside what it declares, as far as it is selected. */
function undeclaredNames(type: StructuredType, selection: Selection, members: Document): string[] {
  const { properties, undeclared } = selection;
  // A type that shows only some of its properties by default shows nothing else either.
  const isDefault = properties === undefined && (type as EntityType).defaultSet !== undefined;
  const asked = properties === undefined && !isDefault ? 'all' : (undeclared ?? []);
  const names =
    asked === 'all' ? Object.keys(members) : asked.flatMap((name) => [`${name}${TYPE}`, name]);
  return names.filter((name) => {
    if (name === TYPE || members[name] === undefined || type.properties.has(name)) return false;
    // What other roots declare is no business of this one.
    return type.opensTo === undefined || type.opensTo.test(name.split('@', 1)[0]!);
  });
}

async function narrowEntity(
  type: EntityType,
  selection: Selection,
  { members, names }: AnswerMembers,
  evaluating: Evaluating,
): Promise<AnswerMembers> {
  const { properties = [], compute } = selection;
  const narrowed: Document = { ...members };
  const counts: string[] = [];
  for (const selected of properties.filter(isNarrowed)) {
    const { name } = selected.property;
    const { value, count } = await narrowProperty(selected, members[name], evaluating.reader);
    narrowed[name] = value;
    if (count === undefined) continue;
    narrowed[countOf(name)] = count;
    counts.push(countOf(name));
  }
  const [values = []] = await computeAll(compute, type, [members], evaluating);
  for (const [index, { alias }] of compute.entries()) narrowed[alias] = values[index] ?? null;
  const aliases = compute.map(({ alias }) => alias);
  return {
    kind: 'members',
    members: narrowed,
    names: [...counts, ...names, ...aliases],
    computed: typesOf(compute),
  };
}

/** What is shown of a property; the number of a collection's members where it is asked for. */
async function narrowProperty(
  { property, inside, query }: SelectedProperty,
  value: Value | undefined,
  reader: Evaluate,
): Promise<{ value: Value; count: number | undefined }> {
  const { type } = property;
  const held = value === undefined ? emptyValue(property) : value;
  let shown = held;
  let count: number | undefined;
  if (query && Array.isArray(held)) {
    const found = await reader.evaluate({ type, values: held, query, compute: [] });
    shown = found.members.map(({ place }) => held[place]!);
    count = found.count;
  }
  if (!inside || type.kind !== 'complex' || shown === null) return { value: shown, count };
  if (!Array.isArray(shown)) {
    const [only] = await narrowValues(type, inside, [shown as Document], reader);
    return { value: only ?? null, count };
  }
  const values = await narrowValues(type, inside, shown as Document[], reader);
  return { value: values, count };
}

/** What a selection shows of each of some complex values. */
export async function narrowValues(
  type: StructuredType & { readonly kind: 'complex' },
  selection: Selection,
  values: readonly Document[],
  reader: Evaluate,
): Promise<Document[]> {
  const computed = await computeAll(selection.compute, type, values, { reader });
  return Promise.all(
    values.map(async (value, index) => {
      const narrowed = value && (await narrowValue(type, selection, value, reader));
      if (!narrowed) return value;
      for (const [place, { alias }] of selection.compute.entries()) {
        narrowed[alias] = computed[index]?.[place] ?? null;
      }
      return narrowed;
    }),
  );
}

async function narrowValue(
  type: StructuredType,
  selection: Selection,
  value: Document,
  reader: Evaluate,
): Promise<Document> {
  const { properties } = selection;
  if (!properties) return { ...value };
  const narrowed: Document = value[TYPE] === undefined ? {} : { [TYPE]: value[TYPE] };
  for (const selected of properties) {
    const { name } = selected.property;
    // What a complex value leaves out stays out.
    if (value[name] === undefined) continue;
    const shown = await narrowProperty(selected, value[name], reader);
    if (shown.count !== undefined) narrowed[countOf(name)] = shown.count;
    narrowed[name] = shown.value;
  }
  for (const name of undeclaredNames(type, selection, value)) narrowed[name] = value[name];
  return narrowed;
}

/** What `$compute` adds to each of some values, in the order of its items. */
async function computeAll(
  compute: Computed,
  type: PropertyType | EntityType,
  values: readonly Document[],
  { reader, kept }: Evaluating,
): Promise<readonly (readonly Value[])[]> {
  if (compute.length === 0 || values.length === 0) return [];
  const asked = compute.filter(({ expression }) => !isOwnMember(expression));
  const expressions = asked.map(({ expression }) => expression);
  const page =
    asked.length === 0
      ? { members: [] }
      : await reader.evaluate({
          type,
          values: [...values],
          kept,
          query: undefined,
          compute: expressions,
        });
  return values.map((value, place) => {
    const found = page.members.find((each) => each.place === place)?.computed ?? [];
    return compute.map(({ expression }) =>
      isOwnMember(expression)
        ? memberAt(value, expression)
        : (found[expressions.indexOf(expression)] ?? null),
    );
  });
}

/** Whether an expression only names a member of the value itself, which is shown as it is. */
function isOwnMember(expression: Expression): expression is Path {
  return (
    expression.kind === 'path' &&
    expression.variable === '$it' &&
    expression.steps.length > 0 &&
    expression.steps.every(({ kind }) => kind === 'property' || kind === 'dynamic')
  );
}

function memberAt(value: Document, { steps }: Path): Value {
  let at: Value | undefined = value;
  for (const step of steps) {
    const name =
      step.kind === 'property' ? step.property.name : step.kind === 'dynamic' ? step.name : '';
    at = at && typeof at === 'object' ? (at as Document)[name] : null;
  }
  return at ?? null;
}

function typesOf(compute: Computed): ReadonlyMap<string, PropertyType> {
  const types = new Map<string, PropertyType>();
  for (const { alias, expression } of compute) {
    const type = 'result' in expression ? expression.result.type : undefined;
    if (type && type.kind !== 'entity') types.set(alias, type);
  }
  return types;
}

/** Control information stands in documents as it is spelled in OData 4.0. */
function countOf(name: string): string {
  return `${name}@odata.count`;
}
