import { writingInDialects } from '#engine/dialects/in-dialects.ts';
import { isOfMailbox } from '#engine/directory/group-rules.ts';
import { updateWithProfiles } from '#engine/profile-writing/writing-profiles.ts';
import { findStoredType } from '#engine/reading/find-stored-type.ts';
import { decodeKey } from '#odata/decode-key.ts';
import { readJson } from '../read-json.ts';
import type { Asked } from '../requests/asked.ts';
import { bindEntityOptions, parseOptions } from '../requests/bind-request.ts';
import { decodeBody } from '../requests/decode-body.ts';
import { checkRestricted, conditionsOf } from '../requests/write-request.ts';
import { headerOf, type ServiceAnswer } from '../service-request.ts';
import { capabilitiesOf } from './allowed-methods.ts';
import { answerWritten } from './answer-written.ts';

const update = writingInDialects(updateWithProfiles);

/**
 * Answers a PATCH or PUT of one entity with the entity, or with 204 where that is asked for; with
 * 201 where it has been made by that.
 */
export async function answerUpdate(asked: Asked): Promise<ServiceAnswer> {
  const { request, parts, caller, model, target } = asked;
  const body = readJson(request);
  // A derived entity takes its own members at the URL of its base type, too.
  const method = request.method as 'PATCH' | 'PUT';
  const type =
    model.isForeign || target.type.abstract
      ? await findStoredType({ model, target }, method, caller, parts)
      : target.type;
  const isTagged = model.isForeign && headerOf(request, 'odata-version') === '4.01';
  // The tag of the entity itself is a condition of the request.
  const change = { ...decodeBody(model, type, body, isTagged), tag: undefined };
  if (model.isForeign) checkRestricted(change, capabilitiesOf(model, target).nonUpdatable);
  const plan = {
    model,
    target,
    change,
    isWhole: request.method === 'PUT',
    key: model.isForeign ? decodeKey(target) : undefined,
    selection: bindEntityOptions(model, target, parseOptions(request)),
    languages: headerOf(request, 'accept-language'),
    ...conditionsOf(request, body),
  };
  return answerWritten(request, await update(plan, caller, parts), parts, isOfMailbox(change));
}
