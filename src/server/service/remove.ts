import { removeEntity } from '#engine/remove.ts';
import type { Caller } from '#plan/caller.ts';
import type { Target } from '#plan/target.ts';
import type { ServiceParts } from '../service-parts.ts';
import type { ServiceAnswer, ServiceRequest } from '../service-request.ts';
import { conditionsOf } from './write-request.ts';

/** Answers a DELETE of one entity. */
export async function answerRemove(
  request: ServiceRequest,
  parts: ServiceParts,
  caller: Caller,
  target: Target,
): Promise<ServiceAnswer> {
  const model = parts.models.get(request.root)!;
  await removeEntity({ model, target, ...conditionsOf(request) }, caller, parts);
  return { status: 204, headers: {}, body: undefined };
}
