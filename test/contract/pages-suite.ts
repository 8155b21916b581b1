import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Root } from '#model/schema.ts';
import type { Reply, RunningKith } from '../running-kith.ts';
import { assertComputed, computedNames } from './computed-members.ts';
import { assertIncludes, withoutAnnotations } from './expectations.ts';
import { listRoutes, type Page, type Route } from './routes.ts';
import { findSeeded } from './seeded.ts';
import type { StoreKind } from './stores.ts';

/** The five pages' examples, word for word, on one kind of store. */
export function describePages(store: StoreKind): void {
  describe(`the pages' examples on ${store.name}`, () => {
    let kith: RunningKith;
    before(async () => {
      kith = await store.open();
    });
    after(() => kith?.close());
    for (const route of listRoutes(findSeeded())) {
      for (const root of new Set([route.page.root, 'localtest'] as const)) {
        test(`PATCH /${root}${route.printed} answers as the page ${route.page.name} shows`, () =>
          playExample(kith, route, root));
      }
    }
  });
}

async function playExample(kith: RunningKith, route: Route, root: Root): Promise<void> {
  await kith.request('/_kith/reset', { method: 'POST' });
  const token = await kith.token();
  const { page, path, readPath } = route;
  const patched = await kith.request(`/${root}${path}`, { token, body: page.request });
  assert.equal(patched.status, 200, patched.text.slice(0, 500));
  assertShown(patched, page);
  assertControl(patched, `${kith.origin}/${root}/$metadata#${route.context}`);
  const read = await kith.request(`/${root}${readPath}`, { token });
  assert.equal(read.status, 200, read.text.slice(0, 500));
  assertControl(read, `${kith.origin}/${root}/$metadata#${route.context}`);
  assert.equal(read.headers.etag, patched.headers.etag);
  assertSame(read, patched, root);
}

/** Stored members have the values sent, computed ones true values, and the id is the server's. */
function assertShown({ json }: Reply, { name, response }: Page): void {
  const { id, ...members } = response;
  assert.equal(typeof json.id, 'string');
  assert.notEqual(json.id, id);
  const isComputed = (each: string) =>
    name === 'update-decorated-profile' && computedNames.has(each);
  const stored = Object.entries(members).filter(([each]) => !isComputed(each));
  assertIncludes(json, Object.fromEntries(stored));
  if (name !== 'update-decorated-profile') return;
  assertComputed(json, Object.keys(response));
  assertIncludes(json, {
    connected: true,
    connectionDegree: 'DISTANCE_1',
    // Present only between people who are not connected.
    invitationSentFromViewer: null,
    viewerCanConnectViewee: false,
  });
}

function assertControl({ json, headers }: Reply, context: string): void {
  assert.equal(json['@odata.context'], context);
  assert.match(headers['content-type'] ?? '', /^application\/json/);
  assert.match(headers.etag ?? '', /^W\/"\d+"$/);
  assert.equal(json['@odata.etag'], headers.etag);
}

/** A password is shown by the answer to its own PATCH and never again. */
function assertSame(read: Reply, patched: Reply, root: Root): void {
  const expected = structuredClone(patched.json);
  if (expected.passwordProfile) delete expected.passwordProfile.password;
  if (root === 'localtest') assert.deepEqual(read.json, expected);
  else assert.deepEqual(withoutAnnotations(read.json), withoutAnnotations(expected));
}
