import { request as sendHttps } from 'node:https';
import { isIP } from 'node:net';
import { request as sendHttp } from '../node-http.ts';
import { guardedLookup, isWithinReach, OutOfReachError, type Reach } from './address-guard.ts';

/** How long an endpoint may take to answer, from the first byte that is sent to the last. */
const ANSWER_MS = 10_000;
/** What is read of an answer. */
const ANSWER_MAX = 4096;

/** A request to an endpoint of somebody else's. */
export interface Post {
  readonly url: URL;
  readonly contentType: string;
  readonly body: string;
  readonly reach: Reach;
  /** Ends the request. */
  readonly signal?: AbortSignal;
}

/** What came back: the beginning of the body where it is asked for. */
export interface PostReply {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

/**
 * Sends a POST on a connection of its own, to an address within reach, and follows no redirect.
 * Rejects what cannot be reached, or does not answer in time; reads no more than 4 KB of an answer.
 */
export function guardedPost({ url, contentType, body, reach, signal }: Post): Promise<PostReply> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && !isWithinReach(host, reach)) {
    return Promise.reject(new OutOfReachError(host));
  }
  const send = url.protocol === 'https:' ? sendHttps : sendHttp;
  const late = AbortSignal.timeout(ANSWER_MS);
  return new Promise((resolve, reject) => {
    const outgoing = send(url, {
      method: 'POST',
      agent: false,
      lookup: guardedLookup(reach) as never,
      // A test bench's own endpoints have certificates of their own making.
      rejectUnauthorized: reach === 'public',
      signal: signal ? AbortSignal.any([late, signal]) : late,
      headers: { 'Content-Type': contentType, 'Content-Length': Buffer.byteLength(body) },
    });
    outgoing.on('error', reject);
    outgoing.on('response', (incoming) => {
      const chunks: Buffer[] = [];
      let length = 0;
      const finish = () => {
        const text = Buffer.concat(chunks).toString('utf8');
        const type = incoming.headers['content-type'] ?? '';
        outgoing.destroy();
        resolve({ status: incoming.statusCode ?? 0, contentType: type, text });
      };
      incoming.on('error', reject);
      incoming.on('end', finish);
      incoming.on('data', (chunk: Buffer) => {
        length += chunk.length;
        if (length <= ANSWER_MAX) chunks.push(chunk);
        else finish();
      });
    });
    outgoing.end(body);
  });
}
