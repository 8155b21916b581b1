import { type FoundMedia, mediaTag, readMedia, writeMedia } from '#engine/media.ts';
import { parseEtags } from '#odata/parse-preferences.ts';
import { headerOf, type ServiceAnswer, type ServiceRequest } from '../service-request.ts';
import type { Asked } from './asked.ts';
import { readBytes } from './read-bytes.ts';
import { answerRemove } from './remove.ts';
import { conditionsOf } from './write-request.ts';

/** Answers a GET of a stream with its bytes, 204 where there is none (OData Protocol 11.2.5). */
export async function answerMedia(asked: Asked): Promise<ServiceAnswer> {
  const { request, parts, caller, model, target } = asked;
  const plan = { model, target, ...conditionsOf(request) };
  const media = await readMedia(plan, caller, parts);
  if (!media) return { status: 204, headers: {}, body: undefined };
  return showMedia(request, media);
}

/** Answers a PUT of a stream; 204. */
export async function answerMediaWrite(asked: Asked): Promise<ServiceAnswer> {
  const { request, parts, caller, model, target } = asked;
  const plan = { model, target, ...conditionsOf(request) };
  const media = await writeMedia(plan, readBytes(request), caller, parts);
  return { status: 204, headers: media ? { ETag: mediaTag(media) } : {}, body: undefined };
}

/**
 * Answers a DELETE of a stream: a stream property is emptied, a media entity goes with its bytes
 * (OData Protocol 4.01, section 11.4.8).
 */
export async function answerMediaRemove(asked: Asked): Promise<ServiceAnswer> {
  const { request, parts, caller, model, target } = asked;
  const { ending } = target;
  if (ending.kind !== 'media' || !ending.property) return answerRemove(asked);
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
