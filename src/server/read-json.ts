import { isUtf8 } from 'node:buffer';
import { Refusal } from '#errors.ts';
import { ExactNumber } from '#odata/decode-primitive.ts';
import { headerOf, type ServiceRequest } from './service-request.ts';

const LONG_NUMBER = /\d[\d.]{14,}\d/;
const JSON_TYPE = /^application\/([\w.-]+\+)?json\s*(;|$)/i;
const CHARSET = /;\s*charset\s*=\s*"?([^\s";]*)/i;
/** Charsets whose texts are UTF-8, too. */
const UTF8 = /^(utf-?8|(us-)?ascii)$/i;

/**
 * The JSON value in a request's body. Refuses other media types with 415, and charsets other than
 * UTF-8 (RFC 8259, section 8.1); malformed text with 400.
 */
export function readJson(request: ServiceRequest): unknown {
  const type = headerOf(request, 'content-type');
  if (type && !JSON_TYPE.test(type)) {
    const message = `The Content-Type '${type}' is not supported; send application/json.`;
    throw new Refusal('unsupportedMediaType', message, { target: 'Content-Type' });
  }
  const charset = CHARSET.exec(type ?? '')?.[1];
  if (charset !== undefined && !UTF8.test(charset)) {
    const message = `The charset '${charset}' is not supported; send UTF-8.`;
    throw new Refusal('unsupportedMediaType', message, { target: 'Content-Type' });
  }
  const { body } = request;
  if (!type || body === undefined || !isUtf8(body)) throw unreadableBody();
  try {
    const text = body.toString('utf8');
    return LONG_NUMBER.test(text) ? JSON.parse(text, keepDigits as Reviver) : JSON.parse(text);
  } catch (cause) {
    throw unreadableBody(cause);
  }
}

/** The declared type does not know of the third parameter yet. */
type Reviver = (name: string, value: unknown) => unknown;

/** Numbers of so many digits may be others when they are read as JavaScript's. */
function keepDigits(_name: string, value: unknown, { source }: { source?: string }): unknown {
  const isShort = typeof value !== 'number' || source === undefined || source.length < 16;
  return isShort || String(value) === source ? value : new ExactNumber(source);
}

/** Graph's refusal of a body that is not JSON, or whose media type is not stated. */
export function unreadableBody(cause?: unknown): Refusal {
  const message =
    'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.';
  return new Refusal('malformedRequest', message, cause === undefined ? {} : { cause });
}
