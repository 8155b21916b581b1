import { createHash } from 'node:crypto';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { Refusal } from '#errors.ts';
import type { BlobPlace, TidyBlobs } from '#plan/blobs.ts';

const NAME = /^[\w-]{43}$/;
const PLACES: Readonly<Record<BlobPlace, string>> = { kept: 'blobs/', discarded: 'discarded/' };
/** How long a request to the storage may take, with those that are sent again. */
const PATIENCE_MS = 20_000;

/** Blobs in a bucket, until they are closed. */
export interface S3Blobs extends TidyBlobs, Disposable {}

/**
 * Opens a bucket of an S3-compatible storage: `s3://BUCKET/PREFIX?endpoint=URL&region=NAME`. Who is
 * asking comes from the environment, as in all programs that use the AWS SDK. Throws where the
 * bucket does not answer. `put` and `get` refuse with 503 what the storage does not do.
 */
export async function openS3Blobs(url: string): Promise<S3Blobs> {
  const { hostname: Bucket, pathname, searchParams } = new URL(url);
  const endpoint = searchParams.get('endpoint');
  const client = new S3Client({
    region: searchParams.get('region') ?? 'us-east-1',
    maxAttempts: 3,
    // Storages beside AWS know buckets by path, and no checksums that are not asked for.
    ...(endpoint ? { endpoint, forcePathStyle: true } : {}),
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  const folder = pathname.replace(/^\//, '').replace(/([^/])$/, '$1/');
  const keyOf = (name: string, place: BlobPlace) => `${folder}${PLACES[place]}${name}`;
  await client.send(new HeadBucketCommand({ Bucket }), patience());
  const get = async (name: string, place: BlobPlace): Promise<Uint8Array | undefined> => {
    const command = new GetObjectCommand({ Bucket, Key: keyOf(name, place) });
    try {
      const { Body } = await client.send(command, patience());
      return await Body?.transformToByteArray();
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  };
  const remove = (name: string, place: BlobPlace) =>
    client.send(new DeleteObjectCommand({ Bucket, Key: keyOf(name, place) }), patience());
  return {
    async put(bytes) {
      const name = createHash('sha256').update(bytes).digest('base64url');
      const Key = keyOf(name, 'kept');
      await client
        .send(new PutObjectCommand({ Bucket, Key, Body: bytes }), patience())
        .catch(refuse);
      return name;
    },
    async get(name) {
      if (!NAME.test(name)) return undefined;
      const kept = await get(name, 'kept').catch(refuse);
      return kept ?? get(name, 'discarded').catch(refuse);
    },
    list: (place) => list(client, { bucket: Bucket, prefix: `${folder}${PLACES[place]}` }),
    async move(name, to) {
      const from = to === 'kept' ? 'discarded' : 'kept';
      const CopySource = encodeURI(`${Bucket}/${keyOf(name, from)}`);
      const copy = new CopyObjectCommand({ Bucket, CopySource, Key: keyOf(name, to) });
      try {
        await client.send(copy, patience());
        await remove(name, from);
      } catch (error) {
        if (!isMissing(error)) refuse(error as Error);
      }
    },
    async remove(name) {
      await remove(name, 'discarded').catch(refuse);
    },
    [Symbol.dispose]: () => client.destroy(),
  };
}

async function* list(client: S3Client, { bucket, prefix }: { bucket: string; prefix: string }) {
  for (let token: string | undefined; ; ) {
    const page = new ListObjectsV2Command({
      ...{ Bucket: bucket, Prefix: prefix },
      ...(token === undefined ? {} : { ContinuationToken: token }),
    });
    const found = await client.send(page, patience()).catch(refuse);
    for (const { Key = '', LastModified } of found.Contents ?? []) {
      const name = Key.slice(prefix.length);
      if (NAME.test(name)) yield { name, since: LastModified?.getTime() ?? 0 };
    }
    token = found.NextContinuationToken;
    if (token === undefined) return;
  }
}

function patience() {
  return { abortSignal: AbortSignal.timeout(PATIENCE_MS) };
}

function refuse(cause: Error): never {
  const headers = { 'Retry-After': '5' };
  throw new Refusal('unavailable', 'The store of bytes does not answer.', { cause, headers });
}

function isMissing(error: unknown): boolean {
  const { name, $metadata: answer } = error as {
    name?: string;
    $metadata?: { httpStatusCode?: number };
  };
  return name === 'NoSuchKey' || answer?.httpStatusCode === 404;
}
