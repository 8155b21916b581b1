import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { compileModel } from '#model/compile.ts';
import { encodeCsdlJson } from '#odata/metadata/csdl/encode-csdl-json.ts';
import { encodeCsdlXml } from '#odata/metadata/csdl/encode-csdl-xml.ts';
import { readCsdl } from '#odata/metadata/read/read-csdl.ts';

const models = join(import.meta.dirname, '../models');

function compile(text: string) {
  const { declarations, resources, service } = readCsdl(text);
  return compileModel(declarations, resources, 'store', service);
}

describe('CSDL JSON', () => {
  test('is read to what it was written from', () => {
    const first = compile(readFileSync(join(models, 'observatory.csdl.xml'), 'utf8'));
    const json = encodeCsdlJson(first);
    const second = compile(json);
    assert.equal(encodeCsdlJson(second), json);
    assert.deepEqual([...second.resources.keys()], [...first.resources.keys()]);
    // JSON has no paths but strings: what is acted on is the same all the same.
    assert.deepEqual(
      second.resources.get('People')?.capabilities,
      first.resources.get('People')?.capabilities,
    );
  });

  test('says the same as the XML that is written from it', () => {
    const json = readFileSync(join(models, 'bakery.csdl.json'), 'utf8');
    const first = compile(json);
    const second = compile(encodeCsdlXml(first));
    assert.equal(encodeCsdlXml(second), encodeCsdlXml(first));
    assert.deepEqual(
      second.resources.get('Goods')?.bindings,
      first.resources.get('Goods')?.bindings,
    );
  });

  for (const [what, text, says] of [
    ['a name', '{"$Version":"4.01",\n"S":{\n"1x":{"$Kind":"EntityType"}}}', /Line 3: .*'1x'/],
    ['a kind', '{"$Version":"4.01","S":{\n"T":{"$Kind":"Thing"}}}', /Line 2: 'T' .*'Thing'/],
    ['a version', '{"$Version":"3.0"}', /Version '3.0'/],
    [
      'a type',
      '{"$Version":"4.01","S":{"T":{"$Kind":"ComplexType",\n"P":{"$Type":"S.Q"}}}}',
      /Line 2: .*S\.Q/,
    ],
  ] as const) {
    test(`is refused for ${what}, with its line`, () => {
      assert.throws(() => compile(text), says);
    });
  }
});
