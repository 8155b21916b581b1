import type { Clock } from '#clock.ts';
import { Refusal } from '#errors.ts';
import type { Log } from '#log.ts';
import type { Caller } from '#plan/caller.ts';
import type { MaybePromise } from '#plan/maybe-promise.ts';
import type { Fidelity } from '#plan/request.ts';
import type { Store } from '#plan/store.ts';
import { readJson } from '../read-json.ts';
import { answerVersion } from '../requests/format.ts';
import { headerOf, type ServiceAnswer, type ServiceRequest } from '../service-request.ts';
import type { BatchContext } from './answer-item.ts';
import { encodeJsonBatch } from './encode-json-batch.ts';
import { errorPreference } from './error-preference.ts';
import { handleMultipart } from './handle-multipart.ts';
import { parseJsonBatch } from './parse-json-batch.ts';
import { isMultipartType } from './parse-multipart-batch.ts';
import { runByDependency, runInOrder } from './run-batch.ts';

/** What answering a batch needs of the running server, beyond what its requests need. */
export interface BatchParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly fidelity: Fidelity;
  /** Who a request comes from; refuses with 401. */
  identify(authorization: string | undefined): Caller | Promise<Caller>;
}

const ALLOW = { Allow: 'POST, OPTIONS' };

/**
 * Answers a request to `$batch`, in JSON or as multipart/mixed, by the media type of its body; each
 * request in it goes the way of any other, through `answer`. Refuses what is no well-formed batch
 * as a whole; what fails in a batch is an answer in it.
 */
export async function handleBatch<Parts extends BatchParts>(
  request: ServiceRequest,
  parts: Parts,
  answer: (request: ServiceRequest, parts: Parts) => MaybePromise<ServiceAnswer>,
): Promise<ServiceAnswer> {
  if (request.method === 'OPTIONS') return { status: 204, headers: ALLOW, body: undefined };
  const { store, clock, log, fidelity } = parts;
  // Whoever may not ask at all learns nothing of what is wrong with the batch.
  await parts.identify(headerOf(request, 'authorization'));
  if (request.method !== 'POST') {
    const message = 'Specified HTTP method is not allowed for the request target.';
    throw new Refusal('methodNotAllowed', message, { target: '$batch', headers: ALLOW });
  }
  const context: BatchContext = {
    batch: request,
    store,
    clock,
    log,
    fidelity,
    referables: new Map(),
    answer: (item, on) => answer(item, { ...parts, store: on }),
  };
  if (isMultipartType(headerOf(request, 'content-type') ?? ''))
    return handleMultipart(request, context);
  if (fidelity === 'odata') checkJsonVersion(request);
  const units = parseJsonBatch(readJson(request), fidelity);
  const { continues, applied } = errorPreference(request);
  // Graph answers every request, whatever becomes of the others.
  const runsAll = fidelity !== 'odata' || continues;
  const outcomes = runsAll
    ? await runByDependency(units, context)
    : await runInOrder(units, false, context);
  const headers = { 'Content-Type': 'application/json', ...applied };
  return { status: 200, headers, body: encodeJsonBatch(outcomes) };
}

/**
 * Refuses with 415 a batch in JSON of a client that takes no more than 4.0, which has none (OData
 * JSON 4.01, section 19).
 */
function checkJsonVersion({ headers }: ServiceRequest): void {
  if (answerVersion(headers, 'odata') === '4.01') return;
  const message =
    'A batch in JSON is of OData 4.01: send it as multipart/mixed to be answered in 4.0.';
  throw new Refusal('unsupportedMediaType', message, { target: 'Content-Type' });
}
