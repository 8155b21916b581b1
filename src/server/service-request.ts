import type { Root } from '#model/schema.ts';

/** One request to a service root, however it came: over HTTP or inside a batch. */
export interface ServiceRequest {
  readonly method: string;
  readonly root: Root;
  /** Raw path below the root, and raw query string without `?`. */
  readonly path: string;
  readonly query: string;
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer | undefined;
  /** `https://localhost:8443`, as the client wrote it. */
  readonly origin: string;
}

/** What goes back, before it is sent. */
export interface ServiceAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer | undefined;
}

/** The value of a header that is sent once. */
export function headerOf(request: ServiceRequest, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : value?.join(', ');
}

const CLIENT_REQUEST_ID = /^[\x21-\x7e]{1,128}$/;

/** The client's own id of a request, where it can be echoed in a header. */
export function readClientRequestId(written: string | string[] | undefined): string | undefined {
  return typeof written === 'string' && CLIENT_REQUEST_ID.test(written) ? written : undefined;
}
