import type { Written } from '#engine/writing/create.ts';
import { urlOf } from '#odata/encode-links.ts';
import type { Answer } from '#plan/answer.ts';
import { answerWith, etagOf } from '../requests/answer.ts';
import { preferencesOf } from '../requests/format.ts';
import type { ServiceParts } from '../service-parts.ts';
import type { ServiceAnswer, ServiceRequest } from '../service-request.ts';

const silent: ReadonlySet<string> = new Set(
  [
    'user',
    'group',
    'application',
    'servicePrincipal',
    'openTypeExtension',
    'schemaExtension',
    'oAuth2PermissionGrant',
  ].map((name) => `microsoft.graph.${name}`),
);

/**
 * The answer to a request that has written an entity: the entity, or 204 where no more is wanted
 * (OData Protocol 4.01, section 8.2.8.7); 201 and its place where it is new. `isShown` where Graph
 * answers with the entity although others of its type are answered with nothing.
 */
export function answerWritten(
  request: ServiceRequest,
  { answer, isNew }: Written,
  parts: ServiceParts,
  isShown = false,
): ServiceAnswer {
  const { origin, root } = request;
  const { return: wanted } = preferencesOf(request);
  // Live Graph answers a PATCH of a directory object with nothing.
  const isQuiet = !isNew && parts.fidelity === 'graph' && silent.has(answer.actualType.name);
  const isSilent = isQuiet && !isShown;
  const url = isNew ? urlOf(answer.path, { serviceRoot: `${origin}/${root}` }) : undefined;
  const place = url === undefined ? {} : { Location: url };
  const applied =
    wanted === undefined || isSilent ? {} : { 'Preference-Applied': `return=${wanted}` };
  if (wanted === 'minimal' || isSilent) {
    const id = url === undefined ? {} : { 'OData-EntityId': url };
    const headers = { ...place, ...id, ...applied, ...tagOf(answer, parts) };
    return { status: 204, headers, body: undefined };
  }
  // The pages show every updated object with its types.
  const isAnnotated = root === 'localtest' || (!isNew && parts.fidelity === 'pages');
  const isForeign = parts.models.get(root)!.isForeign;
  const shown = answerWith(request, answer, parts, isAnnotated && !isForeign);
  const headers: Record<string, string> = { ...shown.headers, ...place, ...applied };
  const { 'Preference-Applied': met } = shown.headers;
  if (met !== undefined && wanted !== undefined) {
    headers['Preference-Applied'] = `return=${wanted}, ${met}`;
  }
  return { ...shown, status: isNew ? 201 : 200, headers };
}

/** The entity tag, where entities of the type carry one. */
function tagOf(answer: Answer, parts: ServiceParts): Readonly<Record<string, string>> {
  const etag = etagOf(answer, parts);
  return etag === undefined ? {} : { ETag: etag };
}
