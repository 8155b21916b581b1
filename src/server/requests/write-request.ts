import { Refusal } from '#errors.ts';
import type { Capabilities } from '#model/model-capabilities.ts';
import { parseEtags } from '#odata/parse-preferences.ts';
import type { Change } from '#plan/change.ts';
import type { Conditions } from '#plan/request.ts';
import { headerOf, type ServiceRequest } from '../service-request.ts';

/**
 * The version that a request is for, by its headers, or in OData 4.01 by the control information of
 * its body (OData JSON 4.01, section 4.5.5).
 */
export function conditionsOf(request: ServiceRequest, body?: unknown): Conditions {
  const isNewer = headerOf(request, 'odata-version') === '4.01';
  const written = (body ?? {}) as Readonly<Record<string, unknown>>;
  const said = isNewer ? (written['@etag'] ?? written['@odata.etag']) : undefined;
  const tag = typeof said === 'string' ? said : undefined;
  return {
    ifMatch: parseEtags(headerOf(request, 'if-match') ?? tag),
    ifNoneMatch: parseEtags(headerOf(request, 'if-none-match')),
  };
}

/** Refuses members that restrictions of the resource keep out of a body. */
export function checkRestricted(change: Change, names: Capabilities['nonUpdatable']): void {
  if (names.size === 0) return;
  const written = [...change.members.keys(), ...change.related.keys()];
  const name = written.find((each) => names.has(each));
  if (name === undefined) return;
  const message = `The property '${name}' cannot be set by this request.`;
  throw new Refusal('badRequest', message, { target: name });
}
