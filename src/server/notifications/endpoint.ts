import { isIP } from 'node:net';
import { Refusal } from '#errors.ts';
import { isWithinReach, OutOfReachError, type Reach } from './address-guard.ts';
import type { Post, PostReply } from './guarded-post.ts';

/** Sends a request to somebody else's endpoint. */
export type SendPost = (post: Post) => Promise<PostReply>;

const URL_MAX = 2000;

/**
 * The URL of an endpoint that a subscription names. Refuses with 400 what is no URL of one: HTTPS
 * alone is sent to, and, on a test bench, HTTP.
 */
export function readEndpoint(name: string, written: string, reach: Reach): URL {
  const url = URL.canParse(written) && written.length <= URL_MAX ? new URL(written) : undefined;
  if (!url)
    throw refuse(name, `'${name}' is not an absolute URL of ${URL_MAX} characters at most.`);
  const { protocol, username, password, hostname } = url;
  if (protocol !== 'https:' && !(protocol === 'http:' && reach === 'near')) {
    const scheme = protocol.replace(/:$/, '');
    throw refuse(name, `${name} scheme='${scheme}' is not supported; use https.`);
  }
  if (username !== '' || password !== '') throw refuse(name, `'${name}' holds credentials.`);
  const host = hostname.replace(/^\[|\]$/g, '');
  const isRefused = isIP(host) !== 0 && !isWithinReach(host, reach);
  if (isRefused) throw refuse(name, new OutOfReachError(host).message);
  return url;
}

/**
 * Asks an endpoint for the token that it is sent, as Graph's page on webhooks has it: within ten
 * seconds, with 200, as plain text. Refuses with 400 otherwise.
 */
export async function validateEndpoint(
  name: string,
  url: URL,
  token: string,
  { reach, send }: { readonly reach: Reach; readonly send: SendPost },
): Promise<void> {
  const asked = new URL(url);
  asked.searchParams.set('validationToken', token);
  let reply: PostReply;
  try {
    const contentType = 'text/plain; charset=utf-8';
    reply = await send({ url: asked, contentType, body: '', reach });
  } catch (cause) {
    const isLate =
      (cause as Error).name === 'TimeoutError' || (cause as Error).name === 'AbortError';
    const why =
      cause instanceof OutOfReachError
        ? cause.message
        : isLate
          ? 'Subscription validation request timed out.'
          : 'Subscription validation request failed. The endpoint cannot be reached.';
    throw refuse(name, why, cause);
  }
  const isText = /^text\/plain\s*(;|$)/i.test(reply.contentType);
  if (reply.status === 200 && isText && reply.text === token) return;
  const must =
    reply.status === 200
      ? 'Notification endpoint must answer with the validation token as text/plain.'
      : 'Notification endpoint must respond with 200 OK to validation request.';
  throw refuse(name, `Subscription validation request failed. ${must}`);
}

function refuse(target: string, message: string, cause?: unknown): Refusal {
  return new Refusal('invalidRequest', message, { target, cause });
}
