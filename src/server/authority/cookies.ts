import type { Exchange } from './exchange.ts';

/** The cookie by which a browser is known to have signed in, and that of its forms. */
export const SESSION_COOKIE = '__Host-kith-session';
export const FORM_COOKIE = '__Host-kith-form';

/** The value of a cookie that the browser has sent. */
export function readCookie({ request }: Exchange, name: string): string | undefined {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const equals = pair.indexOf('=');
    if (pair.slice(0, equals).trim() === name) return pair.slice(equals + 1).trim();
  }
  return undefined;
}

/**
 * Sets a cookie that scripts cannot read and that goes over HTTPS alone. `None` is for the silent
 * sign-in of applications of other sites; what that allows is guarded by the forms' own cookie.
 */
export function setCookie(
  { reply }: Exchange,
  name: string,
  value: string,
  sameSite: 'None' | 'Lax',
): void {
  const old = reply.getHeader('set-cookie');
  const before = Array.isArray(old) ? old : old === undefined ? [] : [String(old)];
  const ended = value === '' ? '; Max-Age=0' : '';
  const cookie = `${name}=${value}; Path=/; Secure; HttpOnly; SameSite=${sameSite}${ended}`;
  reply.removeHeader('set-cookie');
  reply.header('set-cookie', [...before, cookie]);
}
