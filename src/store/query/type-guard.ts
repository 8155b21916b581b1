import type { Model } from '#model/model.ts';
import { TYPE } from '#plan/document.ts';
import { isNamedKind } from './binding.ts';
import type { Context } from './context.ts';
import { type Fragment, join, sql } from './fragment.ts';
import type { JsonPlace } from './query-words.ts';

/** The names of a type and of those that inherit from it. */
export function namesOf(model: Model, name: string): string[] {
  const names = [name];
  for (const type of model.types.values()) {
    if (type.kind !== 'enum' && type.name !== name && isNamedKind(type, name)) {
      names.push(type.name);
    }
  }
  return names;
}

/** Holds where the value inside a document names the type or one that inherits from it. */
export function typeGuard(
  context: Context,
  place: JsonPlace,
  within: readonly string[],
  name: string,
): Fragment {
  const { words, model } = context;
  const written = words.read('text', place, [...within, TYPE]);
  const names = namesOf(model, name).map((each) => words.bind('text', each));
  return sql`ltrim(${written}, '#') IN (${join(names, ', ')})`;
}
