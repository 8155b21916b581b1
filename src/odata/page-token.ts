import { Refusal } from '#errors.ts';
import type { PageMark } from '#plan/query.ts';

/** Signs text so that nobody else can have made it: base64url. */
export type Sign = (text: string) => string;

const SIGNATURE_LENGTH = 22;

/**
 * The opaque `$skiptoken` of a page (OData Protocol 4.01, section 11.2.6.7): where it begins,
 * signed together with what the page belongs to, so that it fits no other collection or query.
 */
export function writePageToken(mark: PageMark, scope: string, sign: Sign): string {
  const { keys, last, shown } = mark;
  const text = Buffer.from(JSON.stringify([keys, last, shown])).toString('base64url');
  return signature(text, scope, sign) + text;
}

/** Reads a token back; refuses what this service has not written for that scope. */
export function readPageToken(token: string, scope: string, sign: Sign): PageMark {
  const text = token.slice(SIGNATURE_LENGTH);
  if (token.slice(0, SIGNATURE_LENGTH) !== signature(text, scope, sign)) {
    const message = 'The $skiptoken is not one of this collection and query.';
    throw new Refusal('malformedRequest', message, { target: '$skiptoken' });
  }
  const [keys, last, shown] = JSON.parse(Buffer.from(text, 'base64url').toString()) as [
    PageMark['keys'],
    PageMark['last'],
    number,
  ];
  return { keys, last, shown };
}

function signature(text: string, scope: string, sign: Sign): string {
  return sign(`${scope}\n${text}`).slice(0, SIGNATURE_LENGTH);
}
