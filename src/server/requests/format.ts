import { Refusal } from '#errors.ts';
import { defaultFormat, type JsonFormat, jsonFormat } from '#odata/json-format.ts';
import { decodeQueryPart } from '#odata/language/encoded-text.ts';
import { negotiateFormat, negotiateType, parseFormat } from '#odata/negotiate-format.ts';
import { type Preferences, parsePreferences } from '#odata/parse-preferences.ts';
import type { Fidelity } from '#plan/request.ts';
import { headerOf, type ServiceRequest } from '../service-request.ts';

/** `$format` among the options, with or without `$`, in any case. */
const FORMAT = /(?:^|&)(?:\$|%24)?format=([^&]*)/i;
const VERSION = /^\d{1,9}\.\d{1,9}$/;
/** Texts of headers whose format is known; clients send the same few again and again. */
const KNOWN_MAX = 500;
const known = new Map<string, JsonFormat>();

/**
 * The JSON in which a request is answered: by `$format`, else `Accept`; by `OData-MaxVersion`; and
 * by `Prefer: omit-values`. Refuses with 406 what cannot be sent, be it a type or a version.
 */
export function formatOf(request: ServiceRequest): JsonFormat {
  const { headers, query } = request;
  const accept = headerOf(request, 'accept');
  const written = query === '' ? undefined : FORMAT.exec(query)?.[1];
  const isPlain = accept === undefined || accept === '*/*';
  const max = headers['odata-maxversion'];
  const { prefer } = headers;
  if (isPlain && written === undefined && max === undefined && prefer === undefined) {
    return defaultFormat;
  }
  const key = `${accept}\n${written}\n${max}\n${prefer}`;
  const found = known.get(key);
  if (found) return found;
  const made = negotiate(request, accept, written);
  if (known.size >= KNOWN_MAX) known.clear();
  known.set(key, made);
  return made;
}

/**
 * The version under which a request is answered: the highest that is served and that the client
 * takes. Where it says nothing, plain OData is answered as 4.01, whose readers take control
 * information with `odata.` too, and Graph's clients as Graph answers (OData Protocol 4.01, section
 * 8.2.7).
 */
export function answerVersion(
  headers: ServiceRequest['headers'],
  fidelity: Fidelity,
): JsonFormat['version'] {
  const max = headers['odata-maxversion'];
  const unasked = fidelity === 'odata' ? '4.01' : '4.0';
  return max === undefined ? unasked : (highestBelow(String(max)) ?? unasked);
}

/** What the `Prefer` header asks for, and which of it shapes the JSON. */
export function preferencesOf(request: ServiceRequest): Preferences {
  return parsePreferences(headerOf(request, 'prefer'));
}

/**
 * Refuses with 406 a request that takes no text where a count or a raw value is text. Whoever takes
 * JSON gets it, too: many clients ask for nothing else, whatever they read.
 */
export function checkTextAccepted(request: ServiceRequest): void {
  const accept = headerOf(request, 'accept');
  if (negotiateType(accept, ['text/plain', 'application/json'])) return;
  const message = `The requested format '${accept}' cannot be sent; ask for text/plain.`;
  throw new Refusal('notAcceptable', message, { target: 'Accept' });
}

/**
 * Refuses with 400 a body of a version that is not served, and with 406 a request that takes no
 * answer of such a version (OData Protocol 4.01, sections 8.1.5 and 8.2.7).
 */
export function checkVersion(request: ServiceRequest): void {
  const { headers } = request;
  if (headers['odata-version'] === undefined && headers['odata-maxversion'] === undefined) return;
  // The header is of the body, and means nothing where there is none.
  const version = request.body === undefined ? undefined : headerOf(request, 'odata-version');
  if (version !== undefined && version !== '4.0' && version !== '4.01') {
    throw new Refusal('malformedRequest', sayVersion('OData-Version', version), {
      target: 'OData-Version',
    });
  }
  versionOf(headerOf(request, 'odata-maxversion'));
}

/**
 * Refuses with 412 a request that wants its pages from one snapshot, which are not kept (OData
 * Protocol 4.01, section 8.2.4).
 */
export function checkIsolation(request: ServiceRequest): void {
  const { isolation, 'odata-isolation': prefixed } = request.headers;
  if (isolation === undefined && prefixed === undefined) return;
  const message = 'No snapshots are kept; leave the header Isolation out.';
  throw new Refusal('preconditionFailed', message, { target: 'Isolation' });
}

function negotiate(
  request: ServiceRequest,
  accept: string | undefined,
  written: string | undefined,
): JsonFormat {
  const media =
    written === undefined
      ? negotiateFormat(accept)
      : parseFormat(decodeQueryPart(written, '$format').text);
  const max = headerOf(request, 'odata-maxversion');
  const version = versionOf(max);
  const { omitValues } = preferencesOf(request);
  // What a client reads as 4.0 has all its members (OData JSON 4.0, section 4.5.1).
  const omits = max !== undefined && version === '4.0' ? undefined : omitValues;
  const made = jsonFormat(media, { version, omits });
  const isDefault = made.contentType === defaultFormat.contentType && omits === undefined;
  return isDefault ? defaultFormat : made;
}

/** How control information is spelled: as in 4.0, unless the client says that it takes 4.01. */
function versionOf(max: string | undefined): JsonFormat['version'] {
  if (max === undefined) return '4.0';
  const version = highestBelow(max);
  if (version) return version;
  const target = 'OData-MaxVersion';
  throw new Refusal('notAcceptable', sayVersion(target, max), { target });
}

/** The highest version that is served and is not above this one; undefined where none is. */
function highestBelow(max: string): JsonFormat['version'] | undefined {
  const [major, minor] = max.trim().split('.').map(Number);
  if (!VERSION.test(max.trim()) || major! < 4) return undefined;
  // 4.01 stands above 4.0 and below 4.1, as its digits do.
  return major! > 4 || minor! >= 1 ? '4.01' : '4.0';
}

function sayVersion(header: string, written: string): string {
  return `${header} '${written}' is not served; 4.0 and 4.01 are.`;
}
