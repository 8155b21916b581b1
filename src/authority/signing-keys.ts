import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { calculateJwkThumbprint, exportJWK } from 'jose';

/** The RSA key pair with which this store signs its tokens. */
export interface SigningKeys {
  /** The key id that tokens carry: the RFC 7638 thumbprint. */
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** Where every process of a store finds the same key: the kept text, made once if there is none. */
export type Keep = (name: string, make: () => Promise<string>) => Promise<string>;

const MODULUS_BITS = 2048;

/** The RSA key that signs Kith's tokens, kept in the store and made at the first start. */
export async function openSigningKeys(keep: Keep): Promise<SigningKeys> {
  const pem = await keep('signing-key', makeKey);
  const privateKey = createPrivateKey(pem);
  const publicKey = createPublicKey(pem);
  const kid = await calculateJwkThumbprint(await exportJWK(publicKey));
  return { kid, privateKey, publicKey };
}

async function makeKey(): Promise<string> {
  const pair = await promisify(generateKeyPair)('rsa', { modulusLength: MODULUS_BITS });
  return pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}
