import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import { validateXML } from 'xmllint-wasm';
import { encodeCsdlJson } from '#odata/metadata/csdl/encode-csdl-json.ts';
import { encodeCsdlXml } from '#odata/metadata/csdl/encode-csdl-xml.ts';
import { compileCsdl, models } from './metadata-models.ts';

type Convert = (
  xml: string,
  options: { readonly strict: boolean; readonly messages: unknown[] },
) => unknown;

const require = createRequire(import.meta.url);
const { xml2json } = require('odata-csdl') as { readonly xml2json: Convert };
const schemaFolder = join(require.resolve('odata-csdl'), '..', '..', 'schemas');

function readSchema(fileName: string): string {
  return readFileSync(join(schemaFolder, fileName), 'utf8');
}

/**
 * Each format refers to the vocabularies in its own format; the converter gives SRIDs as numbers,
 * where the specification and the JSON schema have strings.
 */
function normalize(json: string): unknown {
  return JSON.parse(
    json
      .replaceAll(/(vocabularies\/[\w.]+)\.xml/g, '$1.json')
      .replaceAll(/"\$SRID":(\d+)/g, '"$SRID":"$1"'),
  );
}

const validateJson = new Ajv({ strict: false, unicodeRegExp: true }).compile(
  JSON.parse(readSchema('csdl.schema.json')),
);

for (const [name, model] of models) {
  const xml = encodeCsdlXml(model);
  const jsonText = encodeCsdlJson(model);
  const json = JSON.parse(jsonText) as unknown;

  test(`${name}: CSDL XML and CSDL JSON say the same`, () => {
    const messages: unknown[] = [];
    const converted = JSON.stringify(xml2json(xml, { strict: true, messages }));
    assert.deepEqual(normalize(converted), normalize(JSON.stringify(json)));
    assert.deepEqual(messages, []);
  });

  test(`${name}: CSDL JSON is valid under csdl.schema.json`, () => {
    assert.ok(validateJson(json), JSON.stringify(validateJson.errors?.slice(0, 5), null, 1));
  });

  test(`${name}: CSDL XML is valid under edmx.xsd`, async () => {
    const { valid, errors } = await validateXML({
      xml: [{ fileName: 'metadata.xml', contents: xml }],
      schema: [{ fileName: 'edmx.xsd', contents: readSchema('edmx.xsd') }],
      preload: [{ fileName: 'edm.xsd', contents: readSchema('edm.xsd') }],
    });
    assert.ok(
      valid,
      errors
        .slice(0, 5)
        .map(({ message }) => message)
        .join('\n'),
    );
  });

  test(`${name}: what is read back is written as it was`, () => {
    assert.equal(encodeCsdlXml(compileCsdl(xml)), xml);
    assert.deepEqual(JSON.parse(encodeCsdlJson(compileCsdl(jsonText))), json);
  });
}
