import { type FoundMedia, mediaTag, readMedia, writeMedia } from '#engine/media.ts';
import { parseEtags } from '#odata/parse-preferences.ts';
import type { Caller } from '#plan/caller.ts';
import type { Target } from '#plan/target.ts';
import type { ServiceParts } from '../service-parts.ts';
import { headerOf, type ServiceAnswer, type ServiceRequest } from '../service-request.ts';
import { readBytes } from './read-bytes.ts';
import { answerRemove } from './remove.ts';
import { conditionsOf } from './write-request.ts';

/** Answers a GET of a stream with its bytes, 204 where there is none (OData Protocol 11.2.5). */
export async function answerMedia(
  request: ServiceRequest,
  parts: ServiceParts,
  caller: Caller,
  target: Target,
): Promise<ServiceAnswer> {
  const model = parts.models.get(request.root)!;
  const plan = { model, target, ...conditionsOf(request) };
  const media = await readMedia(plan, caller, parts);
  if (!media) return { status: 204, headers: {}, body: undefined };
  return showMedia(request, media);
}

/** Answers a PUT of a stream; 204. */
export async function answerMediaWrite(
  request: ServiceRequest,
  parts: ServiceParts,
  caller: Caller,
  target: Target,
): Promise<ServiceAnswer> {
  const model = parts.models.get(request.root)!;
  const plan = { model, target, ...conditionsOf(request) };
  const media = await writeMedia(plan, readBytes(request), caller, parts);
  return { status: 204, headers: media ? { ETag: mediaTag(media) } : {}, body: undefined };
}

/**
 * Answers a DELETE of a stream: a stream property is emptied, a media entity goes with its bytes
 * (OData Protocol 4.01, section 11.4.8).
 */
export async function answerMediaRemove(
  request: ServiceRequest,
  parts: ServiceParts,
  caller: Caller,
  target: Target,
): Promise<ServiceAnswer> {
  const { ending } = target;
  if (ending.kind !== 'media' || !ending.property) {
    return answerRemove(request, parts, caller, target);
  }
  const model = parts.models.get(request.root)!;
  const plan = { model, target, ...conditionsOf(request) };
  await writeMedia(plan, undefined, caller, parts);
  return { status: 204, headers: {}, body: undefined };
}

function showMedia(request: ServiceRequest, media: FoundMedia): ServiceAnswer {
  const etag = mediaTag(media);
  const known = parseEtags(headerOf(request, 'if-none-match'));
  if (known !== undefined && (known === '*' || known.includes(etag))) {
    return { status: 304, headers: { ETag: etag }, body: undefined };
  }
  const headers = { 'Content-Type': media.contentType, ETag: etag };
  return { status: 200, headers, body: Buffer.from(media.bytes) };
}
