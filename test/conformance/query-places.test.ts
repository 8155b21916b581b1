import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { EntityType } from '#model/model.ts';
import { bindCompute } from '#odata/binding/bind-compute.ts';
import { parseQuery } from '#odata/language/parse-query-options.ts';
import type { Document, Value } from '#plan/document.ts';
import { queryModel } from './query-model.ts';
import { openQueried, type QueriedStore } from './query-stores.ts';

const type = queryModel.types.get('test.item') as EntityType;

/** Someone in Vienna, with a ring around the origin of a plane, and a way written as text. */
const entity: Document = {
  '@odata.type': '#test.item',
  id: 'a',
  spot: { type: 'Point', coordinates: [16.3738, 48.2082] },
  field: {
    type: 'Polygon',
    coordinates: [
      [
        [-4, -4],
        [4, -4],
        [4, 4],
        [-4, 4],
        [-4, -4],
      ],
      [
        [-1, -1],
        [1, -1],
        [1, 1],
        [-1, 1],
        [-1, -1],
      ],
    ],
  },
  description: 'SRID=4326;LINESTRING(16.3738 48.2082, 19.0402 47.4979)',
  code: 'somewhere',
};

const earth = (shape: string) => `geography'SRID=4326;${shape}'`;
const plane = (shape: string) => `geometry'SRID=0;${shape}'`;
const square = plane('Polygon((0 0,10 0,10 10,0 10,0 0))');

/** Lengths by hand: along a meridian or the equator a degree has 111,195.08 m. */
const expected: readonly (readonly [string, Value])[] = [
  [`geo.distance(${earth('Point(0 0)')},${earth('Point(1 0)')})`, 111_195.08],
  [`geo.distance(${earth('Point(5 10)')},${earth('Point(5 12)')})`, 222_390.16],
  [`geo.distance(${earth('Point(179.5 0)')},${earth('Point(-179.5 0)')})`, 111_195.08],
  [`geo.distance(${earth('Point(0 90)')},${earth('Point(77 -90)')})`, 20_015_114.442],
  [`geo.distance(${plane('Point(1 2)')},${plane('Point(4 6)')})`, 5],
  [`geo.distance(spot,${earth('Point(16.3738 48.2082)')})`, 0],
  ["round(geo.distance(spot,'POINT(19.0402 47.4979)') div 1000)", 214],
  ['round(geo.length(description) div 1000)', 214],
  [`geo.length(${earth('LineString(0 0,1 0,1 1)')})`, 222_390.16],
  [`geo.length(${plane('LineString(0 0,3 4,3 10)')})`, 11],
  ["geo.length('LineString(0 0)')", 0],
  // Inside, on the edge, outside, and in the hole of a ring.
  [`geo.intersects(${plane('Point(2 2)')},${square})`, true],
  [`geo.intersects(${plane('Point(10 5)')},${square})`, true],
  [`geo.intersects(${plane('Point(10.001 5)')},${square})`, false],
  [`geo.intersects(${plane('Point(2 0)')},field)`, true],
  [`geo.intersects(${plane('Point(0 0)')},field)`, false],
  [`geo.intersects(${plane('Point(1 0)')},field)`, true],
  // Lines and polygons.
  [`geo.intersects(field,${square})`, true],
  [`geo.intersects(field,${plane('Polygon((5 5,6 5,6 6,5 5))')})`, false],
  [`geo.intersects(${plane('Polygon((2 2,3 2,3 3,2 2))')},field)`, true],
  [`geo.intersects(field,${plane('Polygon((-9 -9,9 -9,9 9,-9 9,-9 -9))')})`, true],
  [`geo.intersects(${plane('LineString(-9 0,9 0)')},field)`, true],
  [`geo.intersects(${plane('LineString(-0.5 0,0.5 0)')},field)`, false],
  [`geo.intersects(${earth('LineString(0 0,2 2)')},${earth('LineString(0 2,2 0)')})`, true],
  // What is no such place, or lies in another coordinate system.
  [`geo.distance(spot,${"geography'SRID=4267;Point(16.3738 48.2082)'"})`, null],
  ["geo.distance(code,'POINT(1 2)')", null],
  ["geo.distance(spot,'POINT(1 2,3 4)')", null],
  ["geo.distance(spot,'{')", null],
  ["geo.distance(spot,'POINT(1e999 2)')", null],
  ['geo.distance(spot,null)', null],
  ['geo.length(code)', null],
  [`geo.intersects(code,${square})`, null],
];

describe('places are measured alike on both stores', () => {
  let stores: QueriedStore[];
  before(async () => {
    stores = await openQueried({ rows: [], links: [] });
  });
  after(() => Promise.all(stores.map((each) => each[Symbol.asyncDispose]())));

  for (const [text, value] of expected) {
    test(`${text} is ${value}`, async () => {
      const options = parseQuery(encodeURI(`$compute=${text} as x`));
      const syntax = options.$compute!;
      const compute = bindCompute({ model: queryModel, type, aliases: new Map(), syntax });
      const expressions = compute.map(({ expression }) => expression);
      for (const { name, reader } of stores) {
        const asked = { type, values: [entity], query: undefined, compute: expressions };
        const page = await reader.evaluate(asked);
        assert.deepEqual(page.members[0]?.computed, [value], name);
      }
    });
  }
});
