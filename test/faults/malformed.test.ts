import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { stores } from '../contract/stores.ts';
import type { RunningKith } from '../running-kith.ts';
import { openShop } from '../server/shop/open-shop.ts';
import { type MalformedRequest, makeMalformed } from './malformed-requests.ts';
import { makeMutated, ownRequests, shopRequests } from './mutated-requests.ts';

const SLOW_MS = 1_000;
const AT_ONCE = 8;
const isFull = process.env.KITH_TEST_FULL === '1';
/** A hundred thousand in all, three of five nearly right. */
const count = isFull ? 20_000 : 600;

for (const [index, store] of stores.entries()) {
  describe(`malformed input on ${store.name}`, () => {
    test(`${2 * count} malformed URLs and bodies are refused, soon, and end nothing`, async () => {
      await using kith = await store.open();
      const token = await kith.token();
      const strange = makeMalformed(count, 20_261 + index);
      await sendAll(kith, token, [...strange, ...makeMutated(ownRequests, count, 31_007 + index)]);
      // One of the requests may have signed the person out, or given them another name.
      const { status } = await kith.request('/v1.0/me', { token });
      assert.ok(status === 200 || status === 401, String(status));
    });
  });
}

describe('malformed input to another model', () => {
  test(`${count} nearly right requests are refused, soon, and end nothing`, async () => {
    await using kith = await openShop();
    await sendAll(kith, undefined, makeMutated(shopRequests, count, 42_421));
    assert.equal((await kith.request('/v1.0/Holidays')).status, 200);
  });
});

/** Sends all, a few at a time, and holds that each is answered as it should be. */
async function sendAll(
  kith: RunningKith,
  token: string | undefined,
  requests: MalformedRequest[],
): Promise<void> {
  const complaints: string[] = [];
  const work = async () => {
    for (let request = requests.pop(); request; request = requests.pop()) {
      const complaint = await complain(kith, token, request);
      if (complaint) complaints.push(`${complaint}: ${describeRequest(request)}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  assert.equal(complaints.length, 0, complaints.slice(0, 20).join('\n'));
  assert.ok(kith.isAlive());
  assert.equal((await kith.request('/_kith/ready')).status, 200);
  assert.ok(!/"level":(50|60)/.test(kith.log()), kith.log().slice(0, 2_000));
}

/** What is wrong with the answer to a malformed request, if anything is. */
async function complain(
  kith: RunningKith,
  token: string | undefined,
  { path, options }: MalformedRequest,
  isAgain = false,
): Promise<string | undefined> {
  const started = performance.now();
  const reply = await kith.request(path, { token, ...options }).catch((error: Error) => error);
  const took = performance.now() - started;
  if (reply instanceof Error) return `no answer (${reply.message})`;
  if (took > SLOW_MS) {
    // Other tests share the machine: what hangs does so again.
    const again = isAgain || (await complain(kith, token, { path, options }, true));
    return again ? `${Math.round(took)} ms` : undefined;
  }
  if (reply.status >= 500 && reply.status !== 501) return String(reply.status);
  if (reply.status < 400 || options.method === 'HEAD') return undefined;
  return reply.json?.error?.code ? undefined : `no error in ${reply.text.slice(0, 100)}`;
}

function describeRequest({ path, options: { method, headers, body } }: MalformedRequest): string {
  const start = Buffer.isBuffer(body) ? body.toString('hex') : String(body);
  return `${method} ${path} ${JSON.stringify(headers)} ${start.slice(0, 200)}`;
}
