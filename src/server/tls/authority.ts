import {
  isValidBetween,
  type KeyedCertificate,
  makeKeyPair,
  parseKeyedCertificate,
} from './key-pair.ts';
import { loadX509 } from './load-x509.ts';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
const LIFETIME_MS = 3652 * DAY_MS;

/**
 * Makes a local certificate authority, valid for 10 years from an hour before `now` (milliseconds)
 * for clocks that run late. It signs servers only: a path length of 0 allows no authority below it.
 */
export async function makeAuthority(now: number): Promise<KeyedCertificate> {
  const x509 = await loadX509();
  const keys = makeKeyPair();
  const { keyCertSign, cRLSign } = x509.KeyUsageFlags;
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=Kith local CA',
    keys,
    notBefore: new Date(now - HOUR_MS),
    notAfter: new Date(now - HOUR_MS + LIFETIME_MS),
    signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(keyCertSign | cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { cert: `${certificate.toString('pem')}\n`, key: keys.pem };
}

/** Whether a stored authority can sign a certificate that lasts until `to` (milliseconds). */
export function isAuthorityUsable(authority: KeyedCertificate, now: number, to: number): boolean {
  const certificate = parseKeyedCertificate(authority);
  return certificate?.ca === true && isValidBetween(certificate, now, to);
}
