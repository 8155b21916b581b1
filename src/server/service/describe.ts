import { Refusal } from '#errors.ts';
import type { Model } from '#model/model.ts';
import { findPermissions } from '#model/permissions.ts';
import { encodeCsdlJson } from '#odata/metadata/csdl/encode-csdl-json.ts';
import { encodeCsdlXml } from '#odata/metadata/csdl/encode-csdl-xml.ts';
import { encodeServiceDocument } from '#odata/metadata/encode-service-document.ts';
import { encodeOpenApi } from '#odata/metadata/openapi/encode-openapi.ts';
import { negotiateType } from '#odata/negotiate-format.ts';
import type { Fidelity } from '#plan/request.ts';
import { jsonHeaders } from '../requests/answer.ts';
import { parseOptions } from '../requests/bind-request.ts';
import { answerVersion, formatOf } from '../requests/format.ts';
import type { ServiceParts } from '../service-parts.ts';
import { headerOf, type ServiceAnswer, type ServiceRequest } from '../service-request.ts';

/** The longest path that describes the service. */
const OPENAPI = '/openapi.json';
const XML = 'application/xml';
const JSON_TYPE = 'application/json';

/** Whether a path is one that describes the service rather than its data. */
export function isDescription({ path }: ServiceRequest): boolean {
  if (path.length > OPENAPI.length) return false;
  return path === '' || path === '/' || path === '/$metadata' || path === OPENAPI;
}

/** Texts that were written before: a model does not change while it is served. */
const written = new WeakMap<Model, Map<string, string>>();

/** Answers for the service document, `$metadata` as XML or JSON, and the OpenAPI document. */
export function describe(
  request: ServiceRequest,
  { models, fidelity }: Pick<ServiceParts, 'models' | 'fidelity'>,
): ServiceAnswer {
  const { method, path, root, origin } = request;
  if (method !== 'GET' && method !== 'HEAD') {
    const message = 'Specified HTTP method is not allowed for the request target.';
    throw new Refusal('methodNotAllowed', message, { headers: { Allow: 'GET, HEAD, OPTIONS' } });
  }
  const model = models.get(root)!;
  const asked = formatAsked(request);
  const serviceRoot = `${origin}/${root}`;
  if (path === '/$metadata') return describeModel(request, model, { asked, fidelity });
  if (path === '/openapi.json') {
    const permissions = model.isForeign ? undefined : findPermissions;
    const body = once(model, serviceRoot, () => encodeOpenApi(model, serviceRoot, permissions));
    return { status: 200, headers: { 'Content-Type': 'application/json; charset=utf-8' }, body };
  }
  const format = formatOf(request);
  const body = encodeServiceDocument(model, serviceRoot, format);
  return { status: 200, headers: jsonHeaders(format), body };
}

/**
 * The `$format` of a description. Refuses options of OData that descriptions do not have; all else
 * is the client's own.
 */
function formatAsked(request: ServiceRequest): string | undefined {
  const options = parseOptions(request);
  if (!options) return undefined;
  const { $format, $schemaversion, aliases, custom, ...others } = options;
  const [found] = Object.entries(others).find(([, value]) => value !== undefined) ?? [];
  if (found === undefined) return $format;
  const message = `The query option '${found}' has no meaning here.`;
  throw new Refusal('malformedRequest', message, { target: found });
}

function describeModel(
  request: ServiceRequest,
  model: Model,
  { asked, fidelity }: { readonly asked: string | undefined; readonly fidelity: Fidelity },
): ServiceAnswer {
  const version = answerVersion(request.headers, fidelity);
  const type = typeOfModel(request, asked);
  if (type === XML) {
    const body = once(model, `xml ${version}`, () => encodeCsdlXml(model, version));
    return { status: 200, headers: { 'Content-Type': `${type};charset=utf-8` }, body };
  }
  if (headerOf(request, 'odata-maxversion') !== undefined && version === '4.0') {
    const message = 'OData 4.0 has no CSDL JSON; ask for application/xml.';
    throw new Refusal('notAcceptable', message, { target: 'OData-MaxVersion' });
  }
  const body = once(model, 'json', () => encodeCsdlJson(model));
  return { status: 200, headers: { 'Content-Type': `${type};charset=utf-8` }, body };
}

/** XML where both will do: it is what every OData client reads. */
function typeOfModel(
  request: ServiceRequest,
  asked: string | undefined,
): typeof XML | typeof JSON_TYPE {
  const isShort = asked !== undefined && /^(xml|json)$/i.test(asked);
  const wanted = isShort ? `application/${asked}` : (asked ?? headerOf(request, 'accept'));
  const type = negotiateType(wanted, [XML, JSON_TYPE]);
  if (type) return type;
  const message = `'${wanted}' can't be sent; ask for application/xml or application/json.`;
  throw new Refusal('notAcceptable', message, {
    target: asked === undefined ? 'Accept' : '$format',
  });
}

function once(model: Model, name: string, write: () => string): string {
  const texts = written.get(model) ?? new Map<string, string>();
  written.set(model, texts);
  const text = texts.get(name) ?? write();
  // One text for each origin would let clients fill the memory.
  if (texts.size < 20) texts.set(name, text);
  return text;
}
