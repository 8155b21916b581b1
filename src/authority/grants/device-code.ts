import { randomInt } from 'node:crypto';
import type { KeptGrant } from '#plan/authority-store.ts';
import type { AuthorityParts } from '../authority-parts.ts';
import type { Client } from '../clients/client.ts';
import { DEVICE } from '../kept/grant-kinds.ts';
import { nameOfSecret, newSecret } from '../kept/opaque.ts';
import type { SignIn } from '../people/sign-in.ts';
import { ProtocolError } from '../protocol/protocol-error.ts';
import { type WrittenGrant, writtenGrant } from './authorization-code.ts';

const USER_CODE = 'user-code';
const LIFETIME_SECONDS = 900;
const INTERVAL_SECONDS = 5;
/** Letters and digits that are not taken for one another, and make no words (RFC 8628, 6.1). */
const LETTERS = 'BCDFGHJKLMNPQRSTVWXZ2346789';
const LETTER_COUNT = 9;

/** What a device waits for. */
export interface WrittenDevice {
  readonly tenant: string;
  readonly app: string;
  readonly scope: string;
  readonly state: 'waiting' | 'declined' | 'granted' | 'used';
  readonly granted?: WrittenGrant;
}

/** The answer of the device authorization endpoint (RFC 8628, section 3.2). */
export async function beginDevice(
  client: Client,
  scope: string,
  origin: string,
  { kept, clock }: AuthorityParts,
): Promise<object> {
  const deviceCode = newSecret();
  const key = nameOfSecret(deviceCode);
  const expiresAt = clock.now() + LIFETIME_SECONDS * 1000;
  const written: WrittenDevice = {
    tenant: client.tenant.id,
    app: client.appId,
    scope,
    state: 'waiting',
  };
  const own = { subject: '', family: key, expiresAt };
  const device = { ...own, kind: DEVICE, key, value: JSON.stringify(written) };
  let userCode: string;
  do {
    userCode = newUserCode();
  } while (!(await kept.add(device, { ...own, kind: USER_CODE, key: userCode, value: key })));
  const uri = `${origin}/devicelogin`;
  return {
    user_code: userCode,
    device_code: deviceCode,
    verification_uri: uri,
    verification_uri_complete: `${uri}?user_code=${userCode}`,
    expires_in: LIFETIME_SECONDS,
    interval: INTERVAL_SECONDS,
    message: `To sign in, use a web browser to open the page ${uri} and enter the code ${userCode} to authenticate.`,
  };
}

/** A device that waits, as the person who has its code finds it. */
export interface FoundDevice {
  readonly grant: KeptGrant;
  readonly written: WrittenDevice;
}

/** The device that waits behind a code, written in any case and with any separators. */
export async function findDevice(
  userCode: string,
  { kept, clock }: AuthorityParts,
): Promise<FoundDevice | undefined> {
  const plain = userCode.toUpperCase().replace(/[^A-Z0-9]/g, '');
  if (plain.length !== LETTER_COUNT) return undefined;
  const code = await kept.find(USER_CODE, plain);
  const grant = code && (await kept.find(DEVICE, code.value));
  if (!grant || grant.expiresAt <= clock.now()) return undefined;
  const written = JSON.parse(grant.value) as WrittenDevice;
  return written.state === 'waiting' ? { grant, written } : undefined;
}

/** Lets a device have tokens of a person, or refuses it; false where it no longer waits. */
export function answerDevice(
  { grant, written }: FoundDevice,
  client: Client,
  signIn: SignIn | undefined,
  { kept }: AuthorityParts,
): Promise<boolean> {
  const answer: WrittenDevice = signIn
    ? { ...written, state: 'granted', granted: writtenGrant(client, signIn, written.scope) }
    : { ...written, state: 'declined' };
  return kept.replace(grant, { value: JSON.stringify(answer) });
}

/** What a device has been granted, once; refuses while it waits, and when it has waited too long. */
export async function takeDevice(
  deviceCode: string,
  client: Client,
  { kept, clock }: AuthorityParts,
): Promise<{ readonly granted: WrittenGrant; readonly family: string }> {
  const grant = await kept.find(DEVICE, nameOfSecret(deviceCode));
  const written = grant && (JSON.parse(grant.value) as WrittenDevice);
  const isTheirs = written?.app === client.appId && written.tenant === client.tenant.id;
  if (!grant || !isTheirs || written.state === 'used') {
    const message = 'The device code is malformed, or has been used before.';
    throw new ProtocolError('wrongDeviceCode', message);
  }
  if (grant.expiresAt <= clock.now()) {
    throw new ProtocolError('expiredDeviceCode', 'The device code has expired.');
  }
  if (written.state === 'declined') {
    throw new ProtocolError('declinedDevice', 'The user declined to sign the device in.');
  }
  const { granted } = written;
  if (!granted) {
    const message = 'OAuth 2.0 device flow error. Authorization is pending. Continue polling.';
    throw new ProtocolError('authorizationPending', message);
  }
  const isFirst = await kept.replace(grant, {
    value: JSON.stringify({ ...written, state: 'used' } satisfies WrittenDevice),
  });
  if (isFirst) return { granted, family: grant.family };
  throw new ProtocolError('wrongDeviceCode', 'The device code has been used before.');
}

function newUserCode(): string {
  return Array.from({ length: LETTER_COUNT }, () => LETTERS[randomInt(LETTERS.length)]).join('');
}
