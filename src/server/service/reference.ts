import { referringInDialects } from '#engine/dialects/in-dialects.ts';
import { readReference } from '#engine/reading/read-reference.ts';
import { encodeReference } from '#odata/encode-entity.ts';
import { encodingOf, jsonHeaders } from '../requests/answer.ts';
import type { Asked } from '../requests/asked.ts';
import { bindEntityOptions, parseOptions, refuseChoosing } from '../requests/bind-request.ts';
import type { ServiceAnswer } from '../service-request.ts';

const read = referringInDialects(readReference);

/** Answers a GET of the reference to one entity (OData Protocol 4.01, section 11.2.8). */
export async function answerReference(asked: Asked): Promise<ServiceAnswer> {
  const { request, parts, caller, model, target } = asked;
  const options = parseOptions(request);
  refuseChoosing(options);
  bindEntityOptions(model, target, options);
  const reference = await read({ model, target }, caller, parts);
  const encoding = encodingOf(request, parts, false);
  const body = encodeReference(reference, encoding);
  return { status: 200, headers: jsonHeaders(encoding.format), body };
}
