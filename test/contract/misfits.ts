import { compileModel } from '#model/compile.ts';
import { declarations } from '#model/declarations.ts';
import type { ComplexType, PrimitiveName, Property, StructuredType } from '#model/model.ts';
import { resources } from '#model/resources.ts';

/** A value that does not fit the property under which it is sent. */
export interface Misfit {
  /** What is sent under the property's name. */
  readonly value: unknown;
  /** The path by which the refusal has to name it. */
  readonly target: string;
}

const model = compileModel(declarations, resources, 'localtest');
const user = model.types.get('microsoft.graph.user') as StructuredType;

const objects: readonly unknown[] = [{}, { value: 1 }];
const arrays: readonly unknown[] = [[], ['x']];
const integers: readonly unknown[] = ['5', 5.5, 2 ** 31, -(2 ** 31) - 1, 1e300, true];
const scalars: Readonly<Partial<Record<PrimitiveName, readonly unknown[]>>> = {
  'Edm.String': [0, 1.5, true, false],
  'Edm.Boolean': [0, 1, 'true', 'false', ''],
  'Edm.Int32': integers,
  'Edm.Guid': [
    5,
    true,
    '',
    'x',
    '6b73b825b825b825b825b825b825b825',
    '{6b73b825-b825-6b73-25b8-736b25b8736b}',
    '6b73b825-b825-6b73-25b8-736b25b8736g',
  ],
  'Edm.TimeOfDay': [0, true, '', 'noon', '24:00:00', '12:60:00', '12:00:61', '12', 'T12:00:00'],
  'Edm.DateTimeOffset': [
    0,
    1_483_228_666_893,
    true,
    '',
    'yesterday',
    '2016-12-31',
    '2016-12-31T23:57:46',
    '2016-13-01T00:00:00Z',
    '2017-02-29T00:00:00Z',
    '2016-12-31T24:00:00Z',
    '2016-12-31T23:60:00Z',
    '2016-12-31T23:57:46+25:00',
    '2016-12-31 23:57:46Z',
    '16-12-31T23:57:46Z',
    ' 2016-12-31T23:57:46Z',
    'Sat, 31 Dec 2016 23:57:46 GMT',
  ],
};

/** Misfits of a member of the user, those inside complex values and collections included. */
export function listMisfits(name: string): Misfit[] {
  const property = user.properties.get(name);
  if (!property) throw new Error(`A user has no ${name}.`);
  return misfitsOf(property, name);
}

function misfitsOf(property: Property, target: string): Misfit[] {
  if (!property.collection) return singleMisfits(property, target);
  const single = { ...property, collection: false, nullable: false };
  const whole = [null, 'x', 1, true, {}].map((value) => ({ value, target }));
  const elements = singleMisfits(single, target).map((each) => ({ ...each, value: [each.value] }));
  return [...whole, ...elements];
}

function singleMisfits(property: Property, target: string): Misfit[] {
  const { type, nullable } = property;
  const all: unknown[] = nullable ? [] : [null];
  if (type.kind === 'complex') {
    all.push('x', 1, true, ...arrays);
    return [...all.map((value) => ({ value, target })), ...memberMisfits(type, target)];
  }
  all.push(...objects, ...arrays);
  // At this root a member of an enumeration takes any text.
  all.push(...(type.kind === 'enum' ? [0, 1, true] : (scalars[type.name] ?? [])));
  if (property.allowed) all.push(7, 0, -5);
  return all.map((value) => ({ value, target }));
}

function memberMisfits(type: ComplexType, target: string): Misfit[] {
  return [...type.properties.values()].flatMap((member) =>
    misfitsOf(member, `${target}/${member.name}`).map((misfit) => ({
      ...misfit,
      value: { [member.name]: misfit.value },
    })),
  );
}
