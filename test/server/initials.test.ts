import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import sharp from 'sharp';
import { type RunningContoso, startContoso } from '../clients/contoso.ts';
import { contoso } from '../clients/contoso-seed.ts';
import type { RequestOptions } from '../running-kith.ts';

const { ada, ben, native, tenant } = contoso;

let running: RunningContoso;
let token: string;

before(async () => {
  running = await startContoso({ flags: ['--mode', 'directory', '--initials'] });
  const answer = await running.kith.request(`/${tenant}/oauth2/v2.0/token`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      grant_type: 'password',
      client_id: native.id,
      ...{ username: ada.name, password: ada.password, scope: 'User.Read User.ReadWrite.All' },
    }).toString(),
  });
  token = answer.json.access_token;
});
after(() => running?.[Symbol.asyncDispose]());

function get(path: string, more: RequestOptions = {}) {
  return running.kith.request(`/v1.0/${path}`, { token, ...more });
}

/** How many colours a picture has: a plain ground has one, letters on it have more. */
async function coloursOf(bytes: Buffer): Promise<number> {
  const { data } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  return new Set(Array.from({ length: data.length / 3 }, (_, at) => data[at * 3]! >> 5)).size;
}

test('who has no photo is shown by initials, in every size and with a tag', async () => {
  const shown = await get(`users/${ben.id}/photo/$value`);
  assert.deepEqual([shown.status, shown.headers['content-type']], [200, 'image/jpeg']);
  const { width, height } = await sharp(shown.bytes).metadata();
  assert.deepEqual([width, height], [648, 648]);
  assert.ok((await coloursOf(shown.bytes)) > 2);
  const small = await get(`users/${ben.id}/photos/48x48/$value`);
  assert.equal((await sharp(small.bytes).metadata()).width, 48);
  assert.notEqual(small.headers.etag, shown.headers.etag);
  const headers = { 'If-None-Match': String(small.headers.etag) };
  assert.equal((await get(`users/${ben.id}/photos/48x48/$value`, { headers })).status, 304);
  const { json } = await get(`users/${ben.id}/photo`);
  assert.deepEqual([json.id, json.width, json.height], ['648x648', 648, 648]);
  assert.equal(json['@odata.mediaEtag'], shown.headers.etag);
  for (const path of ['photos/47x47/$value', 'photos/640x480', 'photos/none/$value']) {
    assert.equal((await get(`users/${ben.id}/${path}`)).status, 404, path);
  }
  const nobody = '4562bcc8-c436-4f95-b7c0-4f8ce89dca5e';
  assert.equal((await get(`users/${nobody}/photo`)).status, 404);
});

test('a photo of their own takes the place of the initials, and leaves it again', async () => {
  const initials = await get('me/photo/$value');
  const body = await sharp({
    create: { width: 64, height: 64, channels: 3, background: '#00ff00' },
  })
    .png()
    .toBuffer();
  const headers = { 'Content-Type': 'image/png' };
  const put = await get('me/photo/$value', { method: 'PUT', body, headers });
  assert.equal(put.status, 200, put.text);
  assert.notEqual((await get('me/photo/$value')).headers.etag, initials.headers.etag);
  assert.equal((await get('me/photo/$value', { method: 'DELETE' })).status, 200);
  assert.equal((await get('me/photo/$value')).headers.etag, initials.headers.etag);
});
