import { writingInDialects } from '#engine/dialects/in-dialects.ts';
import { createWithProfiles } from '#engine/profile-writing/writing-profiles.ts';
import { createMedia } from '#engine/writing/media.ts';
import { decodeChange } from '#odata/decode-change.ts';
import { readJson } from '../read-json.ts';
import type { Asked } from '../requests/asked.ts';
import { bindEntityOptions, parseOptions } from '../requests/bind-request.ts';
import { decodeBody } from '../requests/decode-body.ts';
import { inGraphContext } from '../requests/graph-context.ts';
import { isJson, readBytes } from '../requests/read-bytes.ts';
import { checkRestricted } from '../requests/write-request.ts';
import { headerOf, type ServiceAnswer } from '../service-request.ts';
import { capabilitiesOf } from './allowed-methods.ts';
import { answerWritten } from './answer-written.ts';

/** What is posted to invite a guest. */
const INVITATION = 'microsoft.graph.invitation';
const create = writingInDialects(createWithProfiles);

/**
 * Answers a POST to a collection with the entity that it makes, or with 204 where that is asked
 * for. A collection of media entities takes the bytes of a new one.
 */
export async function answerCreate(asked: Asked): Promise<ServiceAnswer> {
  const { request, parts, caller, model, target } = asked;
  if (target.type.name === INVITATION && !model.isForeign) {
    const { answerInvite } = await import('./invite.ts');
    return answerInvite(asked);
  }
  const rest = {
    model,
    target,
    selection: bindEntityOptions(model, target, parseOptions(request)),
    languages: headerOf(request, 'accept-language'),
  };
  if (target.type.hasStream && !isJson(request)) {
    const change = decodeChange(model, target.type, {});
    const made = await createMedia({ ...rest, change }, readBytes(request), caller, parts);
    return answerWritten(request, made, parts);
  }
  const change = decodeBody(model, target.type, readJson(request));
  if (model.isForeign) checkRestricted(change, capabilitiesOf(model, target).nonInsertable);
  const made = await create({ ...rest, change }, caller, parts);
  if (parts.fidelity !== 'graph') return answerWritten(request, made, parts);
  const answer = inGraphContext(target, made.answer);
  return answerWritten(request, { ...made, answer }, parts);
}
