import { readingInDialects } from '#engine/dialects/in-dialects.ts';
import { readEntity } from '#engine/reading/read.ts';
import { Refusal } from '#errors.ts';
import type { ComplexType, Model, PropertyType } from '#model/model.ts';
import { bindCollectionQuery, refuseUnserved } from '#odata/binding/bind-collection-query.ts';
import { bindSelection } from '#odata/binding/bind-selection.ts';
import { encodeProperty, encodeRaw } from '#odata/encode-property.ts';
import type { OptionsSyntax } from '#odata/language/options/syntax.ts';
import { formatContext } from '#plan/context-url.ts';
import { type Document, TYPE, type Value } from '#plan/document.ts';
import type { Expression, PathStep } from '#plan/expression.ts';
import {
  type CollectionQuery,
  type Expansion,
  nothingAsked,
  type SelectedProperty,
  type Selection,
} from '#plan/query.ts';
import type { PropertyEnding } from '#plan/target.ts';
import { encodingOf, jsonHeaders } from '../requests/answer.ts';
import type { Asked } from '../requests/asked.ts';
import { collectionOptions, parseOptions } from '../requests/bind-request.ts';
import { headerOf, type ServiceAnswer } from '../service-request.ts';

/** Members of a collection come whole: it is part of one document. */
const PAGE = 2 ** 31 - 1;
/** Members on a page of what is expanded. */
const EXPANDED = 999;

const read = readingInDialects(readEntity);

/**
 * Answers a GET of one property, as JSON or, behind `$value`, as it is; behind `$count` with how
 * many values a collection has; null is 204 (OData Protocol 4.01, section 11.2.4).
 */
export async function answerProperty(asked: Asked): Promise<ServiceAnswer> {
  const { request, parts, caller, model, target } = asked;
  const ending = target.ending as PropertyEnding;
  const { path, isRaw, isCount } = ending;
  const last = path.at(-1)!;
  const wanted = bindPropertyOptions(model, ending, parseOptions(request));
  const languages = headerOf(request, 'accept-language');
  const chosen = selectionOf(
    path.map((property) => ({ property, inside: undefined })),
    wanted,
  );
  const selection = { ...chosen, expand: expandedBehind(ending, wanted) };
  const answer = await read({ model, target, languages, selection }, caller, parts);
  const members = answer.content.kind === 'members' ? answer.content.members : {};
  const { value, count } = valueAt(members, ending);
  if (isCount) {
    const headers = { 'Content-Type': 'text/plain;charset=utf-8' };
    return { status: 200, headers, body: String(count ?? 0) };
  }
  if (value === null) return { status: 204, headers: {}, body: undefined };
  if (isRaw) {
    const { contentType, body } = encodeRaw(last, value);
    return { status: 200, headers: { 'Content-Type': contentType }, body };
  }
  const encoding = encodingOf(request, parts, false);
  const shape = { path: answer.path, steps: stepsOf(ending), selection: wanted.inside };
  const context = formatContext({ kind: 'property', ...shape });
  const expanded = answer.expanded.map((each) => {
    return { ...each, within: (each.within ?? []).slice(path.length) };
  });
  const shown = { context, type: wanted.type ?? last.type, value, count, expanded };
  return {
    status: 200,
    headers: jsonHeaders(encoding.format),
    body: encodeProperty(shown, encoding),
  };
}

/** What the options of a request ask of a property. */
interface AskedOfProperty {
  /** The type to which the value is cast. */
  readonly type: ComplexType | undefined;
  readonly inside: Selection | undefined;
  readonly query: CollectionQuery | undefined;
}

function bindPropertyOptions(
  model: Model,
  { path, casts = [], isCount = false }: PropertyEnding,
  options: OptionsSyntax | undefined,
): AskedOfProperty {
  const property = path.at(-1)!;
  const cast = casts.find(({ behind }) => behind === path.length)?.type;
  const type = cast ?? property.type;
  const ofType = cast && property.collection ? isOfType(property.type, cast) : undefined;
  const counted = isCount || ofType ? { ...everyValue, count: isCount, filter: ofType } : undefined;
  if (!options) return { type: cast, inside: undefined, query: counted };
  refuseUnserved(options);
  const { $select: select, $expand: expand, $compute: compute, aliases } = options;
  if (options.$skiptoken !== undefined) {
    const message = 'A property has no further pages, and so no $skiptoken.';
    throw new Refusal('malformedRequest', message, { target: '$skiptoken' });
  }
  const name = collectionOptions.find((each) => options[each] !== undefined);
  if (!property.collection && name !== undefined) {
    const message = `The query option '${name}' needs a collection.`;
    throw new Refusal('malformedRequest', message, { target: name });
  }
  const isChosen = select || expand || compute;
  if (expand && (ofType || collectionOptions.some((each) => options[each] !== undefined))) {
    const message = 'What values lead to is expanded where all of them are shown.';
    throw new Refusal('notImplemented', message, { target: '$expand' });
  }
  const inside = isChosen
    ? bindSelection({ model, type, aliases, select, expand, compute, pageSize: EXPANDED })
    : undefined;
  const query = property.collection
    ? bindCollectionQuery({ model, aliases, type, options, pageSize: PAGE })
    : undefined;
  if (!query) return { type: cast, inside, query };
  const filter = bothOf(ofType, query.filter);
  return { type: cast, inside, query: { ...query, filter, count: query.count || isCount } };
}

/** Whether a member of a collection is of the type to which the collection is cast. */
function isOfType(declared: PropertyType, type: ComplexType): Expression {
  const result = { type: declared, collection: false };
  return { kind: 'isof', operand: { kind: 'path', result, variable: '$it', steps: [] }, type };
}

function bothOf(one: Expression | undefined, other: Expression | undefined) {
  return one && other ? { kind: 'and' as const, operands: [one, other] } : (one ?? other);
}

/** What is expanded behind a property, by its way from the entity. */
function expandedBehind(
  { path, casts = [] }: PropertyEnding,
  { inside }: AskedOfProperty,
): readonly Expansion[] {
  const before = path.flatMap((property, index): PathStep[] => [
    { kind: 'property', property },
    ...casts
      .filter(({ behind }) => behind === index + 1)
      .map(({ type }) => ({ kind: 'cast', type }) as const),
  ]);
  return (inside?.expand ?? []).map((each) => ({
    ...each,
    path: [...before, ...(each.path ?? [])],
  }));
}

const everyValue: CollectionQuery = { ...nothingAsked, pageSize: PAGE };

/** The selection that leads to the last of some properties, with what is asked of that one. */
function selectionOf(
  [first, ...rest]: readonly SelectedProperty[],
  asked: AskedOfProperty,
): Selection {
  const { inside, query } = asked;
  const within = rest.length > 0 ? selectionOf(rest, asked) : inside && { ...inside, expand: [] };
  const own = rest.length > 0 ? undefined : query;
  return {
    properties: [{ property: first!.property, inside: within, query: own }],
    expand: [],
    compute: [],
  };
}

/** The value that a path leads to. Refuses with 404 one that is not of the type it is cast to. */
function valueAt(
  members: Document,
  { path, casts = [] }: PropertyEnding,
): { value: Value; count: number | undefined } {
  let holder: Document | null = members;
  let value: Value = null;
  for (const [index, property] of path.entries()) {
    if (index > 0) holder = value as Document | null;
    const held = holder?.[property.name];
    value = held ?? (property.collection ? [] : index === 0 ? (property.initial ?? null) : null);
    for (const { behind, type } of casts) {
      if (behind !== index + 1 || value === null) continue;
      if (property.collection) value = (value as Document[]).filter((each) => isOf(type, each));
      else if (!isOf(type, value as Document)) throw notOfType(type);
    }
  }
  const count = holder?.[`${path.at(-1)!.name}@odata.count`];
  return { value, count: typeof count === 'number' ? count : undefined };
}

function isOf({ kinds }: ComplexType, value: Document | null): boolean {
  return kinds.has(String(value?.[TYPE] ?? '').replace(/^#/, ''));
}

function notOfType({ name }: ComplexType): Refusal {
  return new Refusal('notFound', `The value is not of the type '${name}'.`, { target: name });
}

/** The names of a path, with its casts, as a context URL has them. */
function stepsOf({ path, casts = [] }: PropertyEnding): readonly string[] {
  return path.flatMap(({ name }, index) => [
    name,
    ...casts.filter(({ behind }) => behind === index + 1).map(({ type }) => type.name),
  ]);
}
