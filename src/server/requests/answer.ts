import type { EntityType, StructuredType } from '#model/model.ts';
import { type EncodeOptions, encodeEntity, formatEtag, memberStart } from '#odata/encode-entity.ts';
import type { JsonFormat } from '#odata/json-format.ts';
import type { Answer, ShownEntity } from '#plan/answer.ts';
import type { MemberStart } from '#plan/query.ts';
import type { ServiceParts } from '../service-parts.ts';
import type { ServiceAnswer, ServiceRequest } from '../service-request.ts';
import { formatOf } from './format.ts';
import { expandedLink } from './next-link.ts';

/** How the answer to a request is written. */
export function encodingOf(
  request: ServiceRequest,
  parts: ServiceParts,
  annotated: boolean,
): EncodeOptions {
  const { origin, root } = request;
  const model = parts.models.get(root)!;
  return {
    serviceRoot: `${origin}/${root}`,
    model,
    format: formatOf(request),
    // The contract's own root shows every type; other models have no such root.
    annotated: annotated && !model.isForeign,
    etagOf: (entity) => etagOf(entity, parts),
    linkTo: (next) => expandedLink(request, next, parts.sign),
  };
}

/** Types without entity tags in live Graph, with those that derive from them. */
const untagged: ReadonlySet<string> = new Set(
  (
    'directoryObject application servicePrincipal appRoleAssignment ' +
    'oAuth2PermissionGrant subscribedSku licenseDetails team person ' +
    'extension schemaExtension invitation'
  )
    .split(' ')
    .map((name) => `microsoft.graph.${name}`),
);

function isTagged(type: EntityType): boolean {
  for (let each: StructuredType | undefined = type; each; each = each.base) {
    if (untagged.has(each.name)) return false;
  }
  return true;
}

/** The entity tag; directory objects carry none in live Graph. */
export function etagOf(
  { actualType, version }: ShownEntity,
  { fidelity }: ServiceParts,
): string | undefined {
  return showsTag(actualType, fidelity) ? formatEtag(version) : undefined;
}

function showsTag(type: EntityType, fidelity: ServiceParts['fidelity']): boolean {
  return fidelity !== 'graph' || isTagged(type);
}

/** How members of the type begin that may be sent as they are stored. */
export function startOf(
  type: EntityType,
  { format }: EncodeOptions,
  { fidelity }: ServiceParts,
): MemberStart | undefined {
  return memberStart(format, showsTag(type, fidelity));
}

/** The answer that shows one entity. */
export function answerWith(
  request: ServiceRequest,
  answer: Answer,
  parts: ServiceParts,
  annotated: boolean,
): ServiceAnswer {
  const encoding = encodingOf(request, parts, annotated);
  const headers = jsonHeaders(encoding.format);
  const etag = etagOf(answer, parts);
  if (etag) headers.ETag = etag;
  return { status: 200, headers, body: encodeEntity(answer, encoding) };
}

/** The headers of a JSON answer; preferences that were met beside the format's own come first. */
export function jsonHeaders(
  { contentType, omits }: JsonFormat,
  ...met: readonly string[]
): Record<string, string> {
  const headers: Record<string, string> = { 'Content-Type': contentType };
  const applied = omits ? [...met, `omit-values=${omits}`] : met;
  if (applied.length > 0) headers['Preference-Applied'] = applied.join(', ');
  return headers;
}
