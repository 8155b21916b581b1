import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileModel } from '#model/compile.ts';
import { declarations } from '#model/declarations.ts';
import { kithService } from '#model/kith-service.ts';
import type { Model } from '#model/model.ts';
import { resources } from '#model/resources.ts';
import { roots } from '#model/schema.ts';
import { readCsdl } from '#odata/metadata/read/read-csdl.ts';

/** A model given as CSDL, XML or JSON, compiled as `--model` compiles it. */
export function compileCsdl(text: string): Model {
  const { declarations, resources, service } = readCsdl(text);
  return compileModel(declarations, resources, 'store', service);
}

/** Models that nobody compiled in, from this folder and beside it. */
const foreign = {
  journeys: 'models/journeys.csdl.xml',
  oddities: 'models/oddities.csdl.xml',
  observatory: '../models/observatory.csdl.xml',
  bakery: '../models/bakery.csdl.json',
};

/** Every root of Kith's own, and the models of others. */
export const models: ReadonlyMap<string, Model> = new Map([
  ...roots.map((root) => [root, compileModel(declarations, resources, root, kithService)] as const),
  ...Object.entries(foreign).map(([name, file]) => {
    const text = readFileSync(join(import.meta.dirname, file), 'utf8');
    return [name, compileCsdl(text)] as const;
  }),
]);
