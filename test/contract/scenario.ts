import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Reply, RunningKith } from '../running-kith.ts';
import { assertError, assertIncludes } from './expectations.ts';

/** One row of a table: who asks what, the answer, what must be there and what must not. */
export interface Scenario {
  readonly name: string;
  /** The token to ask for; Mira with every scope when nothing is said. */
  readonly as?: object;
  readonly method?: string;
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** PATCH bodies sent to the same path before, each answered with 200. */
  readonly before?: readonly unknown[];
  readonly status: number;
  /** What the answer includes; of an error, its `error` object. */
  readonly has?: Readonly<Record<string, unknown>>;
  /** Members that the answer does not have, and texts that stand nowhere in it. */
  readonly hasNot?: readonly string[];
  /** What a GET of the path, or of another one, shows afterwards. */
  readonly afterwards?: { readonly path?: string; readonly has: Readonly<Record<string, unknown>> };
}

/** Makes a test of each row; each starts from the seeded company. */
export function testScenarios(kith: () => RunningKith, scenarios: readonly Scenario[]): void {
  for (const scenario of scenarios) test(scenario.name, () => play(kith(), scenario));
}

async function play(kith: RunningKith, scenario: Scenario): Promise<void> {
  await kith.request('/_kith/reset', { method: 'POST' });
  const { path, before = [], method, body, headers = {} } = scenario;
  const token = await kith.token(scenario.as);
  for (const earlier of before) {
    const reply = await kith.request(path, { token, body: earlier });
    assert.equal(reply.status, 200, reply.text.slice(0, 500));
  }
  const wanted = { token, headers, body, ...(method === undefined ? {} : { method }) };
  check(await kith.request(path, wanted), scenario);
  if (!scenario.afterwards) return;
  const after = await kith.request(scenario.afterwards.path ?? path, { token });
  assert.equal(after.status, 200, after.text.slice(0, 500));
  assertIncludes(after.json, scenario.afterwards.has, 'a GET afterwards');
}

function check(reply: Reply, { status, has, hasNot = [] }: Scenario): void {
  if (status >= 400) assertError(reply, status);
  assert.equal(reply.status, status, reply.text.slice(0, 500));
  if (has) assertIncludes(status >= 400 ? reply.json.error : reply.json, has);
  for (const unwanted of hasNot) {
    assert.ok(!(unwanted in (reply.json ?? {})), `The answer has ${unwanted}.`);
    assert.ok(!reply.text.includes(`"${unwanted}"`), `The answer tells ${unwanted}.`);
  }
}
