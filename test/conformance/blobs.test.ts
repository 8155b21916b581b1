import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Refusal } from '#errors.ts';
import type { Log } from '#log.ts';
import type { BlobPlace, TidyBlobs } from '#plan/blobs.ts';
import { cacheBlobs } from '#store/blob-cache.ts';
import { openBlobFolder } from '#store/blob-folder.ts';
import { BlobSweep } from '#store/blob-sweep.ts';
import { openS3Blobs } from '#store/s3-blobs.ts';
import { type S3Server, startS3 } from '../s3-server.ts';

const HOUR = 3_600_000;
const bytes = (text: string) => new TextEncoder().encode(text);
const EMPTY = '47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU';

let folder: string;
let s3: S3Server;
let number = 0;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kith-blobs-'));
  s3 = await startS3(join(folder, 's3'));
  Object.assign(process.env, s3.env);
});
after(async () => {
  await s3?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const kinds: readonly (readonly [name: string, open: () => Promise<TidyBlobs>])[] = [
  ['a folder', () => openBlobFolder(join(folder, `blobs-${number++}`))],
  ['a bucket', () => openS3Blobs(s3.url(`kith-${number++}`))],
];

async function namesAt(blobs: TidyBlobs, place: BlobPlace): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of blobs.list(place)) names.push(name);
  return names.sort();
}

for (const [kind, open] of kinds) {
  describe(`bytes in ${kind}`, () => {
    test('are given by their hash, and put again for nothing', async () => {
      const blobs = await open();
      assert.equal(await blobs.put(new Uint8Array()), EMPTY);
      assert.equal(await blobs.put(new Uint8Array()), EMPTY);
      const name = await blobs.put(bytes('a picture'));
      assert.deepEqual(Buffer.from((await blobs.get(name))!), Buffer.from('a picture'));
      assert.equal((await blobs.get(EMPTY))?.length, 0);
      assert.deepEqual(await namesAt(blobs, 'kept'), [EMPTY, name].sort());
    });

    test('have no name of another shape', async () => {
      const blobs = await open();
      for (const name of ['', 'x', '../secret', '/../../secret'.padStart(43, '.'), EMPTY]) {
        assert.equal(await blobs.get(name), undefined, name);
      }
    });

    test('are swept in two steps when nobody names them, and come back if need be', async () => {
      const blobs = await open();
      const [used, orphan, late] = await Promise.all(
        ['used', 'orphan', 'late'].map((text) => blobs.put(bytes(text))),
      );
      const named = new Set([used!]);
      const store = {
        usedBlobs: async (names: readonly string[]) =>
          new Set(names.filter((name) => named.has(name))),
      };
      let now = 0;
      for await (const { since } of blobs.list('kept')) now = Math.max(now, since);
      const sweep = new BlobSweep({ blobs, store, graceMs: HOUR, blobsMax: 100 });
      await sweep.run(now + HOUR / 2);
      assert.deepEqual(await namesAt(blobs, 'kept'), [used, orphan, late].sort());
      await sweep.run(now + 1.1 * HOUR);
      assert.deepEqual(await namesAt(blobs, 'kept'), [used]);
      assert.deepEqual(await namesAt(blobs, 'discarded'), [orphan, late].sort());
      assert.equal(Buffer.from((await blobs.get(orphan!))!).toString(), 'orphan');
      named.add(late!);
      await sweep.run(now + 3 * HOUR);
      assert.deepEqual(await namesAt(blobs, 'kept'), [used, late].sort());
      assert.deepEqual(await namesAt(blobs, 'discarded'), []);
      assert.equal(await blobs.get(orphan!), undefined);
      assert.equal(Buffer.from((await blobs.get(late!))!).toString(), 'late');
    });

    test('are swept a part at a time, each run where the last one ended', async () => {
      const blobs = await open();
      for (const text of 'abcde') await blobs.put(bytes(text));
      const asked: string[] = [];
      const usedBlobs = async (names: readonly string[]) => {
        asked.push(...names);
        return new Set(names);
      };
      const sweep = new BlobSweep({ blobs, store: { usedBlobs }, graceMs: 0, blobsMax: 2 });
      for (const seen of [2, 4, 5, 7]) {
        await sweep.run(Number.MAX_SAFE_INTEGER);
        assert.equal(asked.length, seen);
      }
      assert.equal(new Set(asked).size, 5);
    });

    test('that are discarded and put again are kept again', async () => {
      const blobs = await open();
      const name = await blobs.put(bytes('again'));
      await blobs.move(name, 'discarded');
      await blobs.put(bytes('again'));
      await blobs.remove(name);
      assert.equal(Buffer.from((await blobs.get(name))!).toString(), 'again');
      await blobs.move(EMPTY, 'discarded');
    });
  });
}

test('a bucket that is not there, or does not answer, is refused', async () => {
  const elsewhere = s3.url('x').replace('photos', 'other');
  await assert.rejects(openS3Blobs(elsewhere));
  const blobs = await openS3Blobs(s3.url('gone'));
  const name = await blobs.put(bytes('x'));
  const gone = await startS3(join(folder, 'gone'));
  const lost = await openS3Blobs(gone.url('x'));
  await gone[Symbol.asyncDispose]();
  await assert.rejects(
    Promise.resolve(lost.get(name)),
    (error) => error instanceof Refusal && error.refusal === 'unavailable',
  );
});

test('what was asked for last is at hand, up to a limit, and damage is not given', async () => {
  const path = join(folder, `blobs-${number++}`);
  const kept = await openBlobFolder(path);
  const errors: unknown[] = [];
  const log = { error: (each: unknown) => errors.push(each) } as unknown as Log;
  const blobs = cacheBlobs(kept, log, 320);
  const [one, ...others] = await Promise.all(
    Array.from({ length: 41 }, (_, number) => blobs.put(bytes(`bytes${number + 100}`))),
  );
  const large = await blobs.put(bytes('more than ten'));
  assert.ok(blobs.get(one!) instanceof Promise);
  await blobs.get(one!);
  assert.ok(!(blobs.get(one!) instanceof Promise));
  for (const name of others) await blobs.get(name);
  assert.ok(blobs.get(one!) instanceof Promise, 'the oldest one is gone');
  await blobs.get(large);
  assert.ok(blobs.get(large) instanceof Promise, 'what is large is not remembered');
  const lying: TidyBlobs = { ...kept, get: async () => bytes('other') };
  assert.equal(await cacheBlobs(lying, log).get(one!), undefined);
  assert.deepEqual(errors, [{ blob: one }]);
});
