import { Refusal, type RefusalName } from '#errors.ts';
import { readDeltaToken, writeDeltaToken } from '#odata/delta-token.ts';
import type { RoundLinks } from '#odata/encode-delta.ts';
import { decodeQueryPart } from '#odata/language/encoded-text.ts';
import type { Caller } from '#plan/caller.ts';
import type { DeltaAnswer, DeltaPlan } from '#plan/delta.ts';
import type { ServiceParts } from '../service-parts.ts';
import type { ServiceRequest } from '../service-request.ts';

/** How long tokens are good for (Graph's page "Use delta query"). */
export const TOKEN_MS = 7 * 24 * 3_600_000;
/** A link says its options in its token: what is longer than this makes no link that is served. */
const QUERY_MAX = 8_000;
const TOKEN = /^(?:\$|%24)?(deltatoken|skiptoken)=(.*)$/is;

/** A request in a round of changes. */
export interface Round {
  /** The request with the options with which the round began. */
  readonly request: ServiceRequest;
  readonly from: DeltaPlan['round'];
  /** To what its tokens belong. */
  readonly scope: string;
}

/**
 * Where a round stands that a request goes on with, or begins. Refuses with 400 a token that is not
 * one of this collection and caller, with 410 one that is too old, and with 400 options beside a
 * token that are not those with which the round began.
 */
export function openRound(
  request: ServiceRequest,
  caller: Caller,
  { clock, sign }: Pick<ServiceParts, 'clock' | 'sign'>,
): Round {
  const { root, path, query } = request;
  const who = caller.user ?? caller.app ?? '';
  const scope = `${caller.tenant.id} ${who} ${root}${path}`;
  const { token, isDelta, rest } = splitQuery(query);
  if (token === '' || (isDelta && token === 'latest')) {
    if (rest.length > QUERY_MAX) {
      const message = `Changes of a query longer than ${QUERY_MAX} characters are not told.`;
      throw new Refusal('malformedRequest', message);
    }
    const from = token === '' ? 'first' : 'latest';
    return { request: { ...request, query: rest }, from, scope };
  }
  const read = readDeltaToken(token, scope, sign);
  if (rest !== '' && rest !== read.query) {
    const message =
      'A token stands for all options; those beside it are not those it was made for.';
    throw new Refusal('badRequest', message, { target: isDelta ? '$deltatoken' : '$skiptoken' });
  }
  const own = { ...request, query: read.query };
  if (clock.now() - read.writtenAt > TOKEN_MS) throw resync(own);
  return { request: own, from: read.round, scope };
}

/** The link with which a round goes on, or the next one begins. */
export function linksOf(
  { request, scope }: Round,
  { next, isUnfinished }: Pick<DeltaAnswer, 'next' | 'isUnfinished'>,
  { clock, sign }: Pick<ServiceParts, 'clock' | 'sign'>,
): RoundLinks {
  const { origin, root, path, query } = request;
  const token = writeDeltaToken({ round: next, query, writtenAt: clock.now() }, scope, sign);
  const to = (option: string) => `${origin}/${root}${path}?${option}=${token}`;
  return isUnfinished ? { nextLink: to('$skiptoken') } : { deltaLink: to('$deltatoken') };
}

/** The refusal of a round whose changes are no longer known; it says where to begin again. */
export function resync(
  { origin, root, path, query }: ServiceRequest,
  name: Extract<RefusalName, 'resyncRequired' | 'syncStateNotFound'> = 'resyncRequired',
): Refusal {
  const options = query === '' ? '' : `${query}&`;
  const headers = { Location: `${origin}/${root}${path}?${options}$deltatoken=` };
  const message = 'The changes behind this token are no longer known. Begin again at Location.';
  return new Refusal(name, message, { target: '$deltatoken', headers });
}

/** The token of a query, and its other options as they are written. */
function splitQuery(query: string): { token: string; isDelta: boolean; rest: string } {
  const rest: string[] = [];
  let token = '';
  let isDelta = false;
  for (const part of query.split('&').filter((each) => each !== '')) {
    const [, name, value = ''] = TOKEN.exec(part) ?? [];
    if (name === undefined) {
      rest.push(part);
      continue;
    }
    token ||= decodeQueryPart(value, `$${name}`).text;
    isDelta = name.toLowerCase() === 'deltatoken';
  }
  return { token, isDelta, rest: rest.join('&') };
}
