import { ProtocolError } from './protocol-error.ts';

/** What of the `claims` parameter matters here. */
export interface RequestedClaims {
  /** The client understands claims challenges: its tokens say `xms_cc: ["cp1"]`. */
  readonly knowsChallenges: boolean;
}

const CLAIMS_MAX = 8192;

/**
 * Reads the `claims` parameter (OpenID Connect Core 1.0, section 5.5). Claims that are not known
 * here are left aside, as the specification wants it.
 */
export function readClaims(text: string | undefined): RequestedClaims {
  if (text === undefined || text === '') return { knowsChallenges: false };
  let value: unknown;
  try {
    value = text.length > CLAIMS_MAX ? undefined : JSON.parse(text);
  } catch {
    value = undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ProtocolError('malformedRequest', "The 'claims' parameter is not a JSON object.");
  }
  const { access_token: access } = value as { access_token?: { xms_cc?: { values?: unknown } } };
  const values = access?.xms_cc?.values;
  return { knowsChallenges: Array.isArray(values) && values.includes('cp1') };
}
