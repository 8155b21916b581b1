import { Refusal } from '#errors.ts';
import { type EntityType, localName, type Property, type StructuredType } from '#model/model.ts';
import { type Document, type Value, writtenTypeOf } from './document.ts';

/** What is missing of a structured value. */
export interface Missing {
  /** The names that lead to it, with slashes between them. */
  readonly path: string;
  readonly isKey: boolean;
}

const CODE = 'MissingProperty';

/**
 * What must have a value and has none: neither given, nor by default, nor set by the server.
 * Complex values are looked into, by the types that they name; keys of entities are left out.
 */
export function findMissing(
  types: ReadonlyMap<string, unknown>,
  type: StructuredType,
  members: Document,
): readonly Missing[] {
  const missing: Missing[] = [];
  const keys = type.kind === 'entity' ? (type as EntityType).key : [];
  for (const [name, property] of type.properties) {
    const value = members[name] ?? null;
    if (value === null) {
      if (isRequired(property) && !keys.includes(name)) missing.push({ path: name, isKey: false });
    } else if (property.type.kind === 'complex') {
      const inside = (Array.isArray(value) ? value : [value]).flatMap((each) => {
        return findInside(types, property.type as StructuredType, each);
      });
      for (const each of inside) missing.push({ ...each, path: `${name}/${each.path}` });
    }
  }
  return missing;
}

/** The refusal with 400 of a value without what it must have, which names each. */
export function refuseIncomplete({ name }: { name: string }, missing: readonly Missing[]): Refusal {
  const names = missing.map(({ path }) => `'${path}'`).join(', ');
  const message =
    missing.length === 1
      ? `The property ${names} of resource '${localName(name)}' needs a value.`
      : `The properties ${names} of resource '${localName(name)}' need values.`;
  const details = missing.map(({ path, isKey }) => ({
    code: CODE,
    message: `The ${isKey ? 'key property' : 'property'} '${path}' is required but missing.`,
    target: path,
  }));
  return new Refusal('badRequest', message, { target: missing[0]!.path, details });
}

/** Whether an error is a refusal of what is incomplete. */
export function isIncomplete(error: unknown): error is Refusal {
  return error instanceof Refusal && (error.details ?? []).some(({ code }) => code === CODE);
}

function findInside(
  types: ReadonlyMap<string, unknown>,
  declared: StructuredType,
  value: Value,
): readonly Missing[] {
  if (value === null) return [];
  const named = types.get(writtenTypeOf(value as Document)) as StructuredType | undefined;
  return findMissing(types, named ?? declared, value as Document);
}

function isRequired({ nullable, collection, computed, initial, type, permissions }: Property) {
  const isServers = computed || permissions === 'Read' || permissions === 'None';
  const isStream = type.kind === 'primitive' && type.name === 'Edm.Stream';
  return !nullable && !collection && !isServers && initial === undefined && !isStream;
}
