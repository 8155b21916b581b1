import { Refusal } from '#errors.ts';
import type { Parameter, PropertyType } from '#model/model.ts';
import { encodeProperty, encodeRaw } from '#odata/encode-property.ts';
import { segmentNotServed } from '#odata/paths/refuse-segment.ts';
import { formatContext } from '#plan/context-url.ts';
import type { Value } from '#plan/document.ts';
import type { MaybePromise } from '#plan/maybe-promise.ts';
import type { CallTarget } from '#plan/target.ts';
import { type CallContext, callOperation, parametersOf } from '../behaviour/call-operation.ts';
import { followResult, isInResult } from '../behaviour/follow-result.ts';
import { answerDelta } from '../delta/delta-function.ts';
import { reauthorize } from '../notifications/subscription-requests.ts';
import { readJson } from '../read-json.ts';
import { encodingOf } from '../requests/answer.ts';
import { parseOptions } from '../requests/bind-request.ts';
import { preferencesOf } from '../requests/format.ts';
import type { ServiceAnswer, ServiceRequest } from '../service-request.ts';
import { callEach, isForEach, ofEach } from './call-each.ts';
import { answerResultEntities, answerStored } from './operation-result.ts';
import { answerBatchGet, answerProfiles } from './profile-functions.ts';
import { searchQuery } from './search-query.ts';

type OwnOperation = (call: CallTarget, context: CallContext) => MaybePromise<ServiceAnswer>;

/** What answers the operations of Kith's own model. */
const ownOperations: ReadonlyMap<string, OwnOperation> = new Map<string, OwnOperation>([
  ['microsoft.graph.delta', answerDelta],
  ['microsoft.graph.batchGet', answerBatchGet],
  ...['viewees', 'viewer', 'batchQuery'].map(
    (name) => [`microsoft.graph.${name}`, answerProfiles] as const,
  ),
  ['microsoft.graph.query', answerSearch],
  ['microsoft.graph.reauthorize', reauthorize],
  ...['addPassword', 'removePassword', 'addKey', 'removeKey'].map(
    (name) => [`microsoft.graph.${name}`, answerCredentials] as const,
  ),
]);

const NOTHING: ServiceAnswer = { status: 204, headers: {}, body: undefined };

/**
 * Answers a call of a function (GET) or an action (POST) with what its behaviour gives, or with 204
 * where that is nothing, or nothing of an action's result is wanted (OData Protocol 4.01, sections
 * 8.2.8.7 and 11.5). Refuses other methods with 405, and with 501 what has no behaviour.
 */
export async function answerOperation(
  addressed: CallTarget,
  context: CallContext,
): Promise<ServiceAnswer> {
  const { request, model } = context;
  checkMethod(request, addressed);
  const own = model.isForeign ? undefined : ownOperations.get(addressed.operation.name);
  if (own) return own(addressed, context);
  const isAction = addressed.operation.kind === 'action';
  const given = isAction ? readParameters(request) : parametersOf(addressed);
  const call = isAction ? withOverload(addressed, given) : addressed;
  if (isForEach(call)) return answerEachCall(call, given, context);
  const { operation, rest } = call;
  const result = await callOperation(call, given, context);
  const { return: wanted } = preferencesOf(request);
  if (isAction && wanted === 'minimal') {
    return { ...NOTHING, headers: { 'Preference-Applied': 'return=minimal' } };
  }
  if (rest && !isInResult(rest)) return answerStored(call, result, context);
  const found = followResult(model, call, result);
  if (found === undefined || found === null) return NOTHING;
  const isEntities = operation.returns?.type.kind === 'entity' && endsAtEntities(call);
  if (isEntities) return answerResultEntities(call, found, context);
  return answerValue(call, found, context);
}

/** Answers with what an action gives for each member of a collection. */
async function answerEachCall(
  call: CallTarget,
  given: unknown,
  context: CallContext,
): Promise<ServiceAnswer> {
  // The sets of Graph have no such segment.
  if (!context.model.isForeign) throw segmentNotServed('$each');
  const results = await callEach(call, given, context);
  const { return: wanted } = preferencesOf(context.request);
  if (wanted === 'minimal') {
    return { ...NOTHING, headers: { 'Preference-Applied': 'return=minimal' } };
  }
  const { returns } = call.operation;
  if (!returns || returns.collection) return NOTHING;
  const every = ofEach(call);
  if (returns.type.kind === 'entity') return answerResultEntities(every, results, context);
  return answerValue(every, results, context);
}

async function answerSearch(call: CallTarget, context: CallContext): Promise<ServiceAnswer> {
  const found = await searchQuery(call, context);
  return found === null ? NOTHING : answerValue(call, found, context);
}

async function answerCredentials(call: CallTarget, context: CallContext): Promise<ServiceAnswer> {
  // Only who registers applications pays for the authority's rules.
  const { changeCredentials } = await import('../authority/credential-actions.ts');
  const result = await changeCredentials(call, context);
  return result ? answerValue(call, result, context) : NOTHING;
}

/** The methods that a call takes. */
export function methodsOf({ operation }: CallTarget): readonly string[] {
  return operation.kind === 'action' ? ['POST', 'OPTIONS'] : ['GET', 'HEAD', 'OPTIONS'];
}

function checkMethod({ method, root }: ServiceRequest, call: CallTarget): void {
  const allowed = methodsOf(call);
  if (allowed.includes(method)) return;
  const headers = { Allow: allowed.join(', ') };
  const message = 'Specified HTTP method is not allowed for the request target.';
  throw new Refusal('methodNotAllowed', message, { target: `${method} /${root}`, headers });
}

/** An action without parameters needs no body (OData Protocol 4.01, section 11.5.5.1). */
function readParameters(request: ServiceRequest): unknown {
  return request.body === undefined || request.body.length === 0 ? {} : readJson(request);
}

/**
 * The overload of an imported action that takes what the body says. A schema has one unbound action
 * of a name (OData CSDL 4.01, section 12.1); services that have more tell them apart like this.
 */
function withOverload(call: CallTarget, given: unknown): CallTarget {
  const operations = call.import?.operations ?? [];
  if (operations.length < 2) return call;
  const names = Object.keys(given ?? {});
  const operation = operations.find(({ parameters }) => {
    const isKnown = names.every((name) => parameters.some((each) => each.name === name));
    return isKnown && parameters.every((each) => isGiven(each, names));
  });
  return operation ? { ...call, operation } : call;
}

function isGiven({ name, nullable, optional, collection }: Parameter, names: readonly string[]) {
  return nullable || optional || collection || names.includes(name);
}

function endsAtEntities({ rest }: CallTarget): boolean {
  return rest === undefined || rest.ending.kind === 'entities';
}

/** A primitive or complex value, or a collection of them; a number behind `$count`. */
function answerValue(
  call: CallTarget,
  found: Exclude<Value, null>,
  { request, parts }: CallContext,
): ServiceAnswer {
  const { ending } = call.rest ?? {};
  if (ending?.kind === 'count' || (ending?.kind === 'property' && ending.isCount)) {
    return { ...asText(String(found)), status: 200 };
  }
  const type = typeOf(call);
  if (ending?.kind === 'property' && ending.isRaw) {
    const { contentType, body } = encodeRaw({ type }, found);
    return { status: 200, headers: { 'Content-Type': contentType }, body };
  }
  const options = parseOptions(request);
  refuseOptions(options, Array.isArray(found));
  const all = Array.isArray(found) ? found : undefined;
  const shown = all?.slice(options?.$skip ?? 0).slice(0, options?.$top) ?? found;
  const count = options?.$count === true ? all?.length : undefined;
  const context = formatContext({ kind: all ? 'values' : 'value', type: type.name });
  const encoding = encodingOf(request, parts, false);
  const body = encodeProperty({ context, type, value: shown, count }, encoding);
  return { status: 200, headers: { 'Content-Type': encoding.format.contentType }, body };
}

function asText(body: string): Omit<ServiceAnswer, 'status'> {
  return { headers: { 'Content-Type': 'text/plain;charset=utf-8' }, body };
}

/** The type of the value at the end of the path. */
function typeOf({ operation, rest }: CallTarget): PropertyType {
  const { ending } = rest ?? {};
  const last = ending?.kind === 'property' ? ending.path.at(-1) : undefined;
  const type = last?.type ?? operation.returns?.type;
  if (!type || type.kind === 'entity') throw new Error(`${operation.name} gives no value.`);
  return type;
}

const unserved = ['$filter', '$orderby', '$search', '$select', '$expand', '$compute'] as const;

function refuseOptions(options: ReturnType<typeof parseOptions>, isCollection: boolean): void {
  const paging = ['$skip', '$top', '$count'] as const;
  const wrong = isCollection ? undefined : paging.find((name) => options?.[name] !== undefined);
  if (wrong) {
    const message = `The query option '${wrong}' needs a collection.`;
    throw new Refusal('malformedRequest', message, { target: wrong });
  }
  const name = unserved.find((each) => options?.[each] !== undefined);
  if (name === undefined) return;
  const message = `The option '${name}' is not served on values that an operation gives.`;
  throw new Refusal('notImplemented', message, { target: name });
}
