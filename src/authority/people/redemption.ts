import { isSameText } from '../kept/same-text.ts';

const LIFETIME_MS = 90 * 24 * 3_600_000;

/** What a guest brings who follows an invitation. */
export interface Redemption {
  /** Ids of the directory and of the guest in it. */
  readonly tenant: string;
  readonly user: string;
  /** Where the guest goes afterwards. */
  readonly redirect: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** The query of the URL by which a guest redeems an invitation, signed as a whole. */
export function writeRedemption(
  { tenant, user, redirect }: Omit<Redemption, 'expiresAt'>,
  { now, sign }: { readonly now: number; readonly sign: (text: string) => string },
): string {
  const whole = { tenant, user, redirect, expiresAt: now + LIFETIME_MS };
  const ticket = sign(textOf(whole));
  const until = String(whole.expiresAt);
  return new URLSearchParams({ tenant, user, rd: redirect, until, ticket }).toString();
}

/** What such a query says; undefined where nobody has signed it, or its time is over. */
export function readRedemption(
  query: ReadonlyMap<string, string>,
  { now, sign }: { readonly now: number; readonly sign: (text: string) => string },
): Redemption | undefined {
  const found = {
    tenant: query.get('tenant') ?? '',
    user: query.get('user') ?? '',
    redirect: query.get('rd') ?? '',
    expiresAt: Number(query.get('until') ?? '0'),
  };
  const isSigned = isSameText(query.get('ticket') ?? '', sign(textOf(found)));
  return isSigned && found.expiresAt > now ? found : undefined;
}

function textOf({ tenant, user, redirect, expiresAt }: Redemption): string {
  return `redemption ${JSON.stringify([tenant, user, redirect, expiresAt])}`;
}
