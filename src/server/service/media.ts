import { mediaTag, readMedia, writeMedia } from '#engine/writing/media.ts';
import type { MaybePromise } from '#plan/maybe-promise.ts';
import type { Asked } from '../requests/asked.ts';
import { readBytes } from '../requests/read-bytes.ts';
import { conditionsOf } from '../requests/write-request.ts';
import type { ServiceAnswer } from '../service-request.ts';
import { answerBytes, answerKnown } from './answer-bytes.ts';
import { answerPhoto, answerPhotoRemove, answerPhotoWrite, isPhoto } from './photo.ts';
import { answerRemove } from './remove.ts';

/** Answers a GET of a stream with its bytes, 204 where there is none (OData Protocol 11.2.5). */
export function answerMedia(asked: Asked): MaybePromise<ServiceAnswer> {
  return isPhoto(asked) ? answerPhoto(asked) : answerStream(asked);
}

async function answerStream(asked: Asked): Promise<ServiceAnswer> {
  const { request, parts, caller, model, target } = asked;
  const plan = { model, target, ...conditionsOf(request) };
  const media = await readMedia(plan, caller, parts);
  if (!media) return { status: 204, headers: {}, body: undefined };
  return (
    answerKnown(request, mediaTag(media)) ??
    answerBytes(request, { ...media, tag: mediaTag(media) })
  );
}

/** Answers a PUT of a stream; 204. A photo's is also set by PATCH. */
export async function answerMediaWrite(asked: Asked): Promise<ServiceAnswer> {
  if (isPhoto(asked)) return answerPhotoWrite(asked);
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
  if (isPhoto(asked)) return answerPhotoRemove(asked);
  if (ending.kind !== 'media' || !ending.property) return answerRemove(asked);
  const plan = { model, target, ...conditionsOf(request) };
  await writeMedia(plan, undefined, caller, parts);
  return { status: 204, headers: {}, body: undefined };
}
