import { checkDirectoryRead } from '#engine/directory-queries.ts';
import { readEntity } from '#engine/read.ts';
import { updateEntity } from '#engine/update.ts';
import { Refusal } from '#errors.ts';
import { findPermissions } from '#model/permissions.ts';
import { bindPath } from '#odata/bind-path.ts';
import { decodeChange } from '#odata/decode-change.ts';
import { encodeEntity } from '#odata/encode-entity.ts';
import { parseResourcePath } from '#odata/language/parse-resource-path.ts';
import { parseEtags, parsePreferences } from '#odata/parse-preferences.ts';
import type { Answer } from '#plan/answer.ts';
import type { Caller } from '#plan/caller.ts';
import type { Target } from '#plan/target.ts';
import { isBatchPath } from './batch/batch-item.ts';
import { handleBatch } from './batch/handle-batch.ts';
import { readJson } from './read-json.ts';
import { encodingOf, etagOf, JSON_CONTENT } from './service/answer.ts';
import { bindEntityOptions, parseOptions } from './service/bind-request.ts';
import { describe, isDescription } from './service/describe.ts';
import { answerList } from './service/list.ts';
import { answerProperty } from './service/property.ts';
import type { ServiceParts } from './service-parts.ts';
import { headerOf, type ServiceAnswer, type ServiceRequest } from './service-request.ts';

/** Answers one request to a service root. Throws a Refusal for everything that is not answered. */
export async function handleRequest(
  request: ServiceRequest,
  parts: ServiceParts,
): Promise<ServiceAnswer> {
  const { method, root } = request;
  if (isBatchPath(request.path)) return handleBatch(request, parts, handleRequest);
  if (isDescription(request) && method !== 'OPTIONS') return describe(request, parts.models);
  if (method === 'OPTIONS') return options(request, parts);
  const caller = await parts.identify(headerOf(request, 'authorization'));
  checkAccept(headerOf(request, 'accept'));
  const target = bind(request, parts);
  if (method === 'GET' || method === 'HEAD') {
    if (target.collection) return answerList(request, parts, caller, target);
    if (target.ending.kind === 'property') return answerProperty(request, parts, caller, target);
    return read(request, parts, caller, target);
  }
  if (method === 'PATCH' && !target.collection) return update(request, parts, caller, target);
  const headers = { Allow: allowedMethods(target).join(', ') };
  const message = 'Specified HTTP method is not allowed for the request target.';
  throw new Refusal('methodNotAllowed', message, { target: `${method} /${root}`, headers });
}

async function read(
  request: ServiceRequest,
  parts: ServiceParts,
  caller: Caller,
  target: Target,
): Promise<ServiceAnswer> {
  const { root } = request;
  const model = parts.models.get(root)!;
  const options = parseOptions(request);
  const selection = bindEntityOptions(model, target, options);
  const languages = headerOf(request, 'accept-language');
  const plan = { model, target, selection, languages };
  if (options) {
    const consistencyLevel = headerOf(request, 'consistencylevel');
    const { fidelity } = parts;
    checkDirectoryRead(plan, { fidelity, consistencyLevel, hasCount: options.$count ?? false });
  }
  const answer = await readEntity(plan, caller, parts);
  const known = headerOf(request, 'if-none-match');
  if (known !== undefined) {
    const etag = etagOf(answer, parts);
    if (etag && matches(parseEtags(known)!, etag)) {
      return { status: 304, headers: { ETag: etag }, body: undefined };
    }
  }
  return show(request, answer, parts, root === 'localtest');
}

async function update(
  request: ServiceRequest,
  parts: ServiceParts,
  caller: Caller,
  target: Target,
): Promise<ServiceAnswer> {
  const { root } = request;
  const model = parts.models.get(root)!;
  const change = decodeChange(model, target.type, readJson(request));
  const selection = bindEntityOptions(model, target, parseOptions(request));
  const ifMatch = parseEtags(headerOf(request, 'if-match'));
  const languages = headerOf(request, 'accept-language');
  const plan = { model, target, change, selection, ifMatch, languages };
  const answer = await updateEntity(plan, caller, parts);
  const preferences = parsePreferences(headerOf(request, 'prefer'));
  const isSilent = parts.fidelity === 'graph' && target.type.name === 'microsoft.graph.user';
  if (preferences.return === 'minimal' || isSilent) {
    const etag = etagOf(answer, parts);
    const applied = isSilent ? {} : { 'Preference-Applied': 'return=minimal' };
    return {
      status: 204,
      headers: { ...applied, ...(etag ? { ETag: etag } : {}) },
      body: undefined,
    };
  }
  // The pages show every updated object with its types.
  const shown = show(request, answer, parts, root === 'localtest' || parts.fidelity === 'pages');
  if (preferences.return === undefined) return shown;
  const applied = { 'Preference-Applied': `return=${preferences.return}` };
  return { ...shown, headers: { ...shown.headers, ...applied } };
}

function options(request: ServiceRequest, parts: ServiceParts): ServiceAnswer {
  const allow = isDescription(request)
    ? ['GET', 'HEAD', 'OPTIONS']
    : allowedMethods(bind(request, parts));
  return { status: 204, headers: { Allow: allow.join(', ') }, body: undefined };
}

function bind({ root, path }: ServiceRequest, { models }: ServiceParts): Target {
  return bindPath(models.get(root)!, parseResourcePath(path));
}

function show(
  request: ServiceRequest,
  answer: Answer,
  parts: ServiceParts,
  annotated: boolean,
): ServiceAnswer {
  const body = encodeEntity(answer, encodingOf(request, parts, annotated));
  const etag = etagOf(answer, parts);
  const headers = etag
    ? { 'Content-Type': JSON_CONTENT, ETag: etag }
    : { 'Content-Type': JSON_CONTENT };
  return { status: 200, headers, body };
}

/** The weak comparison of RFC 9110, section 8.8.3.2. */
function matches(known: readonly string[] | '*', etag: string): boolean {
  const opaque = (tag: string) => tag.replace(/^W\//, '');
  return known === '*' || known.some((tag) => opaque(tag) === opaque(etag));
}

function allowedMethods(target: Target): string[] {
  const served = ['GET', 'PATCH'].filter((method) =>
    findPermissions(`${method} ${target.template}`),
  );
  return [
    ...served.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])),
    'OPTIONS',
  ];
}

function checkAccept(accept: string | undefined): void {
  if (accept === undefined || accept === '*/*') return;
  if (/(application|\*)\/(json|\*)/i.test(accept)) return;
  throw new Refusal('notAcceptable', `None of '${accept}' can be sent; ask for application/json.`, {
    target: 'Accept',
  });
}
