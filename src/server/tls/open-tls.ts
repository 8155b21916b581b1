import { readFile } from 'node:fs/promises';
import type { Clock } from '#clock.ts';
import type { Config } from '../config/config.ts';
import { ConfigError } from '../config/config-error.ts';
import { openCertificates } from './open-certificates.ts';

/** What HTTPS is spoken with; all PEM. */
export interface Tls {
  readonly cert: string;
  readonly key: string;
  /** The local authority's certificate; undefined where the operator brought a certificate. */
  readonly caPem: string | undefined;
}

/** The operator's certificate, or one of Kith's own. Throws a ConfigError for unreadable files. */
export async function openTls(config: Config, clock: Clock): Promise<Tls> {
  const { cert, key, dataDir, host, origin } = config;
  if (cert === undefined || key === undefined) {
    const names = origin.map((each) => new URL(each).hostname);
    return openCertificates(dataDir, [host, ...names], clock);
  }
  const [certPem, keyPem] = await Promise.all([readPem(cert), readPem(key)]);
  return { cert: certPem, key: keyPem, caPem: undefined };
}

async function readPem(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new ConfigError(`${path} cannot be read: ${(cause as Error).message}`, { cause });
  }
}
