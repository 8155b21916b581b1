import { Refusal } from '#errors.ts';
import type { SetLayout } from './layout.ts';

/** The refusal of a value that another entity has and may not share; it names the property. */
export function sameValue(property: string): Refusal {
  const message = `Another object with the same value for property ${property} already exists.`;
  const details = [{ code: 'ObjectConflict', message, target: property }];
  return new Refusal('conflict', message, { target: property, details });
}

/** The refusal of a root entity whose key another one of its set has. */
export function sameKey({ type }: Pick<SetLayout, 'type'>): Refusal {
  const key = type.keyParts.map(({ path }) => path.join('/')).join(', ');
  return new Refusal('conflict', `Another object with the same ${key} already exists.`, {
    target: key,
  });
}

/** The refusal that a violated constraint means, by its name. */
export function conflictOf(constraint: string, layouts: ReadonlyMap<string, SetLayout>): Refusal {
  // SQLite names the columns, PostgreSQL the index.
  for (const layout of layouts.values()) {
    const { set, indexes } = layout;
    const endsWith = (...names: string[]) => names.some((name) => constraint.endsWith(name));
    for (const { property, unique } of indexes) {
      const { name } = property;
      if (unique && endsWith(`set_${set}.k_${name}`, `set_${set}_${name}`)) return sameValue(name);
    }
    if (endsWith(`set_${set}.id`, `set_${set}_id`)) return sameKey(layout);
  }
  return new Refusal('conflict', 'Another object with the same key already exists.');
}
