import { PHOTO_TYPE } from '#engine/photos/photo-rules.ts';
import { readPhoto } from '#engine/photos/read-photo.ts';
import { removePhoto, writePhoto } from '#engine/photos/write-photo.ts';
import { localName } from '#model/model.ts';
import { type MaybePromise, proceed } from '#plan/maybe-promise.ts';
import type { Target } from '#plan/target.ts';
import type { Asked } from '../requests/asked.ts';
import { conditionsOf } from '../requests/write-request.ts';
import type { ServiceAnswer } from '../service-request.ts';
import { answerBytes, answerKnown } from './answer-bytes.ts';

/** A photo is what people have uploaded: it is shown, and nothing in it is ever run. */
const SHOWN_ONLY = {
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "default-src 'none'; sandbox",
};

/** Whether what is addressed is a photo, or one of its sizes. */
export function isPhoto({ model, target }: Pick<Asked, 'model' | 'target'>): boolean {
  return !model.isForeign && localName(target.type.name) === 'profilePhoto';
}

/** Answers a GET of a photo's bytes; 304 where the client has them, 206 with a part of them. */
export function answerPhoto(asked: Asked): MaybePromise<ServiceAnswer> {
  const { request, parts, caller, model, target } = asked;
  const plan = { model, target, ifMatch: undefined, ifNoneMatch: undefined };
  return proceed(readPhoto(plan, caller, parts), (photo) => {
    const known = answerKnown(request, photo.tag);
    if (known) return known;
    return proceed(photo.content(), (content) =>
      answerBytes(request, { ...content, contentType: PHOTO_TYPE, headers: SHOWN_ONLY }),
    );
  });
}

/** Answers a PUT or PATCH of a photo's bytes: 200 without a body, 204 for a team's, as in Graph. */
export async function answerPhotoWrite(asked: Asked): Promise<ServiceAnswer> {
  const { request, parts, caller, model, target } = asked;
  const plan = { model, target, ...conditionsOf(request) };
  const method = request.method as 'PUT' | 'PATCH';
  const tag = await writePhoto(plan, method, request.body ?? new Uint8Array(), { caller, parts });
  return { ...done(isTeam(target) ? 204 : 200), headers: { ETag: tag } };
}

/** Answers a DELETE of a photo: 200 of its bytes, as in Graph, and 204 of itself. */
export async function answerPhotoRemove(asked: Asked): Promise<ServiceAnswer> {
  const { request, parts, caller, model, target } = asked;
  await removePhoto({ model, target, ...conditionsOf(request) }, caller, parts);
  return done(target.ending.kind === 'media' ? 200 : 204);
}

function done(status: 200 | 204): ServiceAnswer {
  return { status, headers: {}, body: status === 200 ? '' : undefined };
}

function isTeam({ template }: Target): boolean {
  return template.startsWith('/teams/') || template.endsWith('/team/photo');
}
