import { checkAccess } from '#engine/access/check-access.ts';
import { type Arguments, listFound, readProfiles, referToFound } from '#engine/find-profiles.ts';
import { type ComplexType, localName } from '#model/model.ts';
import { decodeParameters } from '#odata/decode-parameters.ts';
import { encodeContext, encodeMember } from '#odata/encode-entity.ts';
import { encodeValue, type JsonObject } from '#odata/encode-members.ts';
import { segmentNotServed } from '#odata/paths/refuse-segment.ts';
import { formatContext } from '#plan/context-url.ts';
import type { Document } from '#plan/document.ts';
import type { MaybePromise } from '#plan/maybe-promise.ts';
import type { CallTarget, Target } from '#plan/target.ts';
import { type CallContext, parametersOf } from '../behaviour/call-operation.ts';
import { encodingOf, jsonHeaders } from '../requests/answer.ts';
import { bindEntityOptions, parseOptions } from '../requests/bind-request.ts';
import { answerList } from '../service/list.ts';
import { headerOf, type ServiceAnswer } from '../service-request.ts';

const served: ReadonlySet<string> = new Set(['entities', 'count', 'references']);

/** Answers `viewees`, `viewer` and `batchQuery`: a collection that options narrow as any other. */
export function answerProfiles(
  call: CallTarget,
  context: CallContext,
): MaybePromise<ServiceAnswer> {
  const { target, given } = readCall(call, context);
  const ending = call.rest?.ending ?? target.ending;
  if (!served.has(ending.kind) || (call.rest?.steps.length ?? 0) > 0)
    throw segmentNotServed(call.operation.name);
  const called = { name: localName(call.operation.name), given };
  return answerList(
    { ...context, target: { ...target, ending } },
    (plan, caller, parts) => listFound(plan, called, caller, parts),
    (plan, caller, parts) => referToFound(plan, called, caller, parts),
  );
}

/**
 * Answers `batchGet`: a map of the profiles that are there, and one of why the others are not, as
 * the type `DecoratedProfileBatchGetResult` has them. Options say what is shown of each profile.
 */
export async function answerBatchGet(
  call: CallTarget,
  context: CallContext,
): Promise<ServiceAnswer> {
  const { target, given } = readCall(call, context);
  if (call.rest) throw segmentNotServed(call.operation.name);
  const { request, parts, caller, model } = context;
  const languages = headerOf(request, 'accept-language');
  const selection = bindEntityOptions(model, target, parseOptions(request));
  const plan = { model, target, selection, languages };
  const asked = await readProfiles(plan, given.get('ids'), caller, parts);
  const type = call.operation.returns!.type as ComplexType;
  const encoding = encodingOf(request, parts, request.root === 'localtest');
  const errors = asked.flatMap(({ key, profile }): Document[] => {
    return profile ? [] : [typed('ErrorMapElement', { key, value: missing(key) })];
  });
  const found = asked.filter(({ profile }) => profile !== undefined);
  const results = found.map(({ key }) => typed('DecoratedProfileMapElement', { key }));
  const value = typed('DecoratedProfileBatchGetResult', { errors, results });
  const shown = encodeValue(type, value, encoding) as { results: JsonObject[] } & JsonObject;
  for (const [index, { profile }] of found.entries()) {
    shown.results[index]!.value = encodeMember(profile!, encoding);
  }
  const head = encodeContext(formatContext({ kind: 'value', type: type.name }), encoding);
  const body = `{${head}${JSON.stringify(shown).slice(1)}`;
  return { status: 200, headers: jsonHeaders(encoding.format), body };
}

/** The collection on which a function is called, and what it is given; checks that it may be. */
function readCall(
  call: CallTarget,
  { caller, model }: CallContext,
): { readonly target: Target; readonly given: Arguments } {
  const { binding, operation } = call;
  if (!binding || 'operation' in binding) throw segmentNotServed(operation.name);
  checkAccess(caller, 'GET', call, model);
  return { target: binding, given: decodeParameters(model, operation, parametersOf(call)) };
}

function typed(name: string, members: Document): Document {
  return { '@odata.type': `microsoft.graph.${name}`, ...members };
}

function missing(key: string): Document {
  return typed('Error', { status: 404, message: `Resource '${key}' does not exist.` });
}
