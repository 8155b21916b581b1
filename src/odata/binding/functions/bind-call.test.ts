import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Refusal } from '#errors.ts';
import { functionNames } from '#plan/expression.ts';
import { parseFilter } from '../../language/parse-option.ts';
import { bindFilter } from '../bind-filter.ts';
import { print } from '../print-plan.test.ts';
import { sample, sampleType } from '../sample-model.test.ts';

function bind(text: string): string {
  const syntax = parseFilter(text);
  const type = sampleType('person');
  return print(bindFilter({ model: sample, type, syntax, aliases: new Map() }));
}

const accepted: readonly [string, string][] = [
  ["concat(name,'x') eq name", '(concat(name, "x":String):String eq name)'],
  ["contains(name,'x')", 'contains(name, "x":String):Boolean'],
  ["endsWith(name,'x')", 'endswith(name, "x":String):Boolean'],
  ["indexof(name,'x') eq 1", '(indexof(name, "x":String):Int32 eq 1:Int32)'],
  ['length(name) gt 1', '(length(name):Int32 gt 1:Int32)'],
  ['length(emails) gt 1', '(length(emails):Int32 gt 1:Int32)'],
  ["startswith(name,'x')", 'startswith(name, "x":String):Boolean'],
  [
    'startswith(id,2e1281ae-81ae-2e12-ae81-122eae81122e)',
    'startswith(id, "2e1281ae-81ae-2e12-ae81-122eae81122e":String):Boolean',
  ],
  ['startswith(name,null)', 'startswith(name, null):Boolean'],
  ['startswith(anything,name)', 'startswith(anything, name):Boolean'],
  ['substring(name,1) eq name', '(substring(name, 1:Int32):String eq name)'],
  ['substring(name,-1,level) eq name', '(substring(name, -1:Int32, level):String eq name)'],
  ["hassubset(emails,['a'])", 'hassubset(emails, ["a"]:String):Boolean'],
  ["hassubset(colors,['RED','blue'])", 'hassubset(colors, ["red","blue"]:app.color):Boolean'],
  ['hassubset([4,1,3],[1.5])', 'hassubset([4,1,3]:Int32, [1.5]:Decimal):Boolean'],
  ['hassubsequence(numbers,[])', 'hassubsequence(numbers, []:Int32):Boolean'],
  ["matchesPattern(name,'^A')", 'matchespattern(name, "^A":String):Boolean'],
  ['tolower(name) eq name', '(tolower(name):String eq name)'],
  ['toupper(name) eq name', '(toupper(name):String eq name)'],
  ['trim(name) eq name', '(trim(name):String eq name)'],
  ['date(seen) eq born', '(date(seen):Date eq born)'],
  ['day(born) eq 1', '(day(born):Int32 eq 1:Int32)'],
  ['fractionalseconds(wakes) lt 1', '(fractionalseconds(wakes):Decimal lt 1:Int32)'],
  ['hour(seen) eq 1', '(hour(seen):Int32 eq 1:Int32)'],
  ['seen lt maxdatetime()', '(seen lt maxdatetime():DateTimeOffset)'],
  ['seen gt mindatetime()', '(seen gt mindatetime():DateTimeOffset)'],
  ['minute(wakes) eq 1', '(minute(wakes):Int32 eq 1:Int32)'],
  ['month(seen) eq 1', '(month(seen):Int32 eq 1:Int32)'],
  ['seen lt now()', '(seen lt now():DateTimeOffset)'],
  ['second(seen) eq 1', '(second(seen):Int32 eq 1:Int32)'],
  ['time(seen) eq wakes', '(time(seen):TimeOfDay eq wakes)'],
  ['totaloffsetminutes(seen) eq 0', '(totaloffsetminutes(seen):Int32 eq 0:Int32)'],
  ['totalseconds(shift) gt 1', '(totalseconds(shift):Decimal gt 1:Int32)'],
  ["totalseconds('PT1S') gt 1", '(totalseconds("PT1S":Duration):Decimal gt 1:Int32)'],
  ["year('2020-01-31') eq 2020", '(year("2020-01-31":Date):Int32 eq 2020:Int32)'],
  ['ceiling(price) eq 1', '(ceiling(price):Decimal eq 1:Int32)'],
  ['floor(score) eq 1', '(floor(score):Double eq 1:Int32)'],
  ['round(age) eq 1', '(round(age):Decimal eq 1:Int32)'],
  [
    "geo.distance(spot,geography'SRID=4326;Point(1 2)') lt 5",
    '(geo.distance(spot, {"type":"Point","coordinates":[1,2],"crs":{"type":"name",' +
      '"properties":{"name":"EPSG:4326"}}}:GeographyPoint):Double lt 5:Int32)',
  ],
  ['geo.intersects(spot,area)', 'geo.intersects(spot, area):Boolean'],
  ['geo.intersects(area,area)', 'geo.intersects(area, area):Boolean'],
  ['geo.intersects(track,area)', 'geo.intersects(track, area):Boolean'],
  [
    "geo.distance(name,'POINT(1 2)') lt 5",
    '(geo.distance(name, "POINT(1 2)":String):Double lt 5:Int32)',
  ],
  ['geo.length(track) gt 1.5', '(geo.length(track):Double gt 1.5:Decimal)'],
];

describe('a function is bound with the types that it takes', () => {
  for (const [text, expected] of accepted) test(text, () => assert.equal(bind(text), expected));

  test('every canonical function is among them', () => {
    const plans = accepted.map(([, plan]) => plan).join(' ');
    for (const name of functionNames) assert.ok(plans.includes(`${name}(`), name);
  });
});

/** Arguments of wrong types, one function each; what has no behaviour is 501. */
const refused: readonly [string, number][] = [
  ['concat(age,name) eq name', 400],
  ['concat(emails,emails) eq name', 501],
  ['contains(name,5)', 400],
  ['contains(emails,emails)', 501],
  ['endswith(serial,name)', 400],
  ["indexof(color,'x') eq 1", 400],
  ['length(age) eq 1', 400],
  ['startswith(home,name)', 400],
  ['startswith(name,emails)', 400],
  ["substring(name,'1') eq name", 400],
  ['substring(name,1.5) eq name', 400],
  ['substring(name,1,-1) eq name', 400],
  ['hassubset(name,emails)', 400],
  ['hassubset(emails,[1])', 400],
  ['hassubset(homes,homes)', 501],
  ['hassubset(emails,[name])', 501],
  ['hassubsequence(numbers,emails)', 400],
  ["matchespattern(age,'x')", 400],
  ['tolower(boss) eq name', 400],
  ['toupper(1) eq name', 400],
  ['trim(true) eq name', 400],
  ['date(born) eq born', 400],
  ['day(wakes) eq 1', 400],
  ['fractionalseconds(born) eq 1', 400],
  ['hour(born) eq 1', 400],
  ["minute('x') eq 1", 400],
  ['month(shift) eq 1', 400],
  ['second(age) eq 1', 400],
  ['time(wakes) eq wakes', 400],
  ['totaloffsetminutes(born) eq 1', 400],
  ['totalseconds(seen) eq 1', 400],
  ['year(name) eq 1', 400],
  ['ceiling(name) eq 1', 400],
  ["floor('1') eq 1", 400],
  ['round(shift) eq shift', 400],
  ['geo.distance(spot,area) lt 5', 400],
  ["geo.distance(spot,geometry'SRID=0;Point(1 2)') lt 5", 400],
  ['geo.intersects(area,age)', 400],
  ['geo.length(spot) gt 1', 400],
  ['isdefined(name)', 501],
];

describe('a function refuses arguments of other types', () => {
  for (const [text, status] of refused) {
    test(text, () => {
      assert.throws(
        () => bind(text),
        (refusal) => refusal instanceof Refusal && refusal.status === status,
      );
    });
  }
});
