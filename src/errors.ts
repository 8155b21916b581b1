/** The one class and the one catalogue of refusals: name, HTTP status, Graph error code. */

const catalogue = {
  invalidToken: { status: 401, code: 'InvalidAuthenticationToken' },
  accessDenied: { status: 403, code: 'Authorization_RequestDenied' },
  notFound: { status: 404, code: 'Request_ResourceNotFound' },
  facetNotFound: { status: 404, code: 'UnknownError' },
  photoNotFound: { status: 404, code: 'ErrorEntityNotFound' },
  imageNotFound: { status: 404, code: 'ImageNotFound' },
  itemNotFound: { status: 404, code: 'ErrorItemNotFound' },
  consumerPhoto: { status: 404, code: 'ConsumerPhotoIsNotSupported' },
  invalidImage: { status: 400, code: 'ErrorInvalidImage' },
  malformedRequest: { status: 400, code: 'BadRequest' },
  badRequest: { status: 400, code: 'Request_BadRequest' },
  invalidRequest: { status: 400, code: 'InvalidRequest' },
  unknownSegment: { status: 400, code: 'RequestBroker--ParseUri' },
  segmentNotFound: { status: 404, code: 'ResourceNotFound' },
  unsupportedQuery: { status: 400, code: 'Request_UnsupportedQuery' },
  expandNotSupported: { status: 400, code: 'ExpandNotSupported' },
  operationRefused: { status: 400, code: 'OperationRefused' },
  methodNotAllowed: { status: 405, code: 'Request_BadRequest' },
  conflict: { status: 400, code: 'Request_BadRequest' },
  alreadyExists: { status: 409, code: 'Conflict' },
  notAcceptable: { status: 406, code: 'NotAcceptable' },
  requestTimeout: { status: 408, code: 'RequestTimeout' },
  resyncRequired: { status: 410, code: 'resyncRequired' },
  syncStateNotFound: { status: 410, code: 'SyncStateNotFound' },
  preconditionFailed: { status: 412, code: 'PreconditionFailed' },
  tooLarge: { status: 413, code: 'RequestEntityTooLarge' },
  rangeNotSatisfiable: { status: 416, code: 'InvalidRange' },
  urlTooLong: { status: 414, code: 'UriTooLong' },
  tooManyRequests: { status: 429, code: 'TooManyRequests' },
  unprocessable: { status: 422, code: 'Request_UnprocessableEntity' },
  unsupportedMediaType: { status: 415, code: 'UnsupportedMediaType' },
  failedDependency: { status: 424, code: 'FailedDependency' },
  headersTooLarge: { status: 431, code: 'RequestHeaderFieldsTooLarge' },
  internal: { status: 500, code: 'InternalServerError' },
  notImplemented: { status: 501, code: 'NotImplemented' },
  unavailable: { status: 503, code: 'ServiceUnavailable' },
  queryTimeout: { status: 503, code: 'QueryTimeout' },
  storeFull: { status: 507, code: 'InsufficientStorage' },
} as const;

export type RefusalName = keyof typeof catalogue;

/** One entry of a refusal's `details`, as OData shapes it. */
export interface RefusalDetail {
  readonly code: string;
  readonly message: string;
  readonly target?: string;
}

/** What a refusal says beyond its message. */
export interface RefusalOptions {
  /** The property, segment or header that is refused. */
  readonly target?: string;
  readonly details?: readonly RefusalDetail[];
  /** Headers of the answer, such as `Allow` or `WWW-Authenticate`. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** A request that is answered with an error: thrown anywhere, encoded in one place. */
export class Refusal extends Error {
  readonly refusal: RefusalName;
  readonly status: number;
  readonly code: string;
  readonly target: string | undefined;
  readonly details: readonly RefusalDetail[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(name: RefusalName, message: string, options: RefusalOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    const { status, code } = catalogue[name];
    this.name = 'Refusal';
    this.refusal = name;
    this.status = status;
    this.code = code;
    this.target = options.target;
    this.details = options.details;
    this.headers = options.headers ?? {};
  }
}

/** Every entry of the catalogue, in its written order, for the reference page and its test. */
export function listRefusals(): { name: RefusalName; status: number; code: string }[] {
  return Object.entries(catalogue).map(([name, entry]) => ({
    name: name as RefusalName,
    ...entry,
  }));
}
