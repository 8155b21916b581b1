import { createHash, type X509Certificate } from 'node:crypto';
import type { Document } from '#plan/document.ts';

/** A certificate as a list of key credentials has it, without an id. */
export function describeCertificate(certificate: X509Certificate): Document {
  const thumbprint = createHash('sha1').update(certificate.raw).digest();
  return {
    customKeyIdentifier: thumbprint.toString('base64url'),
    displayName: certificate.subject.slice(0, 200),
    endDateTime: new Date(certificate.validTo).toISOString(),
    key: certificate.raw.toString('base64url'),
    startDateTime: new Date(certificate.validFrom).toISOString(),
    type: 'AsymmetricX509Cert',
    usage: 'Verify',
  };
}
