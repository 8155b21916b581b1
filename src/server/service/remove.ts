import { doingInDialects } from '#engine/dialects/in-dialects.ts';
import { removeWithProfiles } from '#engine/profile-writing/writing-profiles.ts';
import type { Asked } from '../requests/asked.ts';
import { conditionsOf } from '../requests/write-request.ts';
import type { ServiceAnswer } from '../service-request.ts';
import { answerPhotoRemove, isPhoto } from './photo.ts';

const remove = doingInDialects(removeWithProfiles);

/** Answers a DELETE of one entity. */
export async function answerRemove(asked: Asked): Promise<ServiceAnswer> {
  const { request, parts, caller, model, target } = asked;
  if (isPhoto(asked)) return answerPhotoRemove(asked);
  await remove({ model, target, ...conditionsOf(request) }, caller, parts);
  return { status: 204, headers: {}, body: undefined };
}
