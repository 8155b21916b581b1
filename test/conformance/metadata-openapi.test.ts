import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import { findPermissions } from '#model/permissions.ts';
import { encodeOpenApi } from '#odata/metadata/openapi/encode-openapi.ts';
import { models } from './metadata-models.ts';

for (const [name, model] of models) {
  for (const find of [findPermissions, undefined]) {
    const all = find ? 'what is served' : 'everything';
    test(`${name}: OpenAPI of ${all} is valid under the schema of OpenAPI 3.1`, async () => {
      const document = JSON.parse(encodeOpenApi(model, `https://localhost/${name}`, find));
      const { valid, errors } = await new Validator().validate(document);
      assert.ok(valid, JSON.stringify(errors));
    });
  }
}
