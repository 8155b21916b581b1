import { newSecret } from '#authority/kept/opaque.ts';
import { isSameText } from '#authority/kept/same-text.ts';
import { FORM_COOKIE, readCookie, setCookie } from './cookies.ts';
import type { Exchange } from './exchange.ts';

/** The field of every form that shows that the page was sent to the same browser. */
export const FORM_FIELD = 'kith_form';

/** What goes into that field: a browser without the cookie is given one. */
export function newFormToken(exchange: Exchange): string {
  let cookie = readCookie(exchange, FORM_COOKIE);
  if (cookie === undefined || !/^[\w-]{43}$/.test(cookie)) {
    cookie = newSecret();
    setCookie(exchange, FORM_COOKIE, cookie, 'Lax');
  }
  return exchange.options.sign(`form ${cookie}`);
}

/** Whether a form comes from a page that was sent to the same browser. */
export function isOwnForm(exchange: Exchange): boolean {
  const { origin: sentFrom } = exchange.request.headers;
  if (sentFrom !== undefined && sentFrom !== exchange.origin) return false;
  const cookie = readCookie(exchange, FORM_COOKIE);
  const field = exchange.form.get(FORM_FIELD);
  if (cookie === undefined || field === undefined) return false;
  return isSameText(field, exchange.options.sign(`form ${cookie}`));
}
