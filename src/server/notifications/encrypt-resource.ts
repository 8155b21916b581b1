import {
  constants,
  createCipheriv,
  createHmac,
  publicEncrypt,
  randomBytes,
  X509Certificate,
} from 'node:crypto';
import { Refusal } from '#errors.ts';

/** What a subscription's resource data is encrypted for. */
export interface DataRecipient {
  /** DER in base64, as Graph takes it, or PEM. */
  readonly certificate: string;
  /** The subscriber's own name of it. */
  readonly certificateId: string;
}

/** A resource as a notification carries it. */
export interface EncryptedContent {
  readonly data: string;
  readonly dataSignature: string;
  readonly dataKey: string;
  readonly encryptionCertificateId: string;
  readonly encryptionCertificateThumbprint: string;
}

const KEY_BYTES = 32;
const VECTOR_BYTES = 16;
const MODULUS_BITS_MIN = 2048;

/** Refuses with 400 what is no certificate with an RSA key that data can be encrypted for. */
export function checkCertificate(written: string): void {
  let certificate: X509Certificate;
  try {
    certificate = readCertificate(written);
  } catch (cause) {
    throw refuse('The certificate is no X.509 certificate in base64.', cause);
  }
  const { publicKey } = certificate;
  const bits = publicKey.asymmetricKeyDetails?.modulusLength ?? 0;
  if (publicKey.asymmetricKeyType === 'rsa' && bits >= MODULUS_BITS_MIN) return;
  throw refuse(`The certificate's key must be RSA, of ${MODULUS_BITS_MIN} bits at least.`);
}

/**
 * Encrypts a text with a key made for it alone, and that key with the certificate's: AES-256-CBC
 * whose vector is the beginning of the key, HMAC-SHA256 of what comes out, RSA with OAEP of SHA-1
 * (Graph's page "Set up change notifications that include resource data").
 */
export function encryptResource(
  text: string,
  { certificate: written, certificateId }: DataRecipient,
): EncryptedContent {
  const certificate = readCertificate(written);
  const key = randomBytes(KEY_BYTES);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, VECTOR_BYTES));
  const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  const dataKey = publicEncrypt(
    { key: certificate.publicKey, padding, oaepHash: 'sha1' },
    new Uint8Array(key),
  );
  return {
    data: data.toString('base64'),
    dataSignature: createHmac('sha256', key).update(data).digest('base64'),
    dataKey: dataKey.toString('base64'),
    encryptionCertificateId: certificateId,
    encryptionCertificateThumbprint: certificate.fingerprint.replaceAll(':', ''),
  };
}

function readCertificate(written: string): X509Certificate {
  const isPem = written.includes('-----BEGIN');
  return new X509Certificate(isPem ? written : Buffer.from(written, 'base64'));
}

function refuse(message: string, cause?: unknown): Refusal {
  const target = 'encryptionCertificate';
  return new Refusal('invalidRequest', message, { target, cause });
}
