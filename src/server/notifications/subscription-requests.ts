import { formatInstant } from '#clock.ts';
import { checkOperation } from '#engine/access/check-access.ts';
import { notFound } from '#engine/place.ts';
import { Refusal } from '#errors.ts';
import { newId } from '#ids.ts';
import { decodeChange } from '#odata/decode-change.ts';
import type { Change } from '#plan/change.ts';
import { compareProperty } from '#plan/compare-property.ts';
import type { Document } from '#plan/document.ts';
import type { Expression } from '#plan/expression.ts';
import type { MaybePromise } from '#plan/maybe-promise.ts';
import { nothingAsked } from '#plan/query.ts';
import type { FoundEntity } from '#plan/store.ts';
import type { CallTarget, KeyStep } from '#plan/target.ts';
import type { CallContext } from '../behaviour/call-operation.ts';
import { readJson } from '../read-json.ts';
import type { Asked } from '../requests/asked.ts';
import { answerEntity } from '../service/read.ts';
import type { ServiceAnswer } from '../service-request.ts';
import { bindWatch } from './bind-watch.ts';
import { checkCertificate, type DataRecipient } from './encrypt-resource.ts';
import { readEndpoint, validateEndpoint } from './endpoint.ts';
import type { DataReading } from './resource-data.ts';
import { formatTracking, TRACKING, type TrackingState } from './tracking-state.ts';

const SET = 'subscriptions';
/** How long a subscription lasts at most, in minutes (Graph's page "subscription resource type"). */
const DIRECTORY_MINUTES = 41_760;
const MAILBOX_MINUTES = 10_080;
/** Subscriptions of one application in one tenant (Graph's page on webhooks). */
const EACH_MAX = 100;
const changeTypes: ReadonlySet<string> = new Set(['created', 'updated', 'deleted']);

/** Whether a request is one for subscriptions. */
export function isForSubscriptions({ model, target }: Asked): boolean {
  return target.resource.set === SET && !model.isForeign;
}

/** Answers requests for subscriptions: an application sees and changes those that it has made. */
export async function answerSubscriptions(
  asked: Asked,
  answer: (asked: Asked) => MaybePromise<ServiceAnswer>,
): Promise<ServiceAnswer> {
  const { request, target } = asked;
  const [key] = target.steps;
  if (key?.kind !== 'key') {
    const isNew = request.method === 'POST' && target.ending.kind === 'entities';
    return isNew ? answerSubscribe(asked) : answer({ ...asked, target: ownOf(asked) });
  }
  const { method } = request;
  checkOperation(
    asked.caller,
    `${method === 'HEAD' ? 'GET' : method} ${target.template}`,
    asked.model,
  );
  const found = await findOwn(asked, key);
  const isChange = method === 'PATCH' || method === 'PUT';
  if (!isChange && method !== 'POST') return answer(asked);
  if (target.ending.kind !== 'entities') throw refuse(SET, 'Change expirationDateTime by a PATCH.');
  const { expirationDateTime } = JSON.parse(found.text) as Document;
  const change = readChange(asked);
  const wanted = textOf(change, 'expirationDateTime') ?? (expirationDateTime as string);
  checkExpiration(wanted, asked, isOfMailbox(JSON.parse(found.text) as Document));
  const others = [...change.members.keys()].filter((name) => name !== 'expirationDateTime');
  if (others.length > 0) throw refuse(others[0]!, `'${others[0]}' cannot be changed.`);
  return answer(asked);
}

/**
 * Takes in that whoever has subscribed may still do so: the token is good, the subscription theirs
 * (Graph's page "subscription: reauthorize"). When it ends, a PATCH says.
 */
export async function reauthorize(
  { binding }: CallTarget,
  { request, parts, caller, model }: CallContext,
): Promise<ServiceAnswer> {
  const target = binding && 'steps' in binding ? binding : undefined;
  const key = target?.steps[0];
  if (key?.kind !== 'key') throw notFound(SET);
  checkOperation(caller, 'POST /subscriptions/{id}/reauthorize', model);
  await findOwn({ request, parts, caller, model, target: target! }, key);
  return { status: 204, headers: {}, body: undefined };
}

async function answerSubscribe(asked: Asked): Promise<ServiceAnswer> {
  const { caller, parts, model, target, request } = asked;
  checkOperation(caller, `POST ${target.template}`, model);
  const { reach, send } = parts.notifications;
  const change = readChange(asked);
  const given = (name: string) => required(textOf(change, name), name);
  const hasData = isTrue(change, 'includeResourceData');
  checkTypes(given('changeType'));
  const url = readEndpoint('notificationUrl', given('notificationUrl'), reach);
  const lifecycle = textOf(change, 'lifecycleNotificationUrl');
  const ownUrl = lifecycle && readEndpoint('lifecycleNotificationUrl', lifecycle, reach);
  const recipient = hasData ? readRecipient(given) : undefined;
  const watch = await bindWatch(given('resource'), asked, hasData);
  checkExpiration(given('expirationDateTime'), asked, watch.path !== undefined);
  await checkQuota(asked);
  const ways = { reach, send };
  await validateEndpoint('notificationUrl', url, token(parts.clock.now()), ways);
  if (ownUrl) {
    await validateEndpoint('lifecycleNotificationUrl', ownUrl, token(parts.clock.now()), ways);
  }
  const data = recipient && { ...recipient, ...readingOf(asked, given('resource')) };
  const id = await keep(asked, change, { watch, data });
  const step: KeyStep = { kind: 'key', property: undefined, value: id };
  const one = { ...target, steps: [step], collection: false, template: `${target.template}/{id}` };
  const shown = await answerEntity({
    ...asked,
    request: { ...request, method: 'GET' },
    target: one,
  });
  const Location = `${request.origin}/${request.root}/${SET}('${id}')`;
  return { ...shown, status: 201, headers: { ...shown.headers, Location } };
}

/** Keeps a subscription, which is told of everything from now on. */
async function keep(
  { caller, parts }: Asked,
  change: Change,
  tracked: Omit<TrackingState, 'position'>,
): Promise<string> {
  const id = newId();
  const members: Document = { id };
  for (const [name, member] of change.members) {
    if (member.kind === 'value') members[name] = member.value;
  }
  members.id = id;
  members.applicationId = caller.app ?? null;
  members.creatorId = caller.user ?? caller.app ?? null;
  const position = await parts.store.latestChange(caller.tenant);
  const state = formatTracking({ ...tracked, position });
  await parts.store.transact(caller.tenant, async (tx) => {
    const owner = await tx.insert(SET, members);
    tx.writeSecret(owner, TRACKING, state);
  });
  return id;
}

function readChange({ model, target, request }: Asked): Change {
  return decodeChange(model, target.type, readJson(request));
}

function textOf({ members }: Change, name: string): string | undefined {
  const member = members.get(name);
  return member?.kind === 'value' && typeof member.value === 'string' ? member.value : undefined;
}

function required(value: string | undefined, name: string): string {
  if (value !== undefined && value !== '') return value;
  throw refuse(name, `A value is required for property '${name}' of resource 'subscription'.`);
}

function isTrue({ members }: Change, name: string): boolean {
  const member = members.get(name);
  return member?.kind === 'value' && member.value === true;
}

/** For whom resource data is encrypted; it is sent to nobody in clear. */
function readRecipient(given: (name: string) => string): DataRecipient {
  const certificate = given('encryptionCertificate');
  checkCertificate(certificate);
  return { certificate, certificateId: given('encryptionCertificateId') };
}

/** Resources are read as who subscribes reads them now. */
function readingOf(
  { caller, request }: Asked,
  resource: string,
): Omit<DataReading, keyof DataRecipient> {
  const { user, app, permissions } = caller;
  const [, query = ''] = resource.split('?', 2);
  return { root: request.root, query, user, app, permissions: [...permissions] };
}

function checkTypes(written: string): void {
  const wrong = written.split(',').find((type) => !changeTypes.has(type.trim()));
  if (wrong === undefined) return;
  throw refuse('changeType', `'${wrong.trim().slice(0, 100)}' is no type of change.`);
}

function checkExpiration(written: string, { parts }: Asked, isMailbox: boolean): void {
  const now = parts.clock.now();
  const minutes = isMailbox ? MAILBOX_MINUTES : DIRECTORY_MINUTES;
  const left = Date.parse(written) - now;
  if (!(left > 0)) {
    const message = `Subscription expiration must be later than ${formatInstant(now)}.`;
    throw refuse('expirationDateTime', message);
  }
  if (left <= minutes * 60_000 + 60_000) return;
  const message = `Subscription expiration can only be ${minutes} minutes in the future.`;
  throw refuse('expirationDateTime', message);
}

function isOfMailbox({ resource }: Document): boolean {
  return /contacts/i.test(String(resource));
}

async function checkQuota({ caller, parts, target, model }: Asked): Promise<void> {
  const filter = ownFilter({ caller, model, target });
  const reader = parts.store.reader(caller.tenant);
  const source = { kind: 'set', set: SET, type: target.type } as const;
  const query = { ...nothingAsked, filter, pageSize: 0, count: true };
  const { count = 0 } = await reader.query(source, query, 'nothing');
  if (count < EACH_MAX) return;
  const message = `An application has ${EACH_MAX} subscriptions in a tenant at most.`;
  throw new Refusal('accessDenied', message, { target: SET });
}

/** The subscriptions that the caller's application has made. */
function ownOf(asked: Asked): Asked['target'] {
  const { target } = asked;
  const predicate = ownFilter(asked);
  if (!predicate) return target;
  return { ...target, steps: [...target.steps, { kind: 'filter', predicate }] };
}

function ownFilter({
  caller,
  target,
}: Pick<Asked, 'caller' | 'model' | 'target'>): Expression | undefined {
  if (caller.isUnrestricted) return undefined;
  const property = target.type.properties.get('applicationId')!;
  return compareProperty([property], 'eq', caller.app ?? '');
}

async function findOwn({ caller, parts }: Asked, { value }: KeyStep): Promise<FoundEntity> {
  const found = await parts.store.reader(caller.tenant).find(SET, 'id', value, 'doc');
  const isOwn = (each: FoundEntity) =>
    caller.isUnrestricted || (JSON.parse(each.text) as Document).applicationId === caller.app;
  if (found && isOwn(found)) return found;
  throw notFound(value);
}

/** What an endpoint is sent to prove that it is there. */
function token(now: number): string {
  return `Validation: ${newId()} at ${formatInstant(now)}`;
}

function refuse(target: string, message: string): Refusal {
  return new Refusal('invalidRequest', message, { target });
}
