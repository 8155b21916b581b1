import { Refusal } from '#errors.ts';
import type { Model } from '#model/model.ts';
import { findPermissions } from '#model/permissions.ts';
import type { Root } from '#model/schema.ts';
import { encodeCsdlJson } from '#odata/metadata/csdl/encode-csdl-json.ts';
import { encodeCsdlXml } from '#odata/metadata/csdl/encode-csdl-xml.ts';
import { encodeServiceDocument } from '#odata/metadata/encode-service-document.ts';
import { encodeOpenApi } from '#odata/metadata/openapi/encode-openapi.ts';
import { headerOf, type ServiceAnswer, type ServiceRequest } from '../service-request.ts';
import { jsonHeaders } from './answer.ts';
import { formatOf } from './format.ts';

/** The longest path that describes the service. */
const OPENAPI = '/openapi.json';

/** Whether a path is one that describes the service rather than its data. */
export function isDescription({ path }: ServiceRequest): boolean {
  if (path.length > OPENAPI.length) return false;
  return path === '' || path === '/' || path === '/$metadata' || path === OPENAPI;
}

/** Texts that were written before: a model does not change while it is served. */
const written = new WeakMap<Model, Map<string, string>>();

/** Answers for the service document, `$metadata` as XML or JSON, and the OpenAPI document. */
export function describe(request: ServiceRequest, models: ReadonlyMap<Root, Model>): ServiceAnswer {
  const { method, path, root, origin } = request;
  if (method !== 'GET' && method !== 'HEAD') {
    const message = 'Specified HTTP method is not allowed for the request target.';
    throw new Refusal('methodNotAllowed', message, { headers: { Allow: 'GET, HEAD, OPTIONS' } });
  }
  const model = models.get(root)!;
  const serviceRoot = `${origin}/${root}`;
  if (path === '/$metadata') return describeModel(request, model);
  if (path === '/openapi.json') {
    const permissions = model.isForeign ? undefined : findPermissions;
    const body = once(model, serviceRoot, () => encodeOpenApi(model, serviceRoot, permissions));
    return { status: 200, headers: { 'Content-Type': 'application/json; charset=utf-8' }, body };
  }
  const format = formatOf(request);
  const body = encodeServiceDocument(model, serviceRoot, format);
  return { status: 200, headers: jsonHeaders(format), body };
}

function describeModel(request: ServiceRequest, model: Model): ServiceAnswer {
  const format = new URLSearchParams(request.query).get('$format') ?? '';
  const wanted = format === '' ? (headerOf(request, 'accept') ?? '') : format;
  if (!/xml|json|\*/i.test(wanted) && wanted.trim() !== '') {
    const message = `'${wanted}' can't be sent; ask for application/xml or application/json.`;
    throw new Refusal('notAcceptable', message, { target: format === '' ? 'Accept' : '$format' });
  }
  // XML where both will do: it is what every OData client reads.
  const isJson = /json/i.test(wanted) && !/xml/i.test(wanted);
  const body = isJson
    ? once(model, 'json', () => encodeCsdlJson(model))
    : once(model, 'xml', () => encodeCsdlXml(model));
  const type = isJson ? 'application/json' : 'application/xml';
  return { status: 200, headers: { 'Content-Type': `${type};charset=utf-8` }, body };
}

function once(model: Model, name: string, write: () => string): string {
  const texts = written.get(model) ?? new Map<string, string>();
  written.set(model, texts);
  const text = texts.get(name) ?? write();
  // One text for each origin would let clients fill the memory.
  if (texts.size < 20) texts.set(name, text);
  return text;
}
