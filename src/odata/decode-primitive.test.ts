import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PrimitiveName } from '#model/model.ts';
import { type SpatialName, spatialNames } from '#model/model-primitives.ts';
import { decodePrimitive, isPrimitive } from './decode-primitive.ts';

/** A GeoJSON geometry that fits the type. */
function placeOf(name: SpatialName): object {
  const kind = name.replace(/^Edm\.Geo(graphy|metry)/, '') || 'Point';
  if (kind === 'Collection') return { type: 'GeometryCollection', geometries: [] };
  return { type: kind, coordinates: [] };
}

function eachPlace(values: (name: SpatialName) => readonly unknown[]) {
  const entries = spatialNames.map((name) => [name, values(name)]);
  return Object.fromEntries(entries) as Record<SpatialName, readonly unknown[]>;
}

const fits: Readonly<Record<PrimitiveName, readonly unknown[]>> = {
  'Edm.Binary': ['', 'AQID', 'aa-_', 'aa+/', 'AQ=='],
  'Edm.Boolean': [true, false],
  'Edm.Byte': [0, 255],
  'Edm.Date': ['2024-02-29', '0001-01-01', '2000-02-29'],
  'Edm.DateTimeOffset': [
    '2016-12-31T23:57:46.8937102+00:00',
    '2017-01-01T00:00Z',
    '2024-02-29T23:59:59.123456789012-14:00',
  ],
  'Edm.Decimal': [1.5, '12345678901234567890.123', '1E5'],
  'Edm.Double': [1e300, 0, 'INF', '-INF', 'NaN'],
  'Edm.Duration': ['P1DT2H3M4.5S', '-PT5M', 'P3D'],
  'Edm.Guid': ['2e1281ae-81ae-2e12-ae81-122eae81122e', '2E1281AE-81AE-2E12-AE81-122EAE81122E'],
  'Edm.Int16': [-32768, 32767],
  'Edm.Int32': [-2147483648, 2147483647],
  'Edm.Int64': [9007199254740991, '9223372036854775807', '-9223372036854775808'],
  'Edm.SByte': [-128, 127],
  'Edm.Single': [1.5, 'NaN'],
  'Edm.Stream': [],
  'Edm.String': ['', '😀', 'a\0b'],
  'Edm.TimeOfDay': ['12:00:43.0990000', '23:59', '00:00:00'],
  ...eachPlace((name) => [placeOf(name)]),
  'Edm.PrimitiveType': [1, 'x', true],
  'Edm.Untyped': [1, 'x', {}, []],
};

test('binary values are kept in one alphabet', () => {
  assert.equal(decodePrimitive('Edm.Binary', 'aa+/+/A='), 'aa-_-_A=');
});

const misfits: Readonly<Record<PrimitiveName, readonly unknown[]>> = {
  'Edm.Binary': ['a b', '==', 5],
  'Edm.Boolean': ['true', 1, null],
  'Edm.Byte': [-1, 256, 1.5],
  'Edm.Date': ['2023-02-29', '1900-02-29', '2024-13-01', '2024-1-1', '2024-01-01T00:00:00Z'],
  'Edm.DateTimeOffset': [
    '2024-01-01',
    '2024-01-01T25:00:00Z',
    '2023-02-29T00:00:00Z',
    '2024-01-01T00:00:00',
    '2024-01-01T00:00:00+15:00',
    '2024-01-01T23:59:60Z',
  ],
  'Edm.Decimal': ['abc', '', true],
  'Edm.Double': ['1', 'Infinity', null],
  'Edm.Duration': ['P', 'PT', 'P1Y', '1D'],
  'Edm.Guid': ['2e1281ae', 'x'.repeat(36), 5],
  'Edm.Int16': [32768, '5'],
  'Edm.Int32': [2147483648, 1.5, '5', NaN],
  'Edm.Int64': [9007199254740992, '9223372036854775808', '1.0'],
  'Edm.SByte': [128],
  'Edm.Single': ['x'],
  'Edm.Stream': ['anything'],
  'Edm.String': ['\ud800', 5, {}, []],
  'Edm.TimeOfDay': ['24:00:00', '12:60', '12'],
  ...eachPlace(() => ['POINT(1 2)', [1, 2], { type: 'Nowhere' }, null]),
  'Edm.PrimitiveType': [{}, []],
  'Edm.Untyped': [],
};

for (const name of Object.keys(fits) as PrimitiveName[]) {
  test(`${name} takes what its grammar allows and nothing else`, () => {
    for (const value of fits[name]) assert.ok(isPrimitive(name, value), `${value} fits`);
    for (const value of misfits[name]) assert.ok(!isPrimitive(name, value), `${value} does not`);
  });
}
