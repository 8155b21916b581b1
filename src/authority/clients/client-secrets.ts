import { createHmac, randomBytes } from 'node:crypto';
import type { Clock } from '#clock.ts';
import type { AuthorityStore } from '#plan/authority-store.ts';
import { matchesPassword } from '../kept/hash-password.ts';
import { ProtocolError } from '../protocol/protocol-error.ts';
import type { Client, Credential } from './client.ts';

/** Secrets whose check is remembered; the oldest go first. */
const REMEMBERED_MAX = 10_000;
const SECRET_MAX = 1024;

/** The name under which the hash of an application's secret is kept. */
export function secretName(keyId: string): string {
  return `passwordCredentials/${keyId}`;
}

/**
 * Checks the secrets of applications. A slow hash is computed once for each secret that is sent:
 * what it came to is remembered by a fast keyed hash, in the memory of this process alone.
 */
export class ClientSecrets {
  private readonly store: AuthorityStore;
  private readonly clock: Clock;
  private readonly key = randomBytes(32);
  private readonly remembered = new Map<string, boolean | Promise<boolean>>();

  constructor(store: AuthorityStore, clock: Clock) {
    this.store = store;
    this.clock = clock;
  }

  /** Refuses a secret that is none of the application's, or is not valid now. */
  async check(client: Client, secret: string): Promise<void> {
    const { registration, tenant } = client;
    // Nobody has registered it, so nobody has given it a secret.
    if (!registration) return;
    const now = this.clock.now();
    let isExpired = false;
    for (const credential of secret.length > SECRET_MAX ? [] : registration.secrets) {
      const name = secretName(credential.keyId);
      const hash = await this.store.secret(tenant, credential.owner, name);
      if (hash === undefined || !(await this.matches(secret, hash))) continue;
      if (isValid(credential, now)) return;
      isExpired = true;
    }
    if (isExpired) {
      throw new ProtocolError('expiredSecret', 'The provided client secret keys are expired.');
    }
    const message =
      'Invalid client secret provided. Send the secret value, not the secret id, of the application.';
    throw new ProtocolError('wrongSecret', message);
  }

  private async matches(secret: string, hash: string): Promise<boolean> {
    const mark = createHmac('sha256', this.key).update(`${hash}\n${secret}`).digest('base64');
    const known = this.remembered.get(mark);
    if (known !== undefined) return known;
    if (this.remembered.size >= REMEMBERED_MAX) {
      const [oldest] = this.remembered.keys();
      this.remembered.delete(oldest!);
    }
    // Many connections that begin at once wait for one hash.
    const checking = matchesPassword(secret, hash);
    this.remembered.set(mark, checking);
    try {
      const isIt = await checking;
      this.remembered.set(mark, isIt);
      return isIt;
    } catch (error) {
      this.remembered.delete(mark);
      throw error;
    }
  }
}

/** Whether a credential is good at a time. */
export function isValid({ startsAt, endsAt }: Credential, now: number): boolean {
  return startsAt <= now && now < endsAt;
}
