import assert from 'node:assert/strict';
import { compileModel } from '#model/compile.ts';
import { declarations } from '#model/declarations.ts';
import type { EntityType, Property, StructuredType } from '#model/model.ts';
import { resources } from '#model/resources.ts';

const model = compileModel(declarations, resources, 'v1.0');
const decorated = model.types.get('microsoft.graph.DecoratedProfile') as EntityType;

/** Names of the members of a decorated profile that the server sets. */
export const computedNames: ReadonlySet<string> = new Set(
  [...decorated.properties.values()].filter((each) => each.computed).map(({ name }) => name),
);

/** Every computed member that the page shows is there, with a value of its declared type. */
export function assertComputed(shown: Record<string, unknown>, names: readonly string[]): void {
  for (const name of names.filter((each) => computedNames.has(each))) {
    assert.ok(name in shown, `${name} is missing`);
    assertFits(decorated.properties.get(name)!, shown[name], name);
  }
}

function assertFits(property: Property, value: unknown, where: string): void {
  const reason = `${where} is ${JSON.stringify(value)}`;
  if (property.collection) {
    assert.ok(Array.isArray(value), reason);
    const single = { ...property, collection: false, nullable: false };
    for (const each of value) assertFits(single, each, where);
    return;
  }
  const { type } = property;
  if (value === null) assert.ok(property.nullable, reason);
  else if (type.kind === 'complex') assertObject(type, value, where);
  else if (type.kind === 'enum') assert.ok(type.members.has(value as string), reason);
  else assert.ok(primitives[type.name]?.(value), reason);
}

function assertObject(type: StructuredType, value: unknown, where: string): void {
  assert.ok(typeof value === 'object' && !Array.isArray(value), where);
  const { '@odata.type': written, ...members } = value as Record<string, unknown>;
  const name = String(written ?? type.name).replace('#', '');
  const actual = model.types.get(name) as StructuredType | undefined;
  assert.ok(actual, `${where} is of the type ${name}`);
  for (const [member, each] of Object.entries(members)) {
    const property = actual.properties.get(member);
    assert.ok(property, `${where}/${member} is not declared`);
    assertFits(property, each, `${where}/${member}`);
  }
}

const isText = (value: unknown) => typeof value === 'string';
const primitives: Readonly<Record<string, (value: unknown) => boolean>> = {
  'Edm.String': isText,
  'Edm.Boolean': (value) => typeof value === 'boolean',
  'Edm.Int32': (value) => Number.isInteger(value),
  'Edm.Int64': (value) => Number.isInteger(value),
  'Edm.Double': (value) => typeof value === 'number',
  'Edm.Date': isText,
  'Edm.DateTimeOffset': isText,
};
