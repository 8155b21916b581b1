import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type RunningKith, startKith } from '../running-kith.ts';
import { assertError } from './expectations.ts';
import { listMisfits } from './misfits.ts';

const example = join(import.meta.dirname, 'pages/update-user.response.json');
const table = Object.keys(JSON.parse(readFileSync(example, 'utf8'))).filter(
  (name) => !name.includes('@'),
);

let kith: RunningKith;
let token: string;
before(async () => {
  kith = await startKith();
  token = await kith.token();
});
after(() => kith?.close());

test('the table of the page Update user has 63 properties', () => {
  assert.equal(table.length, 63);
});

for (const name of table) {
  const misfits = listMisfits(name);
  test(`${name} refuses ${misfits.length} values that do not fit its type, by name`, async () => {
    for (const { value, target } of misfits) {
      const what = JSON.stringify({ [name]: value });
      const reply = await kith.request('/localtest/me', { token, body: what });
      assert.equal(reply.status, 400, `${what} is answered ${reply.status} ${reply.text}`);
      assertError(reply, 400);
      const { error } = reply.json;
      // `{ value: 1 }` stands where a complex value could: then the unknown member is named.
      assert.ok([target, `${target}/value`].includes(error.target), `${what}: ${error.target}`);
      assert.ok(error.message.includes(name), error.message);
    }
  });
}

test('all these refusals have changed nothing', async () => {
  const { headers } = await kith.request('/localtest/me', { token });
  assert.equal(headers.etag, 'W/"1"');
});

/** What v1.0 and beta refuse beyond the types: members of enumerations and lengths. */
const strict: readonly (readonly [body: unknown, target: string])[] = [
  [
    { mailboxSettings: { automaticRepliesSetting: { status: 'String' } } },
    'mailboxSettings/automaticRepliesSetting/status',
  ],
  [
    { mailboxSettings: { workingHours: { daysOfWeek: ['String'] } } },
    'mailboxSettings/workingHours/daysOfWeek',
  ],
  [{ displayName: 'x'.repeat(257) }, 'displayName'],
  [{ givenName: 'x'.repeat(65) }, 'givenName'],
  [{ employeeId: 'x'.repeat(17) }, 'employeeId'],
  [{ deviceEnrollmentLimit: 6 }, 'deviceEnrollmentLimit'],
];

for (const root of ['v1.0', 'beta']) {
  for (const [body, target] of strict) {
    test(`/${root}/me refuses ${JSON.stringify(body).slice(0, 60)}`, async () => {
      const reply = await kith.request(`/${root}/me`, { token, body });
      assertError(reply, 400);
      assert.equal(reply.json.error.target, target);
    });
  }
}
