import type { Clock } from '#clock.ts';
import { Refusal } from '#errors.ts';
import { newRequestId } from '#ids.ts';
import type { Log } from '#log.ts';
import { encodeError } from '#odata/encode-error.ts';
import type { MaybePromise } from '#plan/maybe-promise.ts';
import type { Fidelity } from '#plan/request.ts';
import type { Store } from '#plan/store.ts';
import { logRefusal, toRefusal } from '../refusals.ts';
import { answerVersion } from '../requests/format.ts';
import {
  readClientRequestId,
  type ServiceAnswer,
  type ServiceRequest,
} from '../service-request.ts';
import type { BatchAnswer, BatchItem } from './batch-item.ts';
import { makeItemRequest } from './item-request.ts';
import { type Referables, resolveReferences } from './resolve-references.ts';

/** What answering the requests of one batch needs. */
export interface BatchContext {
  /** The batch itself, whose headers its requests inherit. */
  readonly batch: ServiceRequest;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly fidelity: Fidelity;
  /** What has succeeded so far. */
  readonly referables: Referables;
  /** Answers a single request on a store; throws a Refusal for everything that is not answered. */
  answer(request: ServiceRequest, store: Store): MaybePromise<ServiceAnswer>;
}

/** What every answer says in its headers. */
interface Labels {
  readonly version: string;
  readonly requestId: string;
  readonly clientRequestId: string;
}

/** Answers one request of a batch as it is answered outside of it; errors are answers too. */
export async function answerItem(item: BatchItem, context: BatchContext): Promise<BatchAnswer> {
  const labels = labelsOf(item, context);
  try {
    const resolved = resolveReferences(item, context.referables);
    const request = makeItemRequest(resolved, context.batch);
    const { status, headers, body } = await context.answer(request, context.store);
    const shown = item.method === 'HEAD' || body?.length === 0 ? undefined : body;
    return { item: resolved, status, headers: withLabels(headers, labels), body: shown };
  } catch (error) {
    return encodeRefusal(item, error, { labels, context });
  }
}

/** The answer to a request that ends with this error, whether it has run or not. */
export function refuseItem(item: BatchItem, error: unknown, context: BatchContext): BatchAnswer {
  return encodeRefusal(item, error, { labels: labelsOf(item, context), context });
}

/** The answer to a request that does not count, because another one has failed. */
export function refuseDependent(item: BatchItem, why: string, context: BatchContext): BatchAnswer {
  return refuseItem(item, new Refusal('failedDependency', why), context);
}

function encodeRefusal(
  item: BatchItem,
  error: unknown,
  { labels, context }: { readonly labels: Labels; readonly context: BatchContext },
): BatchAnswer {
  const { clock, log } = context;
  const { requestId, clientRequestId } = labels;
  const refusal = toRefusal(error, item.headers['content-type']);
  logRefusal(log, refusal, { requestId, method: item.method, url: item.url });
  const headers = { ...refusal.headers, 'Content-Type': 'application/json; charset=utf-8' };
  const body = encodeError(refusal, { requestId, clientRequestId, at: clock.now() });
  return { item, status: refusal.status, headers: withLabels(headers, labels), body };
}

function labelsOf(item: BatchItem, { batch, fidelity }: BatchContext): Labels {
  const requestId = newRequestId();
  const inherited = pick(item, batch, 'client-request-id');
  const max = { 'odata-maxversion': pick(item, batch, 'odata-maxversion') };
  return {
    version: answerVersion(max, fidelity),
    requestId,
    clientRequestId: readClientRequestId(inherited) ?? requestId,
  };
}

function pick({ headers }: BatchItem, batch: ServiceRequest, name: string) {
  return headers[name] ?? batch.headers[name];
}

function withLabels(
  headers: Readonly<Record<string, string>>,
  { version, requestId, clientRequestId }: Labels,
): Readonly<Record<string, string>> {
  return {
    'OData-Version': version,
    ...headers,
    'request-id': requestId,
    'client-request-id': clientRequestId,
  };
}
