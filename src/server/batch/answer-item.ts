import type { Clock } from '#clock.ts';
import { Refusal } from '#errors.ts';
import { newId } from '#ids.ts';
import type { Log } from '#log.ts';
import { encodeError } from '#odata/encode-error.ts';
import type { MaybePromise } from '#plan/maybe-promise.ts';
import type { Store } from '#plan/store.ts';
import { logRefusal, readClientRequestId } from '../http/identity.ts';
import { toRefusal } from '../http/to-refusal.ts';
import type { ServiceAnswer, ServiceRequest } from '../service-request.ts';
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
  /** What has succeeded so far. */
  readonly referables: Referables;
  /** Answers a single request on a store; throws a Refusal for everything that is not answered. */
  answer(request: ServiceRequest, store: Store): MaybePromise<ServiceAnswer>;
}

interface Ids {
  readonly requestId: string;
  readonly clientRequestId: string;
}

/** Answers one request of a batch as it is answered outside of it; errors are answers too. */
export async function answerItem(item: BatchItem, context: BatchContext): Promise<BatchAnswer> {
  const ids = idsOf(item, context);
  try {
    const resolved = resolveReferences(item, context.referables);
    const request = makeItemRequest(resolved, context.batch);
    const { status, headers, body } = await context.answer(request, context.store);
    const shown = item.method === 'HEAD' || body?.length === 0 ? undefined : body;
    return { item: resolved, status, headers: withIds(headers, ids), body: shown };
  } catch (error) {
    return encodeRefusal(item, error, { ids, context });
  }
}

/** The answer to a request that ends with this error, whether it has run or not. */
export function refuseItem(item: BatchItem, error: unknown, context: BatchContext): BatchAnswer {
  return encodeRefusal(item, error, { ids: idsOf(item, context), context });
}

/** The answer to a request that does not count, because another one has failed. */
export function refuseDependent(item: BatchItem, why: string, context: BatchContext): BatchAnswer {
  return refuseItem(item, new Refusal('failedDependency', why), context);
}

function encodeRefusal(
  item: BatchItem,
  error: unknown,
  { ids, context }: { readonly ids: Ids; readonly context: BatchContext },
): BatchAnswer {
  const { clock, log } = context;
  const { requestId } = ids;
  const refusal = toRefusal(error, item.headers['content-type']);
  logRefusal(log, refusal, { requestId, method: item.method, url: item.url });
  const headers = { ...refusal.headers, 'Content-Type': 'application/json; charset=utf-8' };
  const body = encodeError(refusal, { ...ids, at: clock.now() });
  return { item, status: refusal.status, headers: withIds(headers, ids), body };
}

function idsOf(item: BatchItem, { batch }: BatchContext): Ids {
  const requestId = newId();
  const written = item.headers['client-request-id'] ?? batch.headers['client-request-id'];
  return { requestId, clientRequestId: readClientRequestId(written) ?? requestId };
}

function withIds(
  headers: Readonly<Record<string, string>>,
  { requestId, clientRequestId }: Ids,
): Readonly<Record<string, string>> {
  return {
    'OData-Version': '4.0',
    ...headers,
    'request-id': requestId,
    'client-request-id': clientRequestId,
  };
}
