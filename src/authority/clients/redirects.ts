import { ProtocolError } from '../protocol/protocol-error.ts';
import type { Client, Platform } from './client.ts';

/** An address that may be answered to, and the kind of program behind it. */
export interface AllowedRedirect {
  readonly uri: string;
  /** Undefined for an application that is not registered. */
  readonly platform: Platform | undefined;
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);
const URI_MAX = 2048;
/** Printable ASCII but for what a URI never holds. */
const URI = /^[!#-;=?-[\]_a-z~]+$/;
/** Schemes that make a browser run or show what the address itself holds. */
const DANGEROUS = new Set(['javascript:', 'data:', 'vbscript:', 'file:', 'blob:', 'about:']);

/**
 * The address that a request asks to be answered at, if it is one of the application's: the very
 * text, but for the port of a loopback address (RFC 8252, section 7.3). Programs that nobody has
 * registered are answered on this machine alone. Without an address, the only one there is.
 */
export function checkRedirect(client: Client, written: string | undefined): AllowedRedirect {
  const registered = client.registration?.redirects;
  if (written === undefined || written === '') {
    const [only, ...others] = registered ?? [];
    if (only && others.length === 0) return only;
    const message = registered?.length
      ? "The request must contain the following parameter: 'redirect_uri'."
      : 'No reply address is registered for the application.';
    throw new ProtocolError(registered?.length === 0 ? 'noRedirects' : 'missingParameter', message);
  }
  const url = URL.canParse(written) && written.length <= URI_MAX ? new URL(written) : undefined;
  const isPlain = url && !DANGEROUS.has(url.protocol) && !written.includes('#') && !url.username;
  if (!isPlain || !URI.test(written)) {
    throw new ProtocolError(
      'malformedRedirect',
      "'redirect_uri' value must be a valid absolute URI.",
    );
  }
  if (!registered) {
    if (isLoopback(url)) return { uri: written, platform: undefined };
    throw new ProtocolError('otherRedirect', `${differs(written)} Register the application first.`);
  }
  const found = registered.find(({ uri }) => isSame(uri, written, url));
  if (found) return { uri: written, platform: found.platform };
  throw new ProtocolError(
    registered.length === 0 ? 'noRedirects' : 'otherRedirect',
    differs(written),
  );
}

function isSame(registered: string, written: string, url: URL): boolean {
  if (registered === written) return true;
  if (!isLoopback(url) || !URL.canParse(registered)) return false;
  const other = new URL(registered);
  return (
    isLoopback(other) &&
    other.hostname === url.hostname &&
    other.pathname === url.pathname &&
    other.search === url.search
  );
}

function isLoopback({ protocol, hostname }: URL): boolean {
  return protocol === 'http:' && LOOPBACK.has(hostname);
}

function differs(written: string): string {
  const shown = written.slice(0, 200);
  return `The redirect URI '${shown}' specified in the request does not match the redirect URIs configured for the application.`;
}
