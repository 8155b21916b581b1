import { headerOf, type ServiceAnswer, type ServiceRequest } from '../service-request.ts';
import type { BatchContext } from './answer-item.ts';
import { encodeMultipartBatch } from './encode-multipart-batch.ts';
import { errorPreference } from './error-preference.ts';
import { parseMultipartBatch } from './parse-multipart-batch.ts';
import { runInOrder } from './run-batch.ts';

/**
 * Answers a multipart batch: its requests run in their order, up to the first that fails, unless
 * `Prefer: continue-on-error` is set (OData Protocol 4.01, sections 8.2.8.3 and 11.7.7.4).
 */
export async function handleMultipart(
  request: ServiceRequest,
  context: BatchContext,
): Promise<ServiceAnswer> {
  const type = headerOf(request, 'content-type') ?? '';
  const units = parseMultipartBatch(request.body ?? Buffer.alloc(0), type);
  const { continues, applied } = errorPreference(request);
  const outcomes = await runInOrder(units, continues, context);
  const { mediaType, body } = encodeMultipartBatch(outcomes);
  return { status: 200, headers: { 'Content-Type': mediaType, ...applied }, body };
}
