import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileModel } from '#model/compile.ts';
import { declarations } from '#model/declarations.ts';
import type { EntityType } from '#model/model.ts';
import type { Caller } from '#plan/caller.ts';
import { type FoundPage, nothingAsked, type Source } from '#plan/query.ts';
import type { Reader } from '#plan/store.ts';
import { readerFor } from './facet-reader.ts';

const model = compileModel(declarations, {}, 'store');
const tenant = { num: 1, id: 't', displayName: 'T', domains: [] };
const permissions: ReadonlySet<string> = new Set();
const caller: Caller = { tenant, user: 'u', app: 'a', permissions, isUnrestricted: false };

test('what is no facet is asked of the store as it was asked', () => {
  const page: FoundPage = { members: [], text: new Uint8Array([123]), count: 3, next: undefined };
  const asked: unknown[][] = [];
  const query: Reader['query'] = (...all) => {
    asked.push(all);
    return page;
  };
  const store = { reader: () => ({ query }) as unknown as Reader };
  const type = model.types.get('microsoft.graph.user') as EntityType;
  const source: Source = { kind: 'set', set: 'users', type };
  const words = [source, { ...nothingAsked, pageSize: 9 }, 'view', 'bare'] as const;
  assert.equal(readerFor(store, model, caller).query(...words), page);
  assert.deepEqual(asked, [words]);
});
