import { readingInDialects } from '#engine/dialects/in-dialects.ts';
import { NothingThere } from '#engine/place.ts';
import { checkDirectoryRead } from '#engine/queries/directory-queries.ts';
import { readEntity } from '#engine/reading/read.ts';
import { parseEtags } from '#odata/parse-preferences.ts';
import type { Answer } from '#plan/answer.ts';
import { isAmong } from '#plan/entity-tags.ts';
import { type MaybePromise, proceed } from '#plan/maybe-promise.ts';
import { answerWith, etagOf } from '../requests/answer.ts';
import type { Asked } from '../requests/asked.ts';
import { bindEntityOptions, parseOptions } from '../requests/bind-request.ts';
import { preferencesOf } from '../requests/format.ts';
import { inGraphContext } from '../requests/graph-context.ts';
import type { ServiceParts } from '../service-parts.ts';
import { headerOf, type ServiceAnswer, type ServiceRequest } from '../service-request.ts';
import { answerProfile, isWholeProfile } from './profile.ts';

const read = readingInDialects(readEntity);

/** Answers a GET of one entity; 304 when the client knows its version (`If-None-Match`). */
export function answerEntity(asked: Asked): MaybePromise<ServiceAnswer> {
  const { request, parts, caller, model, target } = asked;
  const options = parseOptions(request);
  const pageSize = options?.$expand ? preferencesOf(request).maxPageSize : undefined;
  const selection = bindEntityOptions(model, target, options, pageSize);
  const languages = headerOf(request, 'accept-language');
  const plan = { model, target, selection, languages };
  const { fidelity } = parts;
  if (options) {
    const consistencyLevel = headerOf(request, 'consistencylevel');
    checkDirectoryRead(plan, { fidelity, consistencyLevel, hasCount: options.$count ?? false });
  }
  const answer = () =>
    proceed(read(plan, caller, parts), (found) => {
      const isGraphs = fidelity === 'graph';
      const shown = isGraphs ? inGraphContext(target, found, options?.$select) : found;
      return show(request, shown, parts);
    });
  if (isWholeProfile(asked)) return answerProfile(asked, answer);
  return model.isForeign ? orNothing(answer) : answer();
}

/** What is read; where nothing is there, the answer of a single value that is null. */
async function orNothing(answer: () => MaybePromise<ServiceAnswer>): Promise<ServiceAnswer> {
  try {
    return await answer();
  } catch (error) {
    if (error instanceof NothingThere) return nothing;
    throw error;
  }
}

/** A single value that is null (OData Protocol 4.01, section 11.2.4). */
const nothing: ServiceAnswer = { status: 204, headers: {}, body: undefined };

function show(request: ServiceRequest, answer: Answer, parts: ServiceParts): ServiceAnswer {
  const known = headerOf(request, 'if-none-match');
  // What is worked out for its reader may be another with the same version.
  const isAsked = known !== undefined && !answer.type.isDerived;
  const etag = isAsked ? etagOf(answer, parts) : undefined;
  if (etag && isAmong(parseEtags(known!)!, etag)) {
    return { status: 304, headers: { ETag: etag }, body: undefined };
  }
  return answerWith(request, answer, parts, request.root === 'localtest');
}
