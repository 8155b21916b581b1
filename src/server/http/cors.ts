import type { IncomingMessage } from 'node:http';
import { exposedHeaders } from './identity.ts';
import { servedMethods } from './serve-route.ts';

/** How long browsers may remember a preflight. */
const PREFLIGHT_SECONDS = 600;

/**
 * Names and values of what lets scripts of every origin read an answer, errors too. Tokens come in
 * a header that no browser adds by itself, so every origin may call.
 */
export const corsHeaders: readonly string[] = [
  'Access-Control-Allow-Origin',
  '*',
  'Access-Control-Expose-Headers',
  exposedHeaders.join(', '),
];

/** What a preflight asks for is granted (Fetch standard, CORS-preflight request). */
export function preflightHeaders({ headers }: IncomingMessage): readonly string[] {
  if (headers['access-control-request-method'] === undefined) return [];
  const asked = headers['access-control-request-headers'];
  return [
    'Access-Control-Allow-Methods',
    servedMethods.join(', '),
    ...(asked === undefined ? [] : ['Access-Control-Allow-Headers', asked]),
    'Access-Control-Max-Age',
    String(PREFLIGHT_SECONDS),
    'Vary',
    'Access-Control-Request-Headers',
  ];
}
