import { isCallers, maskMembers, viewOf } from '#engine/access/view.ts';
import { showKey } from '#engine/place.ts';
import { actualType } from '#engine/reading/show.ts';
import { isOneOf } from '#engine/writing/member-with-key.ts';
import { Refusal } from '#errors.ts';
import type { EntityType, Resource } from '#model/model.ts';
import { type EncodeOptions, encodeCollection, encodeEntity } from '#odata/encode-entity.ts';
import type { OptionsSyntax } from '#odata/language/options/syntax.ts';
import type { ShownEntity } from '#plan/answer.ts';
import { formatContext } from '#plan/context-url.ts';
import type { Document, Value } from '#plan/document.ts';
import { keyTextOf } from '#plan/key-text.ts';
import type { MaybePromise } from '#plan/maybe-promise.ts';
import type { Selection } from '#plan/query.ts';
import type { CallTarget, KeyStep, Target } from '#plan/target.ts';
import type { CallContext } from '../behaviour/call-operation.ts';
import { encodingOf } from '../requests/answer.ts';
import { bindEntityOptions, bindShown, parseOptions } from '../requests/bind-request.ts';
import { answerList } from '../service/list.ts';
import { answerProperty } from '../service/property.ts';
import { answerEntity } from '../service/read.ts';
import type { ServiceAnswer } from '../service-request.ts';

/** Options of which only the store knows what they mean. */
const stored = ['$filter', '$orderby', '$search', '$expand', '$compute', '$skiptoken'] as const;

/** What of entities behind an operation is read. */
const reads: ReadonlySet<string> = new Set(['entities', 'count', 'property']);

/**
 * Answers with entities that an operation gives: as they are given, or, where options ask for what
 * only the store knows and they are of a set, as the set shows them.
 */
export function answerResultEntities(
  call: CallTarget,
  found: Exclude<Value, null>,
  context: CallContext,
): ServiceAnswer | Promise<ServiceAnswer> {
  const options = parseOptions(context.request);
  if (stored.some((name) => options?.[name] !== undefined)) {
    return answerStored({ ...call, rest: undefined }, found, context);
  }
  if (Array.isArray(found)) return answerMany(call, found as Document[], context);
  return answerOne(call, found as Document, context);
}

/**
 * Answers with what a path leads to from the entities that an operation gives, which have to be of
 * a set: refuses with 501 where they are not.
 */
export function answerStored(
  call: CallTarget,
  result: Value | undefined,
  context: CallContext,
): MaybePromise<ServiceAnswer> {
  const { resource, rest, operation } = call;
  const type = operation.returns?.type;
  if (!resource || type?.kind !== 'entity' || result === undefined) {
    const message = 'This is served only for entities of a set.';
    throw new Refusal('notImplemented', message, { target: operation.name });
  }
  const ending = rest?.ending ?? { kind: 'entities' };
  if (!reads.has(ending.kind)) {
    const message = 'This way behind an operation is not served.';
    throw new Refusal('notImplemented', message, { target: operation.name });
  }
  const target: Target = {
    resource,
    steps: stepsTo(call, type, result),
    type: rest?.type ?? type,
    collection: rest?.collection ?? Array.isArray(result),
    ending,
    template: templateOf(call, Array.isArray(result)),
  };
  const asked = { ...context, request: { ...context.request, method: 'GET' }, target };
  if (target.collection) return answerList(asked);
  if (target.ending.kind === 'property') return answerProperty(asked);
  return answerEntity(asked);
}

/** The same entities as their set has them: what may be read of them there may be read here. */
function templateOf(call: CallTarget, isMany: boolean): string {
  const called = `/${(call.import ?? call.operation).name}`;
  const rest = call.template.slice(call.template.lastIndexOf(called) + called.length);
  return `/${call.resource!.name}${isMany ? '' : '/{id}'}${rest}`;
}

/** The steps from a set to entities of it: the key of one, or what the keys of many have. */
function stepsTo(
  { rest }: CallTarget,
  type: EntityType,
  result: Exclude<Value, undefined>,
): Target['steps'] {
  const [first, ...others] = rest?.steps ?? [];
  if (!Array.isArray(result)) {
    const key = {
      kind: 'key',
      property: undefined,
      value: keyOf(type, result as Document),
    } as const;
    return [key, ...(rest?.steps ?? [])];
  }
  const documents = result as Document[];
  if (first?.kind === 'key') return [checkGiven(type, documents, first), ...others];
  return [{ kind: 'filter', predicate: isOneOf(type, documents) }, ...(rest?.steps ?? [])];
}

/** The key of one of the entities that are given; refuses with 404 where none has it. */
function checkGiven(type: EntityType, documents: readonly Document[], step: KeyStep): KeyStep {
  if (documents.some((document) => keyTextOf(type, document) === step.value)) return step;
  throw new Refusal('notFound', `The result has no '${step.value}'.`, { target: step.value });
}

function keyOf(type: EntityType, document: Document): string {
  const key = keyTextOf(type, document);
  if (key === undefined) throw new Error(`An operation gives a '${type.name}' without a key.`);
  return key;
}

function answerOne(call: CallTarget, document: Document, context: CallContext): ServiceAnswer {
  const { request, parts, model } = context;
  const type = typeOf(call);
  const selection = bindEntityOptions(model, { type }, parseOptions(request));
  const shown = showGiven(call, document, { context, selection });
  const { resource } = call;
  const fragment = resource
    ? formatContext({
        kind: 'entity',
        path: resource.shown,
        cast: castOf(resource, type),
        selection,
      })
    : formatContext({ kind: 'value', type: type.name, selection });
  const encoding = withoutTags(encodingOf(request, parts, false));
  const body = encodeEntity({ ...shown, context: fragment }, encoding);
  return { status: 200, headers: { 'Content-Type': encoding.format.contentType }, body };
}

function answerMany(
  call: CallTarget,
  documents: readonly Document[],
  context: CallContext,
): ServiceAnswer {
  const { request, parts, model } = context;
  const options = parseOptions(request);
  const type = typeOf(call);
  const selection = bindShown(model, { type }, options);
  const page = takePage(documents, options);
  const { resource } = call;
  const answer = {
    context: resource
      ? formatContext({
          kind: 'collection',
          path: resource.shown,
          cast: castOf(resource, type),
          selection,
        })
      : formatContext({ kind: 'values', type: type.name, selection }),
    members: page.map((each) => showGiven(call, each, { context, selection })),
    count: options?.$count === true ? documents.length : undefined,
    next: undefined,
  };
  const encoding = withoutTags(encodingOf(request, parts, false));
  const body = encodeCollection(answer, encoding, undefined);
  return { status: 200, headers: { 'Content-Type': encoding.format.contentType }, body };
}

function takePage(
  documents: readonly Document[],
  options: OptionsSyntax | undefined,
): readonly Document[] {
  const rest = documents.slice(options?.$skip ?? 0);
  return options?.$top === undefined ? rest : rest.slice(0, options.$top);
}

/** The type of the entities at the end of the path. */
function typeOf({ operation, rest }: CallTarget): EntityType {
  const type = rest?.type ?? operation.returns?.type;
  if (type?.kind !== 'entity') throw new Error(`${operation.name} gives no entities.`);
  return type;
}

function showGiven(
  call: CallTarget,
  document: Document,
  { context, selection }: { context: CallContext; selection: Selection },
): ShownEntity {
  const type = typeOf(call);
  const { model, caller } = context;
  const actual = actualType(model, type, document);
  const isOwn = isCallers(caller, actual.sets[0] ?? '', String(document.id));
  const members = maskMembers(viewOf(model, caller, actual, isOwn), document);
  return {
    type,
    actualType: actual,
    version: 0,
    path: pathOf(call.resource, type, document),
    content: { kind: 'members', members, names: shownNames(actual, document, selection) },
    expanded: [],
  };
}

/** The derived type to which a path casts entities of a set. */
function castOf(resource: Resource, type: EntityType): EntityType | undefined {
  return resource.type === type ? undefined : type;
}

/** What is selected; else all that is declared, and what an open type's entity has beside it. */
function shownNames(
  { properties, open, defaultSet }: EntityType,
  document: Document,
  selection: Selection,
): readonly string[] {
  const chosen = selection.properties?.map(({ property }) => property.name);
  if (chosen) return chosen;
  // What Kith's own operations give is what a read of it gives.
  if (defaultSet && document.id !== undefined) return defaultSet;
  const others = open ? Object.keys(document).filter((name) => !name.includes('@')) : [];
  return [...new Set([...properties.keys(), ...others])];
}

/** Where an entity stands that is of a set; nowhere where it is not. */
function pathOf(resource: Resource | undefined, type: EntityType, document: Document): string {
  const key = keyTextOf(type, document);
  return resource && key !== undefined ? `${resource.shown}${showKey(type, key)}` : '';
}

/** What a behaviour gives has no version of its own. */
function withoutTags(options: EncodeOptions): EncodeOptions {
  return { ...options, etagOf: () => undefined };
}
