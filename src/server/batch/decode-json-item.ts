import { Refusal } from '#errors.ts';
import type { Fidelity } from '#plan/request.ts';
import type { BatchItem } from './batch-item.ts';
import { bodyKind } from './body-kind.ts';

/** A request object of a JSON batch, its members checked one by one. */
export interface JsonItem extends BatchItem {
  readonly id: string;
  readonly dependsOn: readonly string[];
  readonly group: string | undefined;
}

const METHOD = /^[a-z]+$/i;
const BASE64 = /^[\w+/-]*={0,2}$/;

/**
 * Decodes one element of `requests` (Graph, "Combine multiple requests in one HTTP call using JSON
 * batching"; OData JSON 4.01, section 19.1). Refuses with 400 what is missing or of the wrong kind.
 */
export function decodeJsonItem(written: unknown, place: number, fidelity: Fidelity): JsonItem {
  const at = `requests/${place}`;
  if (!isObject(written)) throw invalidPayload(at, 'A request is a JSON object.');
  const id = readText(written, 'id', at);
  const method = readText(written, 'method', at);
  const url = readText(written, 'url', at);
  if (id === undefined) throw invalidPayload(`${at}/id`, "A request has an 'id'.");
  if (url === undefined) throw invalidPayload(`${at}/url`, "A request has a 'url'.");
  if (method === undefined || !METHOD.test(method)) {
    throw invalidPayload(`${at}/method`, "A request has a 'method', such as GET.");
  }
  const headers = readHeaders(written.headers, `${at}/headers`);
  // A body that says nothing of its type is JSON, but to Graph.
  if (fidelity === 'odata' && (written.body ?? null) !== null) {
    headers['content-type'] ??= 'application/json';
  }
  return {
    id,
    method: method.toUpperCase(),
    url,
    headers,
    body: readBody(written.body, { id, at, type: headers['content-type'] }),
    dependsOn: readDependencies(written.dependsOn, `${at}/dependsOn`),
    group: readText(written, 'atomicityGroup', at),
  };
}

/** Graph's refusal of a batch as a whole, with a detail that says what is wrong and where. */
export function invalidPayload(target: string, why: string): Refusal {
  const details = [{ code: 'BadRequest', message: why, target }];
  return new Refusal('malformedRequest', 'Invalid batch payload format.', { target, details });
}

function readText(written: Record<string, unknown>, name: string, at: string): string | undefined {
  const value = written[name] ?? undefined;
  if (value === undefined || (typeof value === 'string' && value !== '')) return value;
  throw invalidPayload(`${at}/${name}`, `The member '${name}' is a text that is not empty.`);
}

function readHeaders(written: unknown, at: string): Record<string, string> {
  const value = written ?? {};
  if (!isObject(value)) throw invalidPayload(at, 'Headers are a JSON object of texts.');
  const entries = Object.entries(value).map(([name, text]) => {
    if (isObject(text) || Array.isArray(text) || text === null) {
      throw invalidPayload(`${at}/${name}`, 'The value of a header is a text.');
    }
    return [name.toLowerCase(), String(text)];
  });
  return Object.fromEntries(entries);
}

function readBody(
  written: unknown,
  { id, at, type }: { readonly id: string; readonly at: string; readonly type: string | undefined },
): Buffer | undefined {
  if (written === undefined || written === null) return undefined;
  if (type === undefined) {
    const message = `Write request id : ${id} does not contain Content-Type header or body.`;
    throw new Refusal('malformedRequest', message, { target: `${at}/headers` });
  }
  const kind = bodyKind(type);
  if (kind === 'json') return writeJson(written, `${at}/body`);
  if (typeof written !== 'string') {
    throw invalidPayload(`${at}/body`, `A body of the type '${type}' is a text.`);
  }
  if (kind === 'text') return Buffer.from(written);
  if (BASE64.test(written)) return Buffer.from(written, 'base64');
  throw invalidPayload(`${at}/body`, `A body of the type '${type}' is base64.`);
}

function writeJson(value: unknown, at: string): Buffer {
  try {
    return Buffer.from(JSON.stringify(value));
  } catch {
    // What has been read is written again, unless the stack is too small for its depth.
    throw invalidPayload(at, 'The body is nested too deeply.');
  }
}

function readDependencies(written: unknown, at: string): readonly string[] {
  const value = written ?? [];
  const isList = Array.isArray(value) && value.every((each) => typeof each === 'string');
  if (isList) return value;
  throw invalidPayload(at, "The member 'dependsOn' is an array of ids.");
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
