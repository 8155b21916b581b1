import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';
import { type RunningKith, startKith } from '../running-kith.ts';
import { colourAt } from '../server/pictures.ts';
import { makeScratchFolder } from '../server/scratch-folder.ts';

/** When the server is killed, in milliseconds behind the start of an upload. */
const MOMENTS = process.env.KITH_TEST_FULL
  ? Array.from({ length: 50 }, (_, number) => number * 8)
  : [40, 'acknowledged'];
const photo = '/v1.0/me/photo';
const colours = [
  { r: 200, g: 20, b: 20 },
  { r: 20, g: 20, b: 200 },
];

/** Which of the two pictures every size is; fails where they differ. */
async function shownColour(kith: RunningKith, token: string): Promise<number> {
  const list = await kith.request(`${photo}s`, { token });
  const sizes = list.json.value as { id: string; '@odata.mediaEtag': string }[];
  assert.equal(sizes.length, 9, list.text);
  const seen = new Set<number>();
  for (const { id, '@odata.mediaEtag': tag } of sizes) {
    const reply = await kith.request(`${photo}s/${id}/$value`, { token });
    assert.equal(reply.headers.etag, tag);
    const [red, , blue] = await colourAt(reply.bytes, 0.5, 0.5);
    seen.add(red! > blue! ? 0 : 1);
  }
  assert.equal(seen.size, 1, 'all sizes are of one picture');
  return [...seen][0]!;
}

test('a server that is killed during an upload has the old photo or the new one', async (t) => {
  await using scratch = await makeScratchFolder();
  const pictures = await Promise.all(
    colours.map((background) =>
      sharp({ create: { width: 1600, height: 1200, channels: 3, background } })
        .png()
        .toBuffer(),
    ),
  );
  const options = { dataDir: join(scratch.path, 'data') };
  let kith = await startKith(options);
  try {
    let token = await kith.token();
    const put = (which: number) =>
      kith.request(`${photo}/$value`, { method: 'PUT', token, body: pictures[which]! });
    assert.equal((await put(0)).status, 200);
    let before = 0;
    let changed = 0;
    for (const moment of MOMENTS) {
      const next = 1 - before;
      const sent = put(next).then(
        ({ status }) => status === 200,
        () => false,
      );
      const isAcknowledged =
        moment === 'acknowledged'
          ? await sent
          : (await Promise.race([sent, sleep(Number(moment))])) === true;
      await kith.kill();
      kith = await startKith(options);
      token = await kith.token();
      const after = await shownColour(kith, token);
      if (isAcknowledged) assert.equal(after, next, 'what was acknowledged is there');
      changed += after === next ? 1 : 0;
      before = after;
    }
    t.diagnostic(`${changed} of ${MOMENTS.length} uploads had become durable`);
  } finally {
    await kith.close();
  }
});

test('sizes that a kill has cut short are made after the next start', async () => {
  await using scratch = await makeScratchFolder();
  const options = { dataDir: join(scratch.path, 'data') };
  const noise = { type: 'gaussian', mean: 128, sigma: 30 } as const;
  const large = await sharp({
    create: { width: 1500, height: 1500, channels: 3, background: '#888', noise },
  })
    .jpeg({ quality: 80 })
    .toBuffer();
  const first = await startKith(options);
  const token = await first.token();
  const written = await first.request(`${photo}/$value`, { method: 'PUT', token, body: large });
  assert.equal(written.status, 200);
  await first.kill();
  const database = new DatabaseSync(join(options.dataDir, 'kith.sqlite'), { readOnly: true });
  const count = (sql: string) => Number(database.prepare(sql).get()!.total);
  const tasks = () => count('SELECT count(*) AS total FROM kith_task');
  const begun = tasks();
  const second = await startKith(options);
  try {
    for (let wait = 0; wait < 200 && tasks() > 0; wait++) await sleep(50);
    assert.equal(tasks(), 0, `there were ${begun}`);
    // The master and nine squares.
    assert.equal(count('SELECT count(*) AS total FROM kith_media'), 10);
  } finally {
    database.close();
    await second.close();
  }
});
