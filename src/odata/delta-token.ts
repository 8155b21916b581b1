import { Refusal } from '#errors.ts';
import type { RoundMark } from '#plan/delta.ts';
import type { PageMark } from '#plan/query.ts';
import type { Sign } from './page-token.ts';

/** What the token of a link in a round of changes stands for. */
export interface DeltaToken {
  readonly round: RoundMark;
  /** The options with which the round began: links carry no others. */
  readonly query: string;
  /** Milliseconds since 1970. */
  readonly writtenAt: number;
}

const SIGNATURE_LENGTH = 22;
/** Stands in no page token. */
const SEPARATOR = '.';

type Written = [number, string, string] | [number, string, string, PageMark | null];

/**
 * The opaque `$deltatoken` or `$skiptoken` of a link (OData Protocol 4.01, section 11.3), signed
 * together with what it belongs to, so that it fits no other collection or caller.
 */
export function writeDeltaToken(token: DeltaToken, scope: string, sign: Sign): string {
  const { round, query, writtenAt } = token;
  const { position } = round;
  const written: Written =
    round.kind === 'changes'
      ? [writtenAt, position, query]
      : [writtenAt, position, query, round.after ?? null];
  const text = Buffer.from(JSON.stringify(written)).toString('base64url');
  return `${signature(text, scope, sign)}${SEPARATOR}${text}`;
}

/** Whether a `$skiptoken` is one of a round of changes. */
export function isDeltaToken(token: string): boolean {
  return token.includes(SEPARATOR);
}

/** Reads a token back; refuses what this service has not written for that scope. */
export function readDeltaToken(token: string, scope: string, sign: Sign): DeltaToken {
  const text = token.slice(SIGNATURE_LENGTH + SEPARATOR.length);
  if (token !== `${signature(text, scope, sign)}${SEPARATOR}${text}`) {
    throw new Refusal('badRequest', 'Badly formed token.', { target: '$deltatoken' });
  }
  const [writtenAt, position, query, after] = JSON.parse(
    Buffer.from(text, 'base64url').toString(),
  ) as Written;
  const round: RoundMark =
    after === undefined
      ? { kind: 'changes', position }
      : { kind: 'members', position, after: after ?? undefined };
  return { round, query, writtenAt };
}

function signature(text: string, scope: string, sign: Sign): string {
  return sign(`delta ${scope}\n${text}`).slice(0, SIGNATURE_LENGTH);
}
