import { readFile } from 'node:fs/promises';
import { compileModel } from '#model/compile.ts';
import { declarations } from '#model/declarations.ts';
import { kithService } from '#model/kith-service.ts';
import type { Model, Scope } from '#model/model.ts';
import { resources } from '#model/resources.ts';
import { type Root, roots } from '#model/schema.ts';
import { ConfigError } from './config/config-error.ts';

/** What a server serves, and what its store keeps. */
export interface Models {
  readonly served: ReadonlyMap<Root, Model>;
  /** The model with everything that is stored. */
  readonly stored: Model;
}

/**
 * Kith's own models, one for each service root; or the model of a CSDL file, the same at every
 * root. Throws a ConfigError that says where the file is wrong.
 */
export async function openModels(path: string | undefined): Promise<Models> {
  if (path !== undefined) {
    const model = await readModel(path);
    return { served: new Map(roots.map((root) => [root, model])), stored: model };
  }
  return {
    served: new Map(roots.map((root) => [root, compileOwn(root)])),
    stored: compileOwn('store'),
  };
}

function compileOwn(scope: Scope): Model {
  return compileModel(declarations, resources, scope, kithService);
}

async function readModel(path: string): Promise<Model> {
  const text = await readText(path);
  // The XML parser is loaded where a model is read alone.
  const { readCsdl } = await import('#odata/metadata/read/read-csdl.ts');
  try {
    const csdl = readCsdl(text);
    return compileModel(csdl.declarations, csdl.resources, 'store', csdl.service);
  } catch (cause) {
    const { message } = cause as Error;
    throw new ConfigError(`The model ${path} cannot be served. ${message}`, { cause });
  }
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const reason = code === 'ENOENT' ? 'does not exist' : `cannot be read: ${message}`;
    throw new ConfigError(`The model file ${path} ${reason}.`, { cause });
  }
}
