import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { type KithOptions, type RunningKith, startKith } from '../running-kith.ts';
import { makeScratchFolder } from '../server/scratch-folder.ts';
import { type ClientCertificate, makeClientCertificate } from './client-certificate.ts';
import { contoso, seedLines } from './contoso-seed.ts';

/** A running Kith with that tenant. */
export interface RunningContoso extends AsyncDisposable {
  readonly kith: RunningKith;
  readonly authority: string;
  readonly certificate: ClientCertificate;
}

/** Starts Kith with the tenant; this process trusts its certificate. */
export async function startContoso(options: KithOptions = {}): Promise<RunningContoso> {
  const scratch = await makeScratchFolder();
  const certificate = await makeClientCertificate('daemon');
  const seed = join(scratch.path, 'contoso.jsonl');
  const lines = seedLines(certificate.cert).map((line) => JSON.stringify(line));
  await writeFile(seed, `${lines.join('\n')}\n`);
  const kith = await startKith({ ...options, flags: ['--seed', seed, ...(options.flags ?? [])] });
  const ca = await kith.request('/_kith/ca.pem');
  setDefaultCACertificates([...getCACertificates('default'), ca.text]);
  return {
    kith,
    authority: `${kith.httpsOrigin}/${contoso.tenant}`,
    certificate,
    async [Symbol.asyncDispose]() {
      await kith.close();
      await scratch[Symbol.asyncDispose]();
    },
  };
}
