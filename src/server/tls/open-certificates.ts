import { join } from 'node:path';
import type { Clock } from '#clock.ts';
import { DAY_MS, isAuthorityUsable, makeAuthority } from './authority.ts';
import { isCertificateUsable, LIFETIME_MS, listNames, makeCertificate } from './certificate.ts';
import { makeKeyFolder, readKeyedCertificate, writeKeyedCertificate } from './pem-files.ts';

/** What a server needs for HTTPS, and the authority's certificate that its clients trust; PEM. */
export interface Certificates {
  readonly caPem: string;
  readonly cert: string;
  readonly key: string;
}

const RENEWAL_MS = 30 * DAY_MS;

/**
 * Gives a server certificate for localhost and the host names, from a local authority. Both are
 * kept in `DATADIR/tls`; the certificate is made anew, under the same authority, when a name is
 * missing or fewer than 30 days are left. Only the holder of the data folder's lock may call it.
 */
export async function openCertificates(
  dataDir: string,
  hostnames: readonly string[],
  clock: Clock,
): Promise<Certificates> {
  const folder = join(dataDir, 'tls');
  const names = listNames(hostnames);
  const now = clock.now();
  await makeKeyFolder(folder);
  let authority = await readKeyedCertificate(folder, 'ca');
  let server = await readKeyedCertificate(folder, 'server');
  const needs = { caPem: authority.cert, names, from: now, to: now + RENEWAL_MS };
  if (!isCertificateUsable(server, needs)) {
    if (!isAuthorityUsable(authority, now, now + LIFETIME_MS)) {
      authority = await makeAuthority(now);
      await writeKeyedCertificate(folder, 'ca', authority);
    }
    server = await makeCertificate(authority, names, now);
    await writeKeyedCertificate(folder, 'server', server);
  }
  return { caPem: authority.cert, cert: server.cert, key: server.key };
}
