import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileModel } from '#model/compile.ts';
import { entityType, one, roots } from '#model/schema.ts';
import { functionOf } from '#model/schema-operations.ts';
import { graphService } from '#model/schema-service.ts';
import { encodeServiceDocument } from './encode-service-document.ts';

test('the service document lists sets, singletons and the functions that want to be listed', () => {
  const thing = { type: 'thing', roots };
  const result = { type: 'Edm.String', collection: false };
  const imported = { kind: 'function', operation: 'f', roots } as const;
  const model = compileModel(
    [entityType('thing', { key: ['id'], properties: { id: one('Edm.String') } })],
    {
      things: { ...thing, collection: true },
      hidden: { ...thing, collection: true, inServiceDocument: false },
      best: { ...thing, collection: false },
    },
    'v1.0',
    {
      ...graphService,
      operations: [functionOf('f', result, {})],
      imports: { f: { ...imported, inServiceDocument: true }, g: imported },
    },
  );
  assert.deepEqual(JSON.parse(encodeServiceDocument(model, 'https://a/v1.0')), {
    '@odata.context': 'https://a/v1.0/$metadata',
    value: [
      { name: 'things', kind: 'EntitySet', url: 'things' },
      { name: 'best', kind: 'Singleton', url: 'best' },
      { name: 'f', kind: 'FunctionImport', url: 'f' },
    ],
  });
});
