import { doingInDialects } from '#engine/dialects/in-dialects.ts';
import { removeWithProfiles } from '#engine/profile-writing/writing-profiles.ts';
import type { ServiceAnswer } from '../service-request.ts';
import type { Asked } from './asked.ts';
import { answerPhotoRemove, isPhoto } from './photo.ts';
import { conditionsOf } from './write-request.ts';

const remove = doingInDialects(removeWithProfiles);

/** Answers a DELETE of one entity. */
export async function answerRemove(asked: Asked): Promise<ServiceAnswer> {
  const { request, parts, caller, model, target } = asked;
  if (isPhoto(asked)) return answerPhotoRemove(asked);
  await remove({ model, target, ...conditionsOf(request) }, caller, parts);
  return { status: 204, headers: {}, body: undefined };
}
