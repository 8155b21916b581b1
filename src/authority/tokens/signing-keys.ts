import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  type KeyObject,
} from 'node:crypto';
import { promisify } from 'node:util';
import type { Clock } from '#clock.ts';
import type { AuthorityStore, Grant, KeptGrant } from '#plan/authority-store.ts';

/** What of a public RSA key is published. */
export interface PublicJwk {
  readonly kty?: string;
  readonly n?: string;
  readonly e?: string;
}

/** An RSA key pair with which this store signs, or has signed, its tokens. */
export interface SigningKey {
  /** The key id that tokens carry: the RFC 7638 thumbprint. */
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  /** Modulus and exponent of the public key. */
  readonly jwk: PublicJwk;
  /** When the key was made, and until when what it has signed is accepted; milliseconds. */
  readonly madeAt: number;
  readonly expiresAt: number;
}

/** Where every process of a store finds the same key: the kept text, made once if there is none. */
export type Keep = (name: string, make: () => Promise<string>) => Promise<string>;

const KIND = 'signing-key';
const MODULUS_BITS = 2048;
/** A key that signs has no end yet. */
const NEVER = Number.MAX_SAFE_INTEGER;
/** How long what a retired key has signed is accepted: longer than any token of it lives. */
const RETIRED_MS = 48 * 3_600_000;
/** How often the store is asked for keys that other processes have made. */
const REFRESH_MS = 60_000;
/** An unknown key id makes the store be asked again, but not by every token. */
const UNKNOWN_MS = 1_000;

/** The keys of this store: the newest signs, and those before it are good until they expire. */
export class KeyRing {
  private readonly store: AuthorityStore;
  private readonly clock: Clock;
  private keys: readonly SigningKey[] = [];
  private readAt = 0;
  private reading: Promise<void> | undefined;

  constructor(store: AuthorityStore, clock: Clock) {
    this.store = store;
    this.clock = clock;
  }

  /** The key that signs. */
  get current(): SigningKey {
    const now = this.clock.now();
    // What another process has made shows soon enough: the older key is still good.
    if (now - this.readAt > REFRESH_MS) this.read().catch(() => undefined);
    return this.keys[0]!;
  }

  /** The keys whose signatures are accepted, newest first. */
  async list(): Promise<readonly SigningKey[]> {
    if (this.clock.now() - this.readAt > UNKNOWN_MS) await this.read();
    return this.keys.filter(({ expiresAt }) => expiresAt > this.clock.now());
  }

  /** The key of that id, if what it signs is still accepted. */
  async find(kid: string): Promise<SigningKey | undefined> {
    const known = this.keys.find((key) => key.kid === kid);
    const found = known ?? (await this.list()).find((key) => key.kid === kid);
    return found && found.expiresAt > this.clock.now() ? found : undefined;
  }

  /** Makes a new key, which signs from now on; the one before is good until its tokens have ended. */
  async rotate(): Promise<SigningKey> {
    const now = this.clock.now();
    await this.read();
    const before = (await this.store.list(KIND)).find(({ expiresAt }) => expiresAt === NEVER);
    const grant = keyGrant(await makeKey(), now);
    if (before) {
      // Whoever comes second uses the key of the first.
      const retired = { expiresAt: now + RETIRED_MS };
      await this.store.replace(before, retired, { ...grant, family: before.key });
    }
    await this.read();
    return this.keys[0]!;
  }

  /** Makes a new key where the one that signs is older than that. */
  async rotateAfter(milliseconds: number): Promise<void> {
    if (this.clock.now() - this.current.madeAt > milliseconds) await this.rotate();
  }

  /** Reads the keys of the store; the first one is that which stores of old have kept. */
  async open(keep: Keep): Promise<this> {
    const first = await keep(KIND, makeKey);
    await this.read();
    if (this.keys.length === 0) {
      await this.store.add(keyGrant(first, this.clock.now()));
      await this.read();
    }
    return this;
  }

  private read(): Promise<void> {
    this.reading ??= this.readKeys().finally(() => {
      this.reading = undefined;
    });
    return this.reading;
  }

  private async readKeys(): Promise<void> {
    const kept = await this.store.list(KIND);
    const known = new Map(this.keys.map((key) => [key.kid, key]));
    const keys = kept.map((grant) => openKey(grant, known.get(grant.key)));
    // The same order in every process, also where two were made in one millisecond.
    this.keys = keys.sort(
      (one, other) => other.expiresAt - one.expiresAt || other.madeAt - one.madeAt,
    );
    this.readAt = this.clock.now();
  }
}

/** Opens the keys of a store; a store without any gets its first. */
export function openKeyRing(keep: Keep, store: AuthorityStore, clock: Clock): Promise<KeyRing> {
  return new KeyRing(store, clock).open(keep);
}

function keyGrant(pem: string, madeAt: number): Grant {
  const jwk = createPublicKey(pem).export({ format: 'jwk' });
  return {
    kind: KIND,
    key: thumbprint(jwk),
    subject: '',
    family: '',
    value: JSON.stringify({ pem, madeAt }),
    expiresAt: NEVER,
  };
}

function openKey({ key, value, expiresAt }: KeptGrant, known: SigningKey | undefined): SigningKey {
  if (known) return { ...known, expiresAt };
  const { pem, madeAt } = JSON.parse(value) as { pem: string; madeAt: number };
  const privateKey = createPrivateKey(pem);
  const publicKey = createPublicKey(pem);
  return {
    kid: key,
    privateKey,
    publicKey,
    jwk: publicKey.export({ format: 'jwk' }),
    madeAt,
    expiresAt,
  };
}

/** RFC 7638, section 3: the required members in their order, hashed. */
function thumbprint({ e, kty, n }: PublicJwk): string {
  return createHash('sha256').update(JSON.stringify({ e, kty, n })).digest('base64url');
}

async function makeKey(): Promise<string> {
  const pair = await promisify(generateKeyPair)('rsa', { modulusLength: MODULUS_BITS });
  return pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}
