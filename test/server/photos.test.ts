import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertError } from '../contract/expectations.ts';
import { findSeeded } from '../contract/seeded.ts';
import { type Reply, type RequestOptions, type RunningKith, startKith } from '../running-kith.ts';
import { sendBatch } from './batch-requests.ts';
import { colourAt, describePicture, picture } from './pictures.ts';

const EDGES = [48, 64, 96, 120, 240, 360, 432, 504, 648];
const seeded = findSeeded();
const me = '/v1.0/me/photo';

let kith: RunningKith;
let token: string;
let jpeg: Buffer;
before(async () => {
  kith = await startKith();
  token = await kith.token();
  jpeg = await picture(700).jpeg().toBuffer();
});
after(() => kith?.close());

function ask(path: string, options: RequestOptions = {}): Promise<Reply> {
  return kith.request(path, { token, ...options });
}

function put(path: string, body: Uint8Array, headers: Record<string, string> = {}) {
  return ask(`${path}/$value`, { method: 'PUT', body, headers });
}

const places: readonly (readonly [path: string, status: number, sizes: string | undefined])[] = [
  [me, 200, '/v1.0/me/photos'],
  [`/v1.0/users/${seeded.ingrid}/photo`, 200, `/v1.0/users/${seeded.ingrid}/photos`],
  [`/v1.0/groups/${seeded.group}/photo`, 200, `/v1.0/groups/${seeded.group}/photos`],
  [`/v1.0/teams/${seeded.group}/photo`, 204, undefined],
  [`/v1.0/me/contacts/${seeded.contactWithoutPhoto}/photo`, 200, undefined],
  [
    `/beta/me/joinedGroups/${seeded.group}/photo`,
    200,
    `/beta/me/joinedGroups/${seeded.group}/photos`,
  ],
  [`/beta/me/joinedGroups/${seeded.group}/team/photo`, 204, undefined],
];

for (const [path, status, sizes] of places) {
  test(`${path} takes an image and gives it back in its sizes`, async () => {
    const written = await put(path, jpeg, { 'Content-Type': 'image/jpeg' });
    assert.equal(written.status, status, written.text);
    assert.equal(written.text, '');
    const shown = await ask(path);
    assert.equal(shown.status, 200, shown.text);
    assert.equal(shown.json.id, '648x648');
    assert.equal(shown.json['@odata.mediaContentType'], 'image/jpeg');
    assert.equal(shown.json['@odata.mediaEtag'], written.headers.etag);
    const value = await ask(`${path}/$value`);
    assert.equal(value.status, 200);
    assert.equal(value.headers.etag, written.headers.etag);
    assert.equal(value.headers['content-type'], 'image/jpeg');
    const edges = sizes ? EDGES : [48, 240];
    for (const edge of edges) {
      for (const id of [`${edge}x${edge}`, `${edge}X${edge}`]) {
        const from = sizes && id.includes('x') ? `${sizes}/${id}` : `${path}/${id}`;
        const size = await ask(from);
        assert.deepEqual([size.json.id, size.json.width], [`${edge}x${edge}`, edge], from);
        const bytes = await ask(`${from}/$value`);
        assert.equal(bytes.headers.etag, size.json['@odata.mediaEtag']);
        const { width, height, format, isBare } = await describePicture(bytes.bytes);
        assert.deepEqual([width, height, format, isBare], [edge, edge, 'jpeg', true], from);
      }
    }
    if (!sizes) return;
    const list = await ask(sizes);
    const ids = list.json.value.map(({ id }: { id: string }) => id);
    assert.deepEqual(
      ids,
      EDGES.map((edge) => `${edge}x${edge}`),
    );
  });
}

test('the sizes of a photo are filtered, ordered, chosen from and counted', async () => {
  const url = '/v1.0/me/photos';
  const list = await ask(
    `${url}?$filter=height%20gt%20400&$orderby=height%20desc&$select=id&$top=2`,
  );
  assert.deepEqual(
    list.json.value.map(({ id }: { id: string }) => id),
    ['648x648', '504x504'],
  );
  const rest = await ask(list.json['@odata.nextLink'].replace(kith.origin, ''));
  assert.deepEqual(
    rest.json.value.map(({ id }: { id: string }) => id),
    ['432x432'],
  );
  assert.equal(rest.json['@odata.nextLink'], undefined);
  assert.equal((await ask(`${url}/$count`)).text, '9');
});

test('an upload has the sizes up to its own, cut to squares', async () => {
  await put(me, await picture(900, 504, { x: 0.8, y: 0.5 }).png().toBuffer());
  const list = await ask('/v1.0/me/photos');
  const ids = list.json.value.map(({ id }: { id: string }) => id);
  assert.deepEqual(
    ids,
    EDGES.slice(0, -1).map((edge) => `${edge}x${edge}`),
  );
  assertError(await ask('/v1.0/me/photos/648x648'), 404, 'ErrorEntityNotFound');
  const value = await ask('/v1.0/me/photo/240x240/$value');
  const [red] = await colourAt(value.bytes, 0.6, 0.5);
  assert.ok(red! > 150, `the disc at the right is in the middle of the cut: ${red}`);
});

test('an image smaller than the least square is the photo itself', async () => {
  await put(me, await picture(30, 20).webp().toBuffer());
  const shown = await ask(me);
  assert.deepEqual([shown.json.id, shown.json.width, shown.json.height], ['30x20', 30, 20]);
  const { width, height } = await describePicture((await ask(`${me}/$value`)).bytes);
  assert.deepEqual([width, height], [30, 20]);
});

for (const format of ['jpeg', 'png', 'webp', 'gif', 'avif'] as const) {
  test(`${format} comes in and JPEG goes out, whatever the request says it is`, async () => {
    const bytes = await picture(100).toFormat(format).toBuffer();
    for (const type of ['application/json', 'application/octet-stream', 'text/plain']) {
      const written = await put(me, bytes, { 'Content-Type': type });
      assert.equal(written.status, 200, written.text);
    }
    const patched = await ask(`${me}/$value`, { method: 'PATCH', body: bytes });
    assert.equal(patched.status, 200, patched.text);
    const { width, format: sent } = await describePicture((await ask(`${me}/$value`)).bytes);
    assert.deepEqual([width, sent], [96, 'jpeg']);
  });
}

test('orientation is honoured, colours become sRGB, and nothing else survives', async () => {
  const turned = await picture(200, 100, { x: 0.1, y: 0.5 })
    .withExif({ IFD0: { Copyright: 'secret-owner' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
  const polyglot = Buffer.concat([turned, Buffer.from('PK\x03\x04<script>secret-zip</script>')]);
  assert.equal((await put(me, polyglot)).status, 200);
  await ask(me, { body: { width: 100, height: 200 } });
  const value = await ask(`${me}/$value`);
  assert.deepEqual(await describePicture(value.bytes), {
    ...{ format: 'jpeg', width: 100, height: 200, isBare: true, space: 'srgb' },
  });
  assert.ok((await colourAt(value.bytes, 0.5, 0.1))[0]! > 150, 'what was left is above');
  assert.ok(!value.bytes.includes('secret'));
});

test('a colour profile is applied before it goes', async () => {
  const cmyk = await picture(64).toColourspace('cmyk').withIccProfile('cmyk').jpeg().toBuffer();
  await put(me, cmyk);
  const value = await ask(`${me}/$value`);
  const [red, green, blue] = await colourAt(value.bytes, 0.5, 0.5);
  assert.ok(red! > 180 && green! > 130 && blue! < 110, `${red} ${green} ${blue}`);
});

test('a photo is rendered at the size that it is given, from what was uploaded', async () => {
  await put(me, jpeg);
  await ask(me, { body: { width: 50, height: 60 } });
  const changed = await ask(me, { body: { height: 600, width: 500 } });
  assert.equal(changed.status, 200, changed.text);
  assert.equal(changed.json.id, '500x600');
  const value = await ask(`${me}/$value`);
  assert.equal(value.headers.etag, changed.json['@odata.mediaEtag']);
  const { width, height } = await describePicture(value.bytes);
  assert.deepEqual([width, height], [500, 600]);
  const size = await ask('/v1.0/me/photos/240x240', { body: { height: 20, width: 10 } });
  assert.equal(size.json.id, '10x20');
  const small = await describePicture((await ask('/v1.0/me/photos/10x20/$value')).bytes);
  assert.deepEqual([small.width, small.height], [10, 20]);
});

test('a photo that is only declared has no bytes until they come', async () => {
  const path = `/v1.0/users/${seeded.ingrid}/photo`;
  assert.equal((await ask(`${path}/$value`, { method: 'DELETE' })).status, 200);
  assertError(await ask(`${path}/$value`), 404, 'ErrorEntityNotFound');
  assertError(await ask(path), 404, 'ErrorEntityNotFound');
  assertError(await ask(`${path}/$value`, { method: 'DELETE' }), 404, 'ErrorEntityNotFound');
  assert.deepEqual((await ask(`${path}s`)).json.value, []);
  assert.equal((await ask(path, { body: { height: 6, width: 5 } })).status, 200);
  assert.equal((await ask(path)).json['@odata.mediaEtag'], undefined);
  assertError(await ask(`${path}/$value`), 404, 'ErrorEntityNotFound');
  assertError(await ask(`${path}s/48x48`), 404, 'ErrorEntityNotFound');
  assert.equal((await put(path, jpeg)).status, 200);
  assert.equal((await ask(path)).json.id, '648x648');
  assert.equal((await ask(path, { method: 'DELETE' })).status, 204);
  assertError(await ask(path), 404, 'ErrorEntityNotFound');
});

test('what a client has is not sent again, and a part where a part is wanted', async () => {
  await put(me, jpeg);
  const value = await ask(`${me}/$value`);
  const etag = value.headers.etag!;
  assert.match(etag, /^"[^"]+"$/);
  for (const known of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
    const reply = await ask(`${me}/$value`, { headers: { 'If-None-Match': known } });
    assert.deepEqual([reply.status, reply.bytes.length], [304, 0]);
  }
  const head = await ask(`${me}/$value`, { method: 'HEAD' });
  assert.equal(head.headers['content-length'], String(value.bytes.length));
  const { length } = value.bytes;
  for (const [range, first, last] of [
    ['bytes=0-9', 0, 9],
    ['bytes=-10', length - 10, length - 1],
    [`bytes=${length - 1}-`, length - 1, length - 1],
    ['bytes=5-99999999', 5, length - 1],
  ] as const) {
    const part = await ask(`${me}/$value`, { headers: { Range: range, 'If-Range': etag } });
    assert.equal(part.status, 206, range);
    assert.equal(part.headers['content-range'], `bytes ${first}-${last}/${length}`);
    assert.deepEqual(part.bytes, value.bytes.subarray(first, last + 1));
  }
  const behind = await ask(`${me}/$value`, { headers: { Range: `bytes=${length}-` } });
  assertError(behind, 416, 'InvalidRange');
  const others = [{ Range: 'bytes=0-1,4-5' }, { Range: 'lines=1-2' }, { Range: 'bytes=9-2' }];
  for (const headers of [...others, { Range: 'bytes=0-9', 'If-Range': '"old"' }]) {
    assert.equal((await ask(`${me}/$value`, { headers })).status, 200);
  }
  const refused = await put(me, jpeg, { 'If-Match': '"old"' });
  assertError(refused, 412, 'PreconditionFailed');
  assert.equal((await put(me, jpeg, { 'If-Match': etag })).status, 200);
});

test('photos go through a batch as base64', async () => {
  const answers = await sendBatch(kith, [
    {
      id: '1',
      method: 'PUT',
      url: '/me/photo/$value',
      headers: { 'Content-Type': 'image/jpeg' },
      body: jpeg.toString('base64'),
    },
    { id: '2', method: 'GET', url: '/me/photos/64x64/$value', dependsOn: ['1'] },
    {
      id: '3',
      method: 'PUT',
      url: `/users/${seeded.ingrid}/photo/$value`,
      dependsOn: ['2'],
      headers: { 'Content-Type': 'application/json' },
      body: jpeg.toString('base64'),
    },
  ]);
  assert.equal(answers.get('1')!.status, 200);
  assert.equal(answers.get('3')!.status, 200);
  assert.equal(answers.get('2')!.headers['Content-Type'], 'image/jpeg');
  const { width } = await describePicture(Buffer.from(answers.get('2')!.body, 'base64'));
  assert.equal(width, 64);
});

test('photos in an atomic group come all or not at all', async () => {
  const photo = (id: string, url: string, body: Buffer) => ({
    ...{ id, method: 'PUT', url, atomicityGroup: 'g', body: body.toString('base64') },
    headers: { 'Content-Type': 'image/jpeg' },
  });
  const before = (await ask(me)).json['@odata.mediaEtag'];
  const other = await picture(300).jpeg().toBuffer();
  const failing = await sendBatch(kith, [
    photo('1', '/me/photo/$value', other),
    photo('2', `/users/${seeded.ingrid}/photo/$value`, Buffer.from('no image')),
  ]);
  assert.equal(failing.get('2')!.status, 415);
  assert.equal((await ask(me)).json['@odata.mediaEtag'], before);
  await sendBatch(kith, [photo('1', '/me/photo/$value', other)]);
  assert.equal((await ask(me)).json.id, '240x240');
  assert.equal((await describePicture((await ask(`${me}/$value`)).bytes)).width, 240);
});

test('a photo of somebody who is not there, or of a group of others, is refused', async () => {
  const nobody = '00000000-0000-4000-8000-00000000dead';
  assert.equal((await put(`/v1.0/users/${nobody}/photo`, jpeg)).status, 404);
  assert.equal((await put(`/v1.0/me/contacts/${nobody}/photo`, jpeg)).status, 404);
  const group = `/beta/me/joinedGroups/${seeded.groupOfOthers}/photo`;
  assert.equal((await put(group, jpeg)).status, 404);
  const weak = await kith.token({ user: 'mira@fernhollow.example', scopes: ['User.Read'] });
  const refused = await ask(`${me}/$value`, { method: 'PUT', body: jpeg, token: weak });
  assertError(refused, 403, 'Authorization_RequestDenied');
  assert.equal((await ask(`${me}/$value`, { token: weak })).status, 200);
  const one = `/v1.0/users/${seeded.ingrid}/photo/$value`;
  assertError(await ask(one, { token: weak }), 403, 'Authorization_RequestDenied');
  assert.equal(
    (await ask('/v1.0/me/photos/48x48/$value', { method: 'PUT', body: jpeg })).status,
    405,
  );
});

test('the people of the company have drawn photos, the same at every reading', async () => {
  const { json } = await ask('/v1.0/users?$top=50&$select=id');
  const photos = await Promise.all(
    json.value.map(({ id }: { id: string }) => ask(`/v1.0/users/${id}/photos/48x48/$value`)),
  );
  const found = photos.filter(({ status }) => status === 200);
  assert.ok(found.length > 20 && found.length < 45, `${found.length} of 50 have photos`);
  assert.equal((await describePicture(found[0].bytes)).width, 48);
  assert.ok(new Set(found.map(({ text }) => text)).size > found.length / 2);
  assert.ok(found.every(({ bytes }) => bytes.length < 4096));
});
