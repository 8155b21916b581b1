import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { DAY_MS, HOUR_MS } from './authority.ts';
import {
  isValidBetween,
  type KeyedCertificate,
  makeKeyPair,
  parseKeyedCertificate,
  readKeyPair,
} from './key-pair.ts';
import { loadX509 } from './load-x509.ts';

/** What browsers accept at most is 398 days. */
export const LIFETIME_MS = 397 * DAY_MS;

/** The names that every certificate of Kith carries. */
const OWN_NAMES = ['localhost', '127.0.0.1', '::1'];

/** The own names with those of the host names and addresses that can stand in a certificate. */
export function listNames(hostnames: readonly string[]): string[] {
  const names = hostnames.map((name) => name.toLowerCase());
  // "Any address" is where a server listens, not what a client calls it.
  const named = names.filter((name) => name !== '0.0.0.0' && name !== '::');
  return [...new Set([...OWN_NAMES, ...named])];
}

/** Makes a server certificate for the names, signed by the authority; `now` in milliseconds. */
export async function makeCertificate(
  authority: KeyedCertificate,
  names: readonly string[],
  now: number,
): Promise<KeyedCertificate> {
  const x509 = await loadX509();
  const signer = readKeyPair(authority);
  const keys = makeKeyPair();
  const certificate = await x509.X509CertificateGenerator.create({
    subject: 'CN=localhost',
    issuer: new x509.X509Certificate(authority.cert).subjectName,
    publicKey: keys.publicKey,
    signingKey: signer.privateKey,
    notBefore: new Date(now - HOUR_MS),
    notAfter: new Date(now - HOUR_MS + LIFETIME_MS),
    signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(
        names.map((value) => ({ type: isIP(value) ? 'ip' : 'dns', value })),
      ),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(signer.publicKey),
    ],
  });
  return { cert: `${certificate.toString('pem')}\n`, key: keys.pem };
}

/** What a stored certificate must have: its authority, names, and instants in milliseconds. */
export interface CertificateNeeds {
  readonly caPem: string;
  readonly names: readonly string[];
  readonly from: number;
  readonly to: number;
}

/** Whether a stored certificate comes from the authority, covers the names and is valid so long. */
export function isCertificateUsable(pair: KeyedCertificate, needs: CertificateNeeds): boolean {
  const { caPem, names, from, to } = needs;
  const certificate = parseKeyedCertificate(pair);
  if (!certificate || !isValidBetween(certificate, from, to)) return false;
  if (!names.every((name) => isNamed(certificate, name))) return false;
  try {
    const issuer = new X509Certificate(caPem);
    return certificate.verify(issuer.publicKey) && isValidBetween(issuer, from, to);
  } catch {
    return false;
  }
}

function isNamed(certificate: X509Certificate, name: string): boolean {
  const found = isIP(name)
    ? certificate.checkIP(name)
    : certificate.checkHost(name, { subject: 'never' });
  return found !== undefined;
}
