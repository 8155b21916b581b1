import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EntityType, Property } from '#model/model.ts';
import { CORE } from '#model/schema-annotations.ts';
import { makeComputed } from './make-computed.ts';

const now = Date.UTC(2026, 2, 4, 5, 6, 7);

function property(name: string, type: string, given: Partial<Property> = {}): [string, Property] {
  const annotations = { [`${CORE}.Computed`]: true };
  const whole = { name, type: { kind: 'primitive', name: type }, collection: false, ...given };
  return [name, { nullable: false, computed: true, annotations, ...whole } as Property];
}

const type = {
  keyParts: [{ name: 'Id', path: ['Id'] }],
  properties: new Map([
    property('Id', 'Edm.Int32'),
    property('At', 'Edm.DateTimeOffset'),
    property('Time', 'Edm.TimeOfDay'),
    property('Price', 'Edm.Decimal'),
    property('Note', 'Edm.String'),
    property('Size', 'Edm.Byte'),
    property('Spot', 'Edm.GeographyPoint'),
    property('Maybe', 'Edm.DateTimeOffset', { nullable: true }),
    property('Tags', 'Edm.String', { collection: true }),
    property('Given', 'Edm.String', { computed: false, annotations: {} }),
  ]),
} as unknown as EntityType;

test('what is computed and never null gets a value of its type, keys and the rest do not', () => {
  assert.deepEqual(makeComputed(type, {}, now), {
    At: '2026-03-04T05:06:07Z',
    Time: '05:06:07',
    Price: 0,
    Note: '',
    Size: 0,
  });
});

test('what is there stays', () => {
  const written = { At: '2001-01-01T00:00:00Z', Note: 'x' };
  const { At, Note } = makeComputed(type, written, now);
  assert.deepEqual({ At, Note }, written);
});
