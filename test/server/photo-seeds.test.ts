import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { assertError } from '../contract/expectations.ts';
import { type RunningKith, runKith, startKith } from '../running-kith.ts';
import { describePicture, picture } from './pictures.ts';
import { makeScratchFolder } from './scratch-folder.ts';

const states = ['none', 'imageNotFound', 'itemNotFound', 'noMailbox', 'consumer', 'gif1x1'];
const idOf = (number: number) => `10000000-0000-4000-8000-00000000000${number}`;
const user = (number: number, more: object = {}) => ({
  ...{ '@set': 'users', id: idOf(number), displayName: `Person ${number}` },
  ...{ userPrincipalName: `person${number}@kith.example`, accountEnabled: true, ...more },
});

let scratch: Awaited<ReturnType<typeof makeScratchFolder>>;
let kith: RunningKith;
let token: string;
before(async () => {
  scratch = await makeScratchFolder();
  const seed = join(scratch.path, 'people.jsonl');
  const jpeg = await picture(300, 200).jpeg().toBuffer();
  await writeFile(join(scratch.path, 'seven.png'), await picture(700).png().toBuffer());
  const lines = [
    ...states.map((state, number) => user(number, { '@photoState': state })),
    user(7),
    { '@parent': `users('${idOf(7)}')/photo`, '@media': { file: 'seven.png' } },
    user(8),
    { '@parent': `users('${idOf(8)}')/photo`, '@media': { base64: jpeg.toString('base64') } },
  ];
  await writeFile(seed, lines.map((line) => JSON.stringify(line)).join('\n'));
  kith = await startKith({ flags: ['--seed', seed] });
  token = await kith.token({ user: idOf(7) });
});
after(async () => {
  await kith?.close();
  await scratch?.[Symbol.asyncDispose]();
});

const photoOf = (number: number) => `/v1.0/users/${idOf(number)}/photo`;

for (const [state, code] of [
  ['none', 'ErrorEntityNotFound'],
  ['imageNotFound', 'ImageNotFound'],
  ['itemNotFound', 'ErrorItemNotFound'],
  ['noMailbox', 'ResourceNotFound'],
  ['consumer', 'ConsumerPhotoIsNotSupported'],
] as const) {
  test(`a photo of the state ${state} is ${code}, with and without its bytes`, async () => {
    const photo = photoOf(states.indexOf(state));
    for (const path of [photo, `${photo}/$value`, `${photo}s/48x48`]) {
      const reply = await kith.request(path, { token });
      if (path.endsWith('48x48') && state === 'none') continue;
      assertError(reply, 404, code);
    }
  });
}

test('a photo of one pixel is described, as in the documentation, and has no bytes', async () => {
  const photo = photoOf(states.indexOf('gif1x1'));
  const { status, json } = await kith.request(photo, { token });
  assert.equal(status, 200);
  assert.deepEqual([json.id, json.height, json.width], ['1x1', 1, 1]);
  assert.equal(json['@odata.mediaContentType'], 'image/gif');
  assert.equal(json['@odata.mediaEtag'], '""');
  assertError(await kith.request(`${photo}/$value`, { token }), 404, 'ErrorEntityNotFound');
});

test('somebody without a mailbox has room for 100 KB, and a consumer for nothing', async () => {
  const small = await picture(100).jpeg().toBuffer();
  const large = Buffer.concat([small, Buffer.alloc(100 * 1024)]);
  const put = (number: number, body: Buffer) =>
    kith.request(`${photoOf(number)}/$value`, { method: 'PUT', token, body });
  const [mailbox, consumer] = [states.indexOf('noMailbox'), states.indexOf('consumer')];
  assertError(await put(mailbox, large), 404, 'ResourceNotFound');
  assertError(await put(consumer, small), 404, 'ConsumerPhotoIsNotSupported');
  assert.equal((await put(mailbox, small)).status, 200);
  assert.equal((await kith.request(photoOf(mailbox), { token })).json.id, '96x96');
});

test('images of a seed are photos in all their sizes', async () => {
  for (const [number, id, count] of [
    [7, '648x648', 9],
    [8, '120x120', 4],
  ] as const) {
    const photo = photoOf(number);
    assert.equal((await kith.request(photo, { token })).json.id, id);
    assert.equal((await kith.request(`${photo}s`, { token })).json.value.length, count);
    const { bytes } = await kith.request(`${photo}/48x48/$value`, { token });
    assert.equal((await describePicture(bytes)).width, 48);
  }
});

test('a seed with a photo that is no image, or a state that is none, says which line', async () => {
  for (const [line, reason] of [
    [{ '@parent': `users('${idOf(1)}')/photo`, '@media': { base64: 'bm90aGluZw==' } }, /no image/],
    [user(2, { '@photoState': 'lost' }), /'@photoState'.* gif1x1/],
  ] as const) {
    const seed = join(scratch.path, 'bad.jsonl');
    await writeFile(seed, `${JSON.stringify(user(1))}\n${JSON.stringify(line)}`);
    const data = join(scratch.path, 'bad');
    const { code, stderr } = await runKith(['--port', '0', '--data-dir', data, '--seed', seed]);
    assert.equal(code, 2, stderr);
    assert.match(stderr, reason);
    assert.match(stderr, /bad\.jsonl:2/);
  }
});
