import { formatInstant } from '#clock.ts';

/** What the authority refuses, with Entra ID's own numbers: OAuth error, AADSTS code, HTTP status. */
const catalogue = {
  malformedRequest: { code: 9002313, error: 'invalid_request' },
  missingParameter: { code: 900144, error: 'invalid_request' },
  repeatedParameter: { code: 9000411, error: 'invalid_request' },
  invalidParameter: { code: 90013, error: 'invalid_request' },
  unknownTenant: { code: 90002, error: 'invalid_request' },
  personalAccounts: { code: 9001014, error: 'invalid_request' },
  tenantNeeded: { code: 50059, error: 'invalid_request' },
  unknownClient: { code: 700016, error: 'unauthorized_client' },
  disabledClient: { code: 7000112, error: 'unauthorized_client' },
  secretNeeded: { code: 7000218, error: 'invalid_client', status: 401 },
  credentialNeeded: { code: 7000216, error: 'invalid_client', status: 401 },
  wrongSecret: { code: 7000215, error: 'invalid_client', status: 401 },
  expiredSecret: { code: 7000222, error: 'invalid_client', status: 401 },
  twoCredentials: { code: 7000224, error: 'invalid_request' },
  wrongAssertion: { code: 700027, error: 'invalid_client', status: 401 },
  assertionOfAnother: { code: 700021, error: 'invalid_client', status: 401 },
  assertionAudience: { code: 700023, error: 'invalid_client', status: 401 },
  assertionTime: { code: 700024, error: 'invalid_client', status: 401 },
  malformedAssertion: { code: 50027, error: 'invalid_request' },
  unknownGrantType: { code: 70003, error: 'unsupported_grant_type' },
  unknownResponseType: { code: 70005, error: 'unsupported_response_type' },
  idTokenOff: { code: 700054, error: 'unsupported_response_type' },
  unknownResponseMode: { code: 70007, error: 'unsupported_response_mode' },
  unknownPrompt: { code: 90023, error: 'invalid_request' },
  noRedirects: { code: 500113, error: 'invalid_request' },
  otherRedirect: { code: 50011, error: 'invalid_request' },
  malformedRedirect: { code: 90102, error: 'invalid_request' },
  invalidScope: { code: 70011, error: 'invalid_scope' },
  manyResources: { code: 28000, error: 'invalid_scope' },
  unknownResource: { code: 500011, error: 'invalid_resource' },
  defaultNeeded: { code: 1002012, error: 'invalid_scope' },
  defaultAlone: { code: 70011, error: 'invalid_scope' },
  pkceNeeded: { code: 9002325, error: 'invalid_request' },
  pkceMethod: { code: 50148, error: 'invalid_request' },
  wrongVerifier: { code: 501481, error: 'invalid_grant' },
  wrongCode: { code: 9002313, error: 'invalid_grant' },
  expiredCode: { code: 70008, error: 'invalid_grant' },
  usedCode: { code: 54005, error: 'invalid_grant' },
  codeOfAnother: { code: 70000, error: 'invalid_grant' },
  redirectDiffers: { code: 500112, error: 'invalid_grant' },
  wrongRefreshToken: { code: 9002313, error: 'invalid_grant' },
  expiredRefreshToken: { code: 700082, error: 'invalid_grant' },
  usedRefreshToken: { code: 70000, error: 'invalid_grant', suberror: 'bad_token' },
  revokedGrant: { code: 50173, error: 'invalid_grant', suberror: 'bad_token' },
  wrongUserAssertion: { code: 50013, error: 'invalid_grant' },
  userAssertionAudience: { code: 500131, error: 'invalid_grant' },
  userAssertionTime: { code: 500133, error: 'invalid_grant' },
  userAssertionNeeded: { code: 50027, error: 'invalid_grant' },
  authorizationPending: { code: 70016, error: 'authorization_pending' },
  expiredDeviceCode: { code: 70020, error: 'expired_token' },
  wrongDeviceCode: { code: 70019, error: 'bad_verification_code' },
  declinedDevice: { code: 7000012, error: 'authorization_declined' },
  wrongPassword: { code: 50126, error: 'invalid_grant' },
  unknownUser: { code: 50034, error: 'invalid_grant' },
  lockedUser: { code: 50053, error: 'invalid_grant' },
  disabledUser: { code: 50057, error: 'invalid_grant' },
  signInNeeded: { code: 50058, error: 'login_required' },
  consentNeeded: { code: 65001, error: 'consent_required' },
  consentNeededForGrant: { code: 65001, error: 'invalid_grant', suberror: 'consent_required' },
  declined: { code: 65004, error: 'access_denied' },
  adminConsentNeeded: { code: 90094, error: 'access_denied' },
  postNeeded: { code: 900561, error: 'invalid_request', status: 405 },
  mediaType: { code: 900144, error: 'invalid_request', status: 415 },
  tooMany: { code: 90055, error: 'temporarily_unavailable', status: 429 },
  wrongToken: { code: 50000, error: 'invalid_token', status: 401 },
} as const;

type Entry = {
  readonly code: number;
  readonly error: string;
  readonly status?: number;
  readonly suberror?: string;
};

/** The name of a refusal of the authority. */
export type ProtocolErrorName = keyof typeof catalogue;

/** A request to the authority that is answered with an OAuth error (RFC 6749, section 5.2). */
export class ProtocolError extends Error {
  readonly refusal: ProtocolErrorName;
  readonly error: string;
  readonly code: number;
  readonly status: number;
  readonly suberror: string | undefined;

  constructor(name: ProtocolErrorName, message: string) {
    super(message);
    const entry: Entry = catalogue[name];
    this.name = 'ProtocolError';
    this.refusal = name;
    this.error = entry.error;
    this.code = entry.code;
    this.status = entry.status ?? 400;
    this.suberror = entry.suberror;
  }
}

/** Which request an error is of. */
export interface ErrorPlace {
  readonly origin: string;
  readonly traceId: string;
  readonly correlationId: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** The error as Entra ID writes it into its JSON. */
export function encodeProtocolError(refused: ProtocolError, place: ErrorPlace): object {
  const { error, code, suberror } = refused;
  const { origin, traceId, correlationId } = place;
  return {
    error,
    error_description: describeError(refused, place),
    error_codes: [code],
    timestamp: formatTime(place.at),
    trace_id: traceId,
    correlation_id: correlationId,
    error_uri: `${origin}/error?code=${code}`,
    ...(suberror === undefined ? {} : { suberror }),
  };
}

/** `AADSTS50011: ... Trace ID: ... Correlation ID: ... Timestamp: ...`. */
export function describeError({ code, message }: ProtocolError, place: ErrorPlace): string {
  const { traceId, correlationId, at } = place;
  const ids = `Trace ID: ${traceId} Correlation ID: ${correlationId}`;
  return `AADSTS${code}: ${message} ${ids} Timestamp: ${formatTime(at)}`;
}

/** The names under which a code is in the catalogue, for the page that explains it. */
export function explainCode(code: number): { name: string; error: string } | undefined {
  const found = Object.entries(catalogue).find(([, entry]) => entry.code === code);
  return found && { name: found[0], error: found[1].error };
}

function formatTime(at: number): string {
  return formatInstant(at).replace('T', ' ');
}
