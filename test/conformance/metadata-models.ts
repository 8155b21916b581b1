import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileModel } from '#model/compile.ts';
import { declarations } from '#model/declarations.ts';
import type { Model } from '#model/model.ts';
import { resources } from '#model/resources.ts';
import { roots } from '#model/schema.ts';
import { readCsdl } from '#odata/metadata/read/read-csdl.ts';

/** The text of a model that stands in `test/conformance/models`. */
export function readModelText(name: string): string {
  return readFileSync(join(import.meta.dirname, 'models', `${name}.csdl.xml`), 'utf8');
}

/** A model given as CSDL, compiled as `--model` compiles it. */
export function compileCsdl(xml: string): Model {
  const { declarations, resources, service } = readCsdl(xml);
  return compileModel(declarations, resources, 'store', service);
}

/** Every root of Kith's own, and the sample of a model that nobody compiled in. */
export const models: ReadonlyMap<string, Model> = new Map([
  ...roots.map((root) => [root, compileModel(declarations, resources, root)] as const),
  ['journeys', compileCsdl(readModelText('journeys'))],
]);
