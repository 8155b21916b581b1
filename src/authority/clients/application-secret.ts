import { type Clock, formatInstant } from '#clock.ts';
import { newId } from '#ids.ts';
import type { Tenant } from '#plan/caller.ts';
import type { Document, Value } from '#plan/document.ts';
import type { Store } from '#plan/store.ts';
import { hashPassword } from '../kept/hash-password.ts';
import { newSecret } from '../kept/opaque.ts';
import { secretName } from './client-secrets.ts';

const LIFETIME_MS = 180 * 24 * 3_600_000;
const HINT_LENGTH = 3;

/**
 * Gives an application a new secret for half a year, and gives it as nobody will see it again;
 * undefined where the tenant has no such application. Secrets that have expired go.
 */
export async function addApplicationSecret(
  tenant: Tenant,
  appId: string,
  { store, clock }: { readonly store: Store; readonly clock: Clock },
): Promise<string | undefined> {
  const secret = newSecret();
  const hash = await hashPassword(secret);
  const now = clock.now();
  const credential: Document = {
    '@odata.type': 'microsoft.graph.passwordCredential',
    keyId: newId(),
    hint: secret.slice(0, HINT_LENGTH),
    startDateTime: formatInstant(now),
    endDateTime: formatInstant(now + LIFETIME_MS),
  };
  return store.transact(tenant, async (tx) => {
    const found = await tx.find('applications', 'appId', appId, 'doc');
    if (!found) return undefined;
    const members = JSON.parse(found.text) as Document;
    const old = (members.passwordCredentials as Value[] | undefined) ?? [];
    const kept = old.filter((each) => !hasEnded(each as Document, now));
    for (const each of old) {
      if (!kept.includes(each)) tx.writeSecret(found.owner, nameOf(each as Document), undefined);
    }
    const address = { set: 'applications', owner: found.owner, path: '', key: '' };
    const passwordCredentials = [...kept, credential];
    tx.write(address, { ...members, passwordCredentials }, found, ['passwordCredentials']);
    tx.writeSecret(found.owner, nameOf(credential), hash);
    return secret;
  });
}

function nameOf({ keyId }: Document): string {
  return secretName(String(keyId));
}

function hasEnded({ endDateTime }: Document, now: number): boolean {
  return typeof endDateTime === 'string' && Date.parse(endDateTime) < now;
}
