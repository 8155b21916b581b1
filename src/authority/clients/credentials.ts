import { type Clock, formatInstant } from '#clock.ts';
import { Refusal } from '#errors.ts';
import { newId } from '#ids.ts';
import type { Tenant } from '#plan/caller.ts';
import type { Document, Value } from '#plan/document.ts';
import type { Store } from '#plan/store.ts';
import { hashPassword } from '../kept/hash-password.ts';
import { newSecret } from '../kept/opaque.ts';
import { secretName } from './client-secrets.ts';

/** An application, or what stands for it in a tenant, and how it is found. */
export interface CredentialOwner {
  readonly tenant: Tenant;
  readonly set: 'applications' | 'servicePrincipals';
  /** An indexed property, and its value. */
  readonly property: string;
  readonly value: string;
}

/** Where credentials are kept. */
export interface CredentialParts {
  readonly store: Store;
  readonly clock: Clock;
}

/** What somebody says of a new credential. */
export type GivenCredential = Partial<
  Pick<Document, 'displayName' | 'startDateTime' | 'endDateTime'>
>;

/** The two lists of credentials, as documents name them. */
export type CredentialList = 'passwordCredentials' | 'keyCredentials';

const LIFETIME_MS = 2 * 365 * 24 * 3_600_000;
const HINT_LENGTH = 3;
/** Credentials of one kind that an application may have. */
const CREDENTIALS_MAX = 100;

/**
 * Gives an application a new secret, two years long where nothing is said, and gives it with its
 * text as nobody will see it again; undefined where there is no such application. Secrets that have
 * ended go.
 */
export async function addSecret(
  owner: CredentialOwner,
  given: GivenCredential,
  parts: CredentialParts,
): Promise<Document | undefined> {
  const secret = newSecret();
  const hash = await hashPassword(secret);
  const credential: Document = {
    '@odata.type': 'microsoft.graph.passwordCredential',
    ...lifetimeOf(given, parts.clock.now()),
    hint: secret.slice(0, HINT_LENGTH),
    keyId: newId(),
  };
  const isThere = await change(owner, 'passwordCredentials', parts, (list, write) => {
    write(credential, hash);
    const now = parts.clock.now();
    return [...list.filter((each) => !hasEnded(each, now)), credential];
  });
  return isThere ? { customKeyIdentifier: null, ...credential, secretText: secret } : undefined;
}

/** Adds a certificate as it is described; false where there is no such application. */
export async function addCertificate(
  owner: CredentialOwner,
  credential: Document,
  parts: CredentialParts,
): Promise<boolean> {
  return change(owner, 'keyCredentials', parts, (list) => {
    const isNew = list.every(({ key }) => key !== credential.key);
    return isNew ? [...list, credential] : list;
  });
}

/** Removes a credential; false where there is no such application. Refuses an id it does not have. */
export async function removeCredential(
  owner: CredentialOwner,
  name: CredentialList,
  keyId: string,
  parts: CredentialParts,
): Promise<boolean> {
  return change(owner, name, parts, (list) => {
    const kept = list.filter((each) => String(each.keyId).toLowerCase() !== keyId.toLowerCase());
    if (kept.length < list.length) return kept;
    const what = name === 'passwordCredentials' ? 'password' : 'key';
    const message = `No ${what} credential found with keyId '${keyId}'.`;
    throw new Refusal('badRequest', message, { target: 'keyId' });
  });
}

/** Replaces a list of credentials; the secrets of those that are left out go. */
async function change(
  { tenant, set, property, value }: CredentialOwner,
  name: CredentialList,
  { store }: CredentialParts,
  make: (
    list: readonly Document[],
    write: (added: Document, hash: string) => void,
  ) => readonly Document[],
): Promise<boolean> {
  return store.transact(tenant, async (tx) => {
    const found = await tx.find(set, property, value, 'doc');
    if (!found) return false;
    const members = JSON.parse(found.text) as Document;
    const before = ((members[name] as Value[] | undefined) ?? []) as Document[];
    const after = make(before, (added, hash) => tx.writeSecret(found.owner, nameOf(added), hash));
    if (after.length > CREDENTIALS_MAX) {
      const message = `An application has at most ${CREDENTIALS_MAX} credentials of one kind.`;
      throw new Refusal('badRequest', message, { target: name });
    }
    for (const each of name === 'passwordCredentials' ? before : []) {
      if (!after.includes(each)) tx.writeSecret(found.owner, nameOf(each), undefined);
    }
    const address = { set, owner: found.owner, path: '', key: '' };
    tx.write(address, { ...members, [name]: [...after] }, found, [name]);
    return true;
  });
}

function lifetimeOf(
  { displayName, startDateTime, endDateTime }: GivenCredential,
  now: number,
): Document {
  const start = typeof startDateTime === 'string' ? startDateTime : formatInstant(now);
  const end =
    typeof endDateTime === 'string'
      ? endDateTime
      : formatInstant(Math.max(now, Date.parse(start)) + LIFETIME_MS);
  if (Date.parse(end) <= Math.max(now, Date.parse(start))) {
    const message = 'Key credential end date is invalid: it lies before its beginning, or is over.';
    throw new Refusal('badRequest', message, { target: 'endDateTime' });
  }
  return { displayName: displayName ?? null, endDateTime: end, startDateTime: start };
}

function nameOf({ keyId }: Document): string {
  return secretName(String(keyId));
}

function hasEnded({ endDateTime }: Document, now: number): boolean {
  return typeof endDateTime === 'string' && Date.parse(endDateTime) < now;
}
