import { createHash, generateKeyPairSync, webcrypto, X509Certificate } from 'node:crypto';
import { loadX509 } from '#server/tls/load-x509.ts';

/** A certificate of an application, and its private key, as PEM. */
export interface ClientCertificate {
  readonly cert: string;
  readonly key: string;
  /** Hashes of the certificate, in the spellings that clients use. */
  readonly sha1Hex: string;
  readonly sha256Hex: string;
}

/** Makes a self-signed RSA certificate that is valid for a day around now. */
export async function makeClientCertificate(name: string): Promise<ClientCertificate> {
  const x509 = await loadX509();
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  const key = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const privateKey = await webcrypto.subtle.importKey(
    'pkcs8',
    pair.privateKey.export({ type: 'pkcs8', format: 'der' }),
    algorithm,
    true,
    ['sign'],
  );
  const publicKey = await webcrypto.subtle.importKey(
    'spki',
    pair.publicKey.export({ type: 'spki', format: 'der' }),
    algorithm,
    true,
    ['verify'],
  );
  const now = Date.now();
  const made = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=${name}`,
    notBefore: new Date(now - 3_600_000),
    notAfter: new Date(now + 86_400_000),
    signingAlgorithm: algorithm,
    keys: { privateKey, publicKey },
  });
  const cert = `${made.toString('pem')}\n`;
  const { raw } = new X509Certificate(cert);
  const hex = (kind: string) => createHash(kind).update(raw).digest('hex').toUpperCase();
  return { cert, key, sha1Hex: hex('sha1'), sha256Hex: hex('sha256') };
}
