import { showKey } from '#engine/place.ts';
import { Refusal } from '#errors.ts';
import type { EntityType } from '#model/model.ts';
import type { Value } from '#plan/document.ts';
import { typeAt } from '#plan/key-text.ts';
import type { KeyStep, Target } from '#plan/target.ts';

/** The path of a target below the service root, as a URL writes it. */
export function formatTarget({ resource, steps, ending }: Target): string {
  let path = resource.reachedBy;
  let { type } = resource;
  for (const step of steps) {
    if (step.kind === 'key') path += encode(formatKey(type, step));
    else if (step.kind === 'navigation') path += `/${step.navigation.name}`;
    else if (step.kind === 'cast') path += `/${step.type.name}`;
    else if (step.kind === 'property') path += `/${step.property.name}`;
    else if (step.written !== undefined) path += `/${encodeURIComponent(step.written)}`;
    else {
      const message = 'An operation behind a filter with aliases is not served.';
      throw new Refusal('notImplemented', message);
    }
    if (step.kind === 'navigation') type = step.navigation.target;
    else if (step.kind === 'cast') type = step.type;
  }
  if (ending.kind !== 'property') return path;
  const { path: properties, casts = [] } = ending;
  for (const [index, { name }] of properties.entries()) {
    path += `/${name}`;
    const cast = casts.find(({ behind }) => behind === index + 1);
    if (cast) path += `/${cast.type.name}`;
  }
  return path;
}

function formatKey(type: EntityType, { value, alternate }: KeyStep): string {
  if (!alternate) return showKey(type, value);
  const parts = alternate.map(({ name, path, value: part }) => {
    const kept = typeAt(type, path);
    const isPlain = kept?.kind === 'primitive' && kept.name !== 'Edm.String';
    return `${name}=${isPlain ? String(part) : quote(part)}`;
  });
  return `(${parts.join(',')})`;
}

function quote(value: Value): string {
  return `'${String(value).replaceAll("'", "''")}'`;
}

function encode(text: string): string {
  return encodeURIComponent(text).replaceAll('%3D', '=').replaceAll('%2C', ',');
}
