import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileModel } from '#model/compile.ts';
import { declarations } from '#model/declarations.ts';
import { findPermissions, permissionRows } from '#model/permissions.ts';
import { resources } from '#model/resources.ts';
import { encodeOpenApi } from './encode-openapi.ts';

interface Operation {
  readonly operationId: string;
  readonly security?: readonly Record<string, readonly string[]>[];
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Record<string, unknown>>> };
}

const model = compileModel(declarations, resources, 'localtest');
const served = JSON.parse(encodeOpenApi(model, 'https://a/localtest', findPermissions)) as Document;
const whole = JSON.parse(encodeOpenApi(model, 'https://a/localtest')) as Document;

function list(document: Document): string[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
}

test('every operation that has permissions is there, and no other', () => {
  const templates = list(served).map((operation) =>
    operation.replaceAll(/\{[^}]+\}/g, '{id}').replace(/\(\)$/, ''),
  );
  const shown = permissionRows
    .map(({ operation }) => operation)
    .filter((each) => templates.includes(each));
  assert.deepEqual(templates.toSorted(), shown.toSorted());
  assert.ok(shown.includes('PATCH /me/joinedGroups/{id}/team/photo'));
});

test('each permission is enough by itself, for people and for applications', () => {
  const { security } = served.paths['/groups/{group-id}/photo']!.patch!;
  assert.deepEqual(security, [
    { delegated: ['ProfilePhoto.ReadWrite.All'] },
    { delegated: ['Group.ReadWrite.All'] },
    { application: ['ProfilePhoto.ReadWrite.All'] },
    { application: ['Group.ReadWrite.All'] },
  ]);
});

test('without permissions everything that the model suggests is there', () => {
  const all = list(whole);
  for (const operation of [
    'GET /users',
    'POST /users',
    'DELETE /users/{user-id}',
    'GET /users/$count',
  ]) {
    assert.ok(all.includes(operation), operation);
  }
  assert.ok(!all.includes('DELETE /me'));
});

test('operations have names of their own', () => {
  const names = Object.values(whole.paths).flatMap((each) =>
    Object.values(each).map(({ operationId }) => operationId),
  );
  assert.equal(new Set(names).size, names.length);
});

test('schemas say what the declarations say', () => {
  const user = served.components.schemas['microsoft.graph.user'] as unknown as {
    readonly allOf: readonly [unknown, { readonly properties: Readonly<Record<string, unknown>> }];
  };
  const { properties } = user.allOf[1];
  assert.deepEqual(properties.accountEnabled, { type: ['boolean', 'null'] });
  assert.deepEqual(properties.deviceEnrollmentLimit, {
    type: 'integer',
    format: 'int32',
    enum: [5, 1000],
    default: 5,
  });
  assert.deepEqual(properties.businessPhones, { type: 'array', items: { type: 'string' } });
});
