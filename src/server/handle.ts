import { Refusal } from '#errors.ts';
import type { Model } from '#model/model.ts';
import type { Caller } from '#plan/caller.ts';
import { type MaybePromise, proceed } from '#plan/maybe-promise.ts';
import type { Addressed, Target } from '#plan/target.ts';
import { isBatchPath } from './batch/batch-item.ts';
import { answerOperation, methodsOf } from './calls/operation.ts';
import { answerSubscriptions, isForSubscriptions } from './notifications/subscription-requests.ts';
import type { Asked } from './requests/asked.ts';
import { bindRequestPath } from './requests/bind-request-path.ts';
import { checkIsolation, checkVersion, formatOf } from './requests/format.ts';
import { isPostedQuery, readPostedQuery } from './requests/posted-query.ts';
import { checkSchemaVersion } from './requests/schema-version.ts';
import {
  allowedMethods,
  formatAllow,
  kindOf,
  type Method,
  type TargetKind,
} from './service/allowed-methods.ts';
import { answerCombinations } from './service/combinations.ts';
import { answerCreate } from './service/create.ts';
import { describe, isDescription } from './service/describe.ts';
import { answerGranted, isForGranted } from './service/granted-requests.ts';
import { answerWithInitials, mayShowInitials } from './service/initials.ts';
import { answerLink } from './service/link.ts';
import { answerLinkedIn, isForLinkedIn } from './service/linked-in-requests.ts';
import { answerList } from './service/list.ts';
import { answerMedia, answerMediaRemove, answerMediaWrite } from './service/media.ts';
import { answerProperty } from './service/property.ts';
import { answerEntity } from './service/read.ts';
import { answerReference } from './service/reference.ts';
import { answerRemove } from './service/remove.ts';
import { answerUpdate } from './service/update.ts';
import {
  answerCollectionReplace,
  answerCollectionUpdate,
  answerEach,
} from './service/update-collection.ts';
import { answerPropertyWrite } from './service/write-property.ts';
import type { ServiceParts } from './service-parts.ts';
import { headerOf, type ServiceAnswer, type ServiceRequest } from './service-request.ts';

/** Answers one request to a service root. Throws a Refusal for everything that is not answered. */
export function handleRequest(
  request: ServiceRequest,
  parts: ServiceParts,
): MaybePromise<ServiceAnswer> {
  const { method } = request;
  checkVersion(request);
  checkIsolation(request);
  if (isBatchPath(request.path)) return answerBatch(request, parts);
  checkSchemaVersion(request, parts.models.get(request.root)!);
  if (isDescription(request) && method !== 'OPTIONS') return describe(request, parts);
  if (method === 'OPTIONS') {
    return { status: 204, headers: { Allow: allow(request, parts) }, body: undefined };
  }
  const posted = readPostedQuery(request);
  if (posted) return handleRequest(posted, parts);
  const caller = parts.identify(headerOf(request, 'authorization'));
  return proceed(caller, (known) => answerAs(known, request, parts));
}

/** Only who sends batches pays for what reads them. */
async function answerBatch(request: ServiceRequest, parts: ServiceParts): Promise<ServiceAnswer> {
  const { handleBatch } = await import('./batch/handle-batch.ts');
  return handleBatch(request, parts, handleRequest);
}

function answerAs(
  caller: Caller,
  request: ServiceRequest,
  parts: ServiceParts,
): MaybePromise<ServiceAnswer> {
  const { method, root } = request;
  const model = parts.models.get(root)!;
  const target = bindRequestPath(request, model);
  if (isJson(target)) formatOf(request);
  const asked = { request, parts, caller, model };
  if ('operation' in target) return answerOperation(target, { ...asked, answer: handleRequest });
  const answer = findAnswer(method, target, model);
  if (answer) {
    const complete = { ...asked, target };
    if (isForSubscriptions(complete)) return answerSubscriptions(complete, answer);
    if (mayShowInitials(complete)) return answerWithInitials(complete, answer);
    if (isForGranted(complete)) return answerGranted(complete, answer);
    return isForLinkedIn(complete) ? answerLinkedIn(complete, answer) : answer(complete);
  }
  const headers = { Allow: allow(request, parts) };
  const message = 'Specified HTTP method is not allowed for the request target.';
  throw new Refusal('methodNotAllowed', message, { target: `${method} /${root}`, headers });
}

type AnswerTarget = (asked: Asked) => MaybePromise<ServiceAnswer>;

/** What answers each method, by what a path ends with. */
const answers: Readonly<Record<TargetKind, Readonly<Partial<Record<Method, AnswerTarget>>>>> = {
  collection: {
    GET: answerList,
    POST: answerCreate,
    PATCH: answerCollectionUpdate,
    PUT: answerCollectionReplace,
  },
  entity: { GET: answerEntity, PATCH: answerUpdate, PUT: answerUpdate, DELETE: answerRemove },
  count: { GET: answerList },
  combinations: { GET: answerCombinations },
  each: { PATCH: answerEach, DELETE: answerEach },
  references: { GET: answerReferences, POST: answerLink, PUT: answerLink, DELETE: answerLink },
  property: {
    GET: answerProperty,
    POST: answerPropertyWrite,
    PATCH: answerPropertyWrite,
    PUT: answerPropertyWrite,
    DELETE: answerPropertyWrite,
  },
  media: {
    GET: answerMedia,
    PATCH: answerMediaWrite,
    PUT: answerMediaWrite,
    DELETE: answerMediaRemove,
  },
};

function answerReferences(asked: Asked): MaybePromise<ServiceAnswer> {
  return asked.target.collection ? answerList(asked) : answerReference(asked);
}

/** What answers a method; undefined where the target does not allow it. */
function findAnswer(method: string, target: Target, model: Model): AnswerTarget | undefined {
  const wanted = (method === 'HEAD' ? 'GET' : method) as Method;
  const answer = answers[kindOf(target)][wanted];
  // Kith's own reads and changes without a permission are declared, and answered with 501; what is
  // worked out is changed nowhere else.
  const isStored = !target.type.isDerived && target.ending.kind !== 'media';
  const isPatch = wanted === 'PATCH' && !target.collection && isStored;
  const isDeclared = !model.isForeign && (wanted === 'GET' || isPatch);
  if (!answer || isDeclared) return answer;
  return allowedMethods(model, target, [wanted]).length > 0 ? answer : undefined;
}

/** What the target allows, as the `Allow` header says it. */
function allow(request: ServiceRequest, parts: ServiceParts): string {
  if (isDescription(request)) return 'GET, HEAD, OPTIONS';
  if (isPostedQuery(request)) return 'POST, OPTIONS';
  const model = parts.models.get(request.root)!;
  const target = bindRequestPath(request, model);
  if ('operation' in target) return methodsOf(target).join(', ');
  const methods = Object.keys(answers[kindOf(target)]) as Method[];
  return formatAllow(allowedMethods(model, target, methods));
}

/** Whether an answer comes as JSON, in a form that is negotiated; all else has a type of its own. */
function isJson(target: Addressed): boolean {
  const ending = 'operation' in target ? target.rest?.ending : target.ending;
  if (!ending) return true;
  if (ending.kind === 'property') return !ending.isRaw && !ending.isCount;
  return ending.kind !== 'count' && ending.kind !== 'media';
}
