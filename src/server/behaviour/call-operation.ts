import { type Access, checkAccess, checkSelf } from '#engine/access/check-access.ts';
import { locate } from '#engine/reading/locate.ts';
import { checkConditions } from '#engine/writing/check-conditions.ts';
import { Refusal } from '#errors.ts';
import type { Model } from '#model/model.ts';
import { decodeParameters, decodeResult } from '#odata/decode-parameters.ts';
import type { BehaviourBinding, BehaviourCall } from '#plan/behaviour.ts';
import type { Caller } from '#plan/caller.ts';
import type { Value } from '#plan/document.ts';
import type { MaybePromise } from '#plan/maybe-promise.ts';
import type { Store } from '#plan/store.ts';
import type { CallTarget } from '#plan/target.ts';
import type { Asked } from '../requests/asked.ts';
import { conditionsOf } from '../requests/write-request.ts';
import type { ServiceParts } from '../service-parts.ts';
import type { ServiceAnswer, ServiceRequest } from '../service-request.ts';
import { readThrown } from './behaviour-refusal.ts';
import { RequestStore } from './behaviour-store.ts';
import { followResult } from './follow-result.ts';
import { formatTarget } from './format-target.ts';

/** What a call is carried out with. */
export interface CallContext extends Omit<Asked, 'target'> {
  /** Answers a request as the service does. */
  answer(request: ServiceRequest, parts: ServiceParts): MaybePromise<ServiceAnswer>;
}

/**
 * Carries out a call by the behaviour of its operation, with the parameters as JSON carries them,
 * and gives the result; both are checked against their declared types. Refuses with 501 what has
 * no behaviour. What an action writes commits together, when its behaviour has ended.
 */
export async function callOperation(
  call: CallTarget,
  given: unknown,
  context: CallContext,
): Promise<Value | undefined> {
  const { operation } = call;
  const access = checkAccess(
    context.caller,
    operation.kind === 'action' ? 'POST' : 'GET',
    call,
    context.model,
  );
  await checkOwn(call, access, { caller: context.caller, store: context.parts.store });
  const parameters = decodeParameters(context.model, operation, given);
  const behaviour = context.parts.behaviours[operation.name];
  if (!behaviour) {
    const message = `The operation '${operation.name}' has no behaviour.`;
    throw new Refusal('notImplemented', message, { target: operation.name });
  }
  const mayWrite = operation.kind === 'action';
  const { caller, parts, request } = context;
  const run = async (store: Store): Promise<Value | undefined> => {
    const inside = partsInside(context, store);
    const requests = new RequestStore(request, (each) => context.answer(each, inside), mayWrite);
    const binding = await readBinding(call, requests, { ...context, parts: inside });
    const { tenant, user, app } = caller;
    try {
      const asked: BehaviourCall = {
        operation: operation.name,
        parameters: Object.fromEntries(parameters),
        binding,
        caller: { tenant: tenant.id, user, app },
        store: requests,
      };
      const result = await behaviour(asked, { store, caller });
      return result as Value | undefined;
    } catch (thrown) {
      throw readThrown(thrown, operation.name);
    }
  };
  const result = await (mayWrite ? parts.store.join(run) : run(parts.store));
  try {
    return decodeResult(modelOfResults(context), operation, result);
  } catch (cause) {
    const message = `What the behaviour of '${operation.name}' gives is not of its type.`;
    throw new Error(message, { cause });
  }
}

/**
 * The model by which results are checked. Kith's own behaviours give entities as the store has
 * them, where any root may have written them: the contract's own takes what all of them take.
 */
function modelOfResults({ model, parts }: CallContext): Model {
  return model.isForeign ? model : parts.models.get('localtest')!;
}

/**
 * What a behaviour reads and writes by. In Kith's own model whoever may call the operation may have
 * it done, whatever else they may do, and Graph's rules for clients do not bind it.
 */
function partsInside({ parts, model, caller }: CallContext, store: Store): ServiceParts {
  if (model.isForeign) return { ...parts, store, identify: () => caller };
  const server: Caller = { ...caller, isUnrestricted: true, isServer: true };
  return { ...parts, store, fidelity: 'odata', identify: () => server };
}

/**
 * Refuses a call that is bound to another's, where the caller's permissions reach their own alone.
 * Nobody else is looked up for it: the time must not tell who is there.
 */
async function checkOwn(
  { binding }: CallTarget,
  access: Access,
  { caller, store }: { readonly caller: Caller; readonly store: Store },
): Promise<void> {
  if (access.reach === 'everybody') return;
  if (!binding || 'operation' in binding) return checkSelf(caller, access, undefined);
  const reader = store.reader(caller.tenant);
  await locate({ target: binding, caller, access, reader, wanted: 'nothing' });
}

/** The parameters that the path says, as a body would say them. */
export function parametersOf({ parameters }: CallTarget): unknown {
  return Object.fromEntries(parameters);
}

/** What the operation is bound to, read as the caller sees it. */
async function readBinding(
  { operation, binding }: CallTarget,
  store: RequestStore,
  context: CallContext,
): Promise<BehaviourBinding | undefined> {
  if (!binding) return undefined;
  const { type, collection } = operation.parameters[0]!;
  if ('operation' in binding) {
    const inner = await callOperation(binding, parametersOf(binding), context);
    const value = followResult(context.model, binding, inner);
    return { type: type.name, path: undefined, value };
  }
  const path = formatTarget(binding);
  const isMany = collection && type.kind === 'entity';
  const value = isMany ? undefined : await store.get(path);
  if (operation.kind === 'action') checkVersion(value, context.request);
  return { type: type.name, path, value };
}

/** An action is for the version that `If-Match` names (OData Protocol 4.01, section 11.5.5.1). */
function checkVersion(value: Value | undefined, request: ServiceRequest): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  const version = /\d+/.exec(String(value['@odata.etag'] ?? ''))?.[0];
  if (version === undefined) return;
  checkConditions(conditionsOf(request), Number(version), false);
}
