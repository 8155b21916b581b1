import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Model } from '#model/model.ts';
import type { Behaviours } from '#plan/behaviour.ts';
import { ConfigError } from '../config/config-error.ts';

/**
 * The behaviours that a module of the operator's exports as `operations`; Node runs TypeScript as
 * it is. Throws a ConfigError where the module cannot be loaded, or names what the model does not
 * have.
 */
export async function loadBehaviours(
  path: string | undefined,
  { operations }: Model,
): Promise<Behaviours> {
  if (path === undefined) return {};
  const loaded = await load(path);
  const exported = loaded.operations;
  if (typeof exported !== 'object' || exported === null) {
    throw refuse(path, "It has to export a record named 'operations'");
  }
  for (const [name, behaviour] of Object.entries(exported)) {
    if (!operations.has(name)) throw refuse(path, `The model has no operation '${name}'`);
    if (typeof behaviour !== 'function') throw refuse(path, `'${name}' is no function`);
  }
  // A module is called with what its contract says, and nothing else.
  const behaviours = Object.entries(exported as Behaviours);
  return Object.fromEntries(behaviours.map(([name, run]) => [name, (call) => run(call)]));
}

async function load(path: string): Promise<{ readonly operations?: unknown }> {
  try {
    return (await import(pathToFileURL(resolve(path)).href)) as { operations?: unknown };
  } catch (cause) {
    throw refuse(path, (cause as Error).message, cause);
  }
}

function refuse(path: string, reason: string, cause?: unknown): ConfigError {
  const options = cause === undefined ? undefined : { cause };
  return new ConfigError(`The behaviours in ${path} cannot be used. ${reason}.`, options);
}
