import { checkOperation } from '#engine/access/check-access.ts';
import { endConnection } from '#engine/linked-in/connect-members.ts';
import { changeInvitation, withdrawInvitation } from '#engine/linked-in/own-invitations.ts';
import { sendInvitation } from '#engine/linked-in/send-invitation.ts';
import { notServed } from '#engine/place.ts';
import { checkConditions } from '#engine/writing/check-conditions.ts';
import { decodeChange } from '#odata/decode-change.ts';
import type { MaybePromise } from '#plan/maybe-promise.ts';
import type { KeyStep, Target } from '#plan/target.ts';
import { readJson } from '../read-json.ts';
import type { Asked } from '../requests/asked.ts';
import { preferencesOf } from '../requests/format.ts';
import { conditionsOf } from '../requests/write-request.ts';
import type { ServiceAnswer } from '../service-request.ts';
import { answerEntity } from './read.ts';

/** Whether a request writes what two people share and neither contains: invitations, connections. */
export function isForLinkedIn({ model, target, request }: Asked): boolean {
  if (isForConnection(target, request.method)) return !model.isForeign;
  if (model.isForeign || target.resource.name !== 'linkedIn') return false;
  const [first] = target.steps;
  const isInvitations = first?.kind === 'navigation' && first.navigation.name === 'invitations';
  return isInvitations && !isRead(request.method);
}

function isForConnection({ resource, steps }: Target, method: string): boolean {
  return (
    resource.name === 'decoratedProfileConnections' && method === 'DELETE' && steps.length === 1
  );
}

/** Sends, changes or withdraws an invitation of the caller's, or ends a connection. */
export async function answerLinkedIn(
  asked: Asked,
  answer: (asked: Asked) => MaybePromise<ServiceAnswer>,
): Promise<ServiceAnswer> {
  const { request, target, caller, model, parts } = asked;
  const { method } = request;
  const key = target.steps.at(-1);
  const now = parts.clock.now();
  if (target.ending.kind !== 'entities') throw notServed();
  if (method !== 'POST' && key?.kind !== 'key') return answer(asked);
  checkOperation(caller, `${method} ${target.template}`, model);
  const check = (version: number) => checkConditions(conditionsOf(request), version, false);
  if (isForConnection(target, method)) {
    await parts.store.transact(caller.tenant, (tx) =>
      endConnection(tx, caller, (key as KeyStep).value, check),
    );
    return { status: 204, headers: {}, body: undefined };
  }
  if (method === 'POST') {
    const change = decodeChange(model, target.type, readJson(request));
    const id = await parts.store.transact(caller.tenant, (tx) =>
      sendInvitation(tx, { caller, change, now }),
    );
    return answerNew(asked, id);
  }
  const own = { caller, id: (key as KeyStep).value, now, check };
  if (method === 'DELETE') {
    await parts.store.transact(caller.tenant, (tx) => withdrawInvitation(tx, own));
    return { status: 204, headers: {}, body: undefined };
  }
  const change = decodeChange(model, target.type, readJson(request));
  await parts.store.transact(caller.tenant, (tx) => changeInvitation(tx, own, change));
  return answerEntity({ ...asked, request: { ...request, method: 'GET' } });
}

function isRead(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}

async function answerNew(asked: Asked, id: string): Promise<ServiceAnswer> {
  const { request, target } = asked;
  const Location = `${request.origin}/${request.root}/linkedIn/invitations('${id}')`;
  const wanted = preferencesOf(request).return;
  const applied = wanted === undefined ? {} : { 'Preference-Applied': `return=${wanted}` };
  if (wanted === 'minimal') {
    const headers = { Location, 'OData-EntityId': Location, ...applied };
    return { status: 204, headers, body: undefined };
  }
  const step: KeyStep = { kind: 'key', property: undefined, value: id };
  const steps = [...target.steps, step];
  const template = `${target.template}/{id}`;
  const shown = await answerEntity({
    ...asked,
    request: { ...request, method: 'GET' },
    target: { ...target, steps, collection: false, template },
  });
  return { ...shown, status: 201, headers: { ...shown.headers, Location, ...applied } };
}
