import { changeReference } from '#engine/writing/link.ts';
import { Refusal } from '#errors.ts';
import type { Model } from '#model/model.ts';
import { decodeReference } from '#odata/decode-reference.ts';
import type { Reference } from '#plan/change.ts';
import { readJson } from '../read-json.ts';
import type { Asked } from '../requests/asked.ts';
import { parseOptions } from '../requests/bind-request.ts';
import { conditionsOf } from '../requests/write-request.ts';
import type { ServiceAnswer, ServiceRequest } from '../service-request.ts';

const ID_NAMES = ['@odata.id', '@id'];

/** Answers a POST, PUT or DELETE of references (OData Protocol 4.01, section 11.4.6). */
export async function answerLink(asked: Asked): Promise<ServiceAnswer> {
  const { request, parts, caller, model, target } = asked;
  const method = request.method as 'POST' | 'PUT' | 'DELETE';
  const isWhole = method === 'PUT' && target.collection;
  const all = isWhole ? allReferences(request, model) : undefined;
  const reference = isWhole ? undefined : oneReference(request, model);
  const plan = { model, target, reference, all, ...conditionsOf(request) };
  await changeReference(method, plan, caller, parts);
  return { status: 204, headers: {}, body: undefined };
}

function oneReference(request: ServiceRequest, model: Model): Reference | undefined {
  if (request.method === 'DELETE') return removedReference(request, model);
  return readReference(readJson(request), model);
}

/** The body holds the URLs of all entities as `value` (OData Protocol 4.01, section 11.4.6.5). */
function allReferences(request: ServiceRequest, model: Model): readonly Reference[] {
  const { value } = (readJson(request) ?? {}) as { value?: unknown };
  if (Array.isArray(value)) return value.map((each) => readReference(each, model));
  const message = "The request body holds the references of the collection as 'value'.";
  throw new Refusal('malformedRequest', message, { target: 'value' });
}

/** The URL of one entity. */
function readReference(body: unknown, model: Model): Reference {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new Refusal('malformedRequest', 'The request body must be a JSON object.');
  }
  const name = ID_NAMES.find((each) => Object.hasOwn(body, each));
  if (name === undefined) {
    const message = "The request body names the entity to link as '@odata.id'.";
    throw new Refusal('malformedRequest', message, { target: '@odata.id' });
  }
  return decodeReference(model, (body as Record<string, unknown>)[name], name);
}

/** `$id` names one member of the collection, unless the path does or all are meant. */
function removedReference(request: ServiceRequest, model: Model): Reference | undefined {
  const id = parseOptions(request)?.$id;
  return id === undefined ? undefined : decodeReference(model, id, '$id');
}
