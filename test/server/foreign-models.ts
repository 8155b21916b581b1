import { join } from 'node:path';
import { type RunningKith, startKith } from '../running-kith.ts';

/** The models of test/models, by name. */
export const modelFiles = {
  observatory: ['observatory.csdl.xml', 'observatory.jsonl'],
  bakery: ['bakery.csdl.json', 'bakery.jsonl'],
} as const;

/** The path of a file in test/models. */
export function modelPath(file: string): string {
  return join(import.meta.dirname, '../models', file);
}

/** The flags that serve a model with its seed. */
export function flagsFor(name: keyof typeof modelFiles): string[] {
  const [model, seed] = modelFiles[name];
  return ['--model', modelPath(model), '--seed', modelPath(seed)];
}

/** A server with one of the models, open to everybody. */
export function startModel(
  name: keyof typeof modelFiles,
  options: { readonly store?: string; readonly dataDir?: string } = {},
): Promise<RunningKith> {
  return startKith({ ...options, flags: [...flagsFor(name), '--anonymous'] });
}
