import {
  createPrivateKey,
  generateKeyPairSync,
  type KeyObject,
  X509Certificate,
} from 'node:crypto';

/** A certificate and its private key (PKCS #8), both PEM. */
export interface KeyedCertificate {
  readonly cert: string;
  readonly key: string;
}

/** A private and a public key as WebCrypto has them, and the private one as PEM. */
export interface KeyPair {
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  readonly pem: string;
}

// P-256 is the curve that every TLS 1.2 client and every browser takes; a signature costs the
// server a twentieth of RSA 2048's.
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' };

/** Makes a new ECDSA P-256 key pair. */
export function makeKeyPair(): KeyPair {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    privateKey: privateKey.toCryptoKey(ALGORITHM, true, ['sign']),
    publicKey: publicKey.toCryptoKey(ALGORITHM, true, ['verify']),
    pem: exportPrivateKey(privateKey),
  };
}

/** Reads the ECDSA P-256 keys of a stored certificate. Throws on a key of another kind. */
export function readKeyPair(pair: KeyedCertificate): KeyPair {
  const privateKey = createPrivateKey(pair.key);
  const { publicKey } = new X509Certificate(pair.cert);
  return {
    privateKey: privateKey.toCryptoKey(ALGORITHM, true, ['sign']),
    publicKey: publicKey.toCryptoKey(ALGORITHM, true, ['verify']),
    pem: exportPrivateKey(privateKey),
  };
}

/** A stored certificate, parsed; undefined if it is damaged or the key belongs to another one. */
export function parseKeyedCertificate(pair: KeyedCertificate): X509Certificate | undefined {
  try {
    const parsed = new X509Certificate(pair.cert);
    return parsed.checkPrivateKey(createPrivateKey(pair.key)) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the certificate is valid at an instant (milliseconds) and still so at a later one. */
export function isValidBetween(certificate: X509Certificate, from: number, to: number): boolean {
  const { validFromDate, validToDate } = certificate;
  return validFromDate.getTime() <= from && to <= validToDate.getTime();
}

function exportPrivateKey(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}
