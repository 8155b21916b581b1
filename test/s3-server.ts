import { rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';

/** An S3-compatible server with one bucket, until it is disposed. */
export interface S3Server extends AsyncDisposable {
  /** What `--blobs` takes. */
  url(prefix: string): string;
  /** Who may ask it, as variables of the environment. */
  readonly env: Readonly<Record<string, string>>;
}

/** The part of s3rver, which declares no types, that is used here. */
type Server = new (options: {
  readonly address: string;
  readonly port: number;
  readonly silent: boolean;
  readonly directory: string;
  readonly configureBuckets: readonly { readonly name: string; readonly configs: string[] }[];
}) => { run(): Promise<unknown>; close(): Promise<void> };

const S3rver = createRequire(import.meta.url)('s3rver') as Server;

/** Starts a server that keeps its bucket in a folder, which goes with it. */
export async function startS3(folder: string): Promise<S3Server> {
  const server = new S3rver({
    ...{ address: '127.0.0.1', port: 0, silent: true, directory: folder },
    configureBuckets: [{ name: 'photos', configs: [] }],
  });
  const { port } = (await server.run()) as AddressInfo;
  return {
    url: (prefix) => `s3://photos/${prefix}?endpoint=http://127.0.0.1:${port}`,
    env: { AWS_ACCESS_KEY_ID: 'S3RVER', AWS_SECRET_ACCESS_KEY: 'S3RVER' },
    async [Symbol.asyncDispose]() {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
