import type { ReplyAddress } from '#authority/grants/authorization-request.ts';
import {
  describeError,
  encodeProtocolError,
  type ProtocolError,
} from '#authority/protocol/protocol-error.ts';
import { type Exchange, errorPlaceOf } from './exchange.ts';
import { messagePage, replyPage } from './pages/message-page.ts';
import { formTargetOf, sendPage } from './pages/send-page.ts';

/** A request that could perhaps not be taken apart. */
export type Failed = Pick<Exchange, 'request' | 'reply' | 'options'>;

/** Sends the answer of the authorize endpoint to the application, in the way that it has chosen. */
export function sendReply(
  { reply, request }: Exchange,
  { redirect, mode }: ReplyAddress,
  answer: Readonly<Record<string, string>>,
): unknown {
  if (mode === 'form_post') {
    const body = replyPage(redirect.uri, answer);
    const formTarget = formTargetOf(redirect.uri);
    return sendPage(reply, { title: 'Signing you in', body, formTarget, submits: true });
  }
  // Some readers of a fragment take a plus for a plus.
  const text = new URLSearchParams(answer).toString().replaceAll('+', '%20');
  const mark = mode === 'fragment' ? '#' : redirect.uri.includes('?') ? '&' : '?';
  return reply
    .code(request.method === 'POST' ? 303 : 302)
    .header('Location', `${redirect.uri}${mark}${text}`)
    .header('Cache-Control', 'no-store')
    .header('Referrer-Policy', 'no-referrer')
    .send();
}

/** Tells the application why nobody signs in (OpenID Connect Core 1.0, section 3.1.2.6). */
export function sendReplyError(
  exchange: Exchange,
  address: ReplyAddress,
  error: ProtocolError,
): unknown {
  const { request, options } = exchange;
  const { state } = address;
  return sendReply(exchange, address, {
    error: error.error,
    error_description: describeError(error, errorPlaceOf(request, options)),
    ...(error.suberror === undefined ? {} : { suberror: error.suberror }),
    ...(state === undefined ? {} : { state }),
  });
}

/** An error as JSON, for programs. */
export function sendErrorJson(exchange: Failed, error: ProtocolError): unknown {
  const { request, reply, options } = exchange;
  // Whoever has shown a secret in the form is not asked for it in a header (RFC 6749, 5.2).
  const isBasic = error.status === 401 && request.headers.authorization !== undefined;
  if (isBasic) reply.header('WWW-Authenticate', 'Basic realm="Kith"');
  if (error.status === 429) reply.header('Retry-After', '2');
  return reply
    .code(error.status)
    .header('Content-Type', 'application/json; charset=utf-8')
    .header('Cache-Control', 'no-store')
    .header('Pragma', 'no-cache')
    .send(JSON.stringify(encodeProtocolError(error, errorPlaceOf(request, options))));
}

/** An error as a page, for the person at the browser. */
export function sendErrorPage({ request, reply, options }: Failed, error: ProtocolError): unknown {
  const body = messagePage('Sorry, that did not work', [
    `AADSTS${error.code}: ${error.message}`,
    `Request id: ${errorPlaceOf(request, options).traceId}`,
  ]);
  const status = error.status === 401 ? 400 : error.status;
  return sendPage(reply, { title: 'Sign-in error', body, status });
}
