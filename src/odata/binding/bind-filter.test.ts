import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Refusal } from '#errors.ts';
import type { EntityType } from '#model/model.ts';
import { parseCompute, parseFilter, parseParameterValue } from '../language/parse-option.ts';
import { bindFilter } from './bind-filter.ts';
import { print } from './print-plan.test.ts';
import { graph, sample, sampleType } from './sample-model.test.ts';

type Aliases = Readonly<Record<string, string>>;

function bind(text: string, aliases: Aliases = {}, compute?: string): string {
  const written = Object.entries(aliases).map(
    ([name, value]) => [name, parseParameterValue(value, `@${name}`)] as const,
  );
  const filter = bindFilter({
    model: sample,
    type: sampleType('person'),
    syntax: parseFilter(text),
    aliases: new Map(written),
    compute: compute === undefined ? undefined : parseCompute(compute),
  });
  return print(filter);
}

const accepted: Readonly<Record<string, readonly [string, string][]>> = {
  'comparisons and literals': [
    ["name eq 'A'", '(name eq "A":String)'],
    ["Name eq 'A'", '(name eq "A":String)'],
    ['age gt 5', '(age gt 5:Int32)'],
    ['5 lt age', '(5:Int32 lt age)'],
    ['age eq 2.5', '(age eq 2.5:Decimal)'],
    ['big eq 9223372036854775807', '(big eq "9223372036854775807":Int64)'],
    ['big eq 9223372036854775808', '(big eq "9223372036854775808":Decimal)'],
    ['price eq 0.1234567890123456789', '(price eq "0.1234567890123456789":Decimal)'],
    ['score eq INF', '(score eq "INF":Double)'],
    ['active', 'active'],
    ['active eq true', '(active eq true:Boolean)'],
    ['born ge 2020-01-31', '(born ge "2020-01-31":Date)'],
    ["born ge '2020-01-31'", '(born ge "2020-01-31":Date)'],
    ['seen ge 2020-01-31T10:00Z', '(seen ge "2020-01-31T10:00Z":DateTimeOffset)'],
    ["seen ge '2020-01-31T10:00:00Z'", '(seen ge "2020-01-31T10:00:00Z":DateTimeOffset)'],
    ['seen ge 2020-01-31', '(seen ge "2020-01-31":Date)'],
    ["seen ge '2020-01-31'", '(seen ge "2020-01-31":Date)'],
    ["wakes eq '07:30:00'", '(wakes eq "07:30:00":TimeOfDay)'],
    ["shift eq 'PT8H'", '(shift eq "PT8H":Duration)'],
    ["shift eq duration'PT8H'", '(shift eq "PT8H":Duration)'],
    [
      'serial eq 2e1281ae-81ae-2e12-ae81-122eae81122e',
      '(serial eq "2e1281ae-81ae-2e12-ae81-122eae81122e":Guid)',
    ],
    [
      "serial eq '2e1281ae-81ae-2e12-ae81-122eae81122e'",
      '(serial eq "2e1281ae-81ae-2e12-ae81-122eae81122e":Guid)',
    ],
    [
      'id eq 2e1281ae-81ae-2e12-ae81-122eae81122e',
      '(id eq "2e1281ae-81ae-2e12-ae81-122eae81122e":String)',
    ],
    ["print eq binary'Zg=='", '(print eq "Zg==":Binary)'],
    ["color eq 'red'", '(color eq "red":app.color)'],
    ["color eq 'RED'", '(color eq "red":app.color)'],
    ['color eq 2', '(color eq "blue":app.color)'],
    ["color eq app.color'green'", '(color eq "green":app.color)'],
    ["a.color'1' ne color", '("green":app.color ne color)'],
    ["likes eq 'read,run'", '(likes eq "read,run":app.flags)'],
    ['likes eq 5', '(likes eq "read,run":app.flags)'],
    ['likes eq 9', '(likes eq "9":app.flags)'],
    ['name eq null', '(name eq null)'],
    ['null ne null', '(null ne null)'],
    ['age gt null', '(age gt null)'],
    ['boss eq null', '(boss eq null)'],
    ['null ne home', '(null ne home)'],
    ['spot ne null', '(spot ne null)'],
    ['boss eq $it', '(boss/id eq id)'],
    ['boss/boss ne boss', 'not((boss/boss/id eq boss/id))'],
    ['anything eq 5 or anything', '((anything eq 5:Int32) or anything)'],
  ],
  'logic, membership and flags': [
    ['not active and age eq 1 or active', '((not(active) and (age eq 1:Int32)) or active)'],
    ["name in ('A',null)", '(name in "A":String, null)'],
    ['name in ()', '(name in )'],
    ["color in ('red',2)", '(color in "red":app.color, "blue":app.color)'],
    ['age in [1,2.5]', '(age in 1:Int32, 2.5:Decimal)'],
    ['age in [1,level]', '((age eq 1:Int32) or (age eq level))'],
    ["'x' in emails", '("x":String in emails)'],
    [
      'id in (2e1281ae-81ae-2e12-ae81-122eae81122e)',
      '(id in "2e1281ae-81ae-2e12-ae81-122eae81122e":String)',
    ],
    ['color in colors', '(color in colors)'],
    ["likes has app.flags'read'", '(likes has "read":app.flags)'],
    ["likes has 'read,write'", '(likes has "read,write":app.flags)'],
    ['likes has 3', '(likes has "read,write":app.flags)'],
    ['likes has null', '(likes has null)'],
  ],
  arithmetic: [
    ['age add 1 eq 2', '((age add 1:Int32):Int32 eq 2:Int32)'],
    ['level mul level eq 4', '((level mul level):Int32 eq 4:Int32)'],
    ['age sub big eq 0', '((age sub big):Int64 eq 0:Int32)'],
    ['price mul ratio eq 1', '((price mul ratio):Single eq 1:Int32)'],
    ['price mul score eq 1', '((price mul score):Double eq 1:Int32)'],
    ['age div 2 eq 1', '((age div 2:Int32):Int32 eq 1:Int32)'],
    ['age divby 2 eq 1', '((age divby 2:Int32):Decimal eq 1:Int32)'],
    ['age mod 2 eq 1', '((age mod 2:Int32):Int32 eq 1:Int32)'],
    ['score div 0 eq INF', '((score div 0:Int32):Double eq "INF":Double)'],
    ['-age eq -5', '(negation(age) eq -5:Int32)'],
    [
      "seen add duration'P1D' gt now()",
      '((seen add "P1D":Duration):DateTimeOffset gt now():DateTimeOffset)',
    ],
    [
      "seen sub 'P1D' gt now()",
      '((seen sub "P1D":Duration):DateTimeOffset gt now():DateTimeOffset)',
    ],
    ["now() sub seen lt 'P1D'", '((now():DateTimeOffset sub seen):Duration lt "P1D":Duration)'],
    ['born sub born eq shift', '((born sub born):Duration eq shift)'],
    ['born add shift eq born', '((born add shift):Date eq born)'],
    ['shift mul 2 gt -shift', '((shift mul 2:Int32):Duration gt negation(shift))'],
    [
      '2 mul shift gt shift divby 2',
      '((2:Int32 mul shift):Duration gt (shift divby 2:Int32):Duration)',
    ],
    [
      'shift add shift gt shift sub shift',
      '((shift add shift):Duration gt (shift sub shift):Duration)',
    ],
    ['age add null eq null', '((age add null):Int32 eq null)'],
    ['anything add 1 gt 2', '((anything add 1:Int32):Int32 gt 2:Int32)'],
  ],
  paths: [
    ["home/city eq 'A'", '(home/city eq "A":String)'],
    ["boss/boss/name eq 'A'", '(boss/boss/name eq "A":String)'],
    ["home/landlord/name eq 'A'", '(home/landlord/name eq "A":String)'],
    ["app.employee/badge eq 'A'", '(<employee>/badge eq "A":String)'],
    ["a.employee/badge eq 'A'", '(<employee>/badge eq "A":String)'],
    ["employee/badge eq 'A'", '(<employee>/badge eq "A":String)'],
    ["app.thing/id eq 'A'", '(id eq "A":String)'],
    ['home/app.townhouse/floors eq 2', '(home/<townhouse>/floors eq 2:Int32)'],
    ['app.employee/team/extra eq 5', '(<employee>/team/?extra eq 5:Int32)'],
    ["app.employee/team/extra/more eq 'x'", '(<employee>/team/?extra/?more eq "x":String)'],
    ["things/app.note/any(n:n/mood eq 'x')", 'things/<note>/any(n: (n/?mood eq "x":String))'],
    ['anything/place/any(p:p/x eq 1)', 'anything/?place/any(p: (p/?x eq 1:Int32))'],
    ["app.employee/team/person eq 'x'", '(<employee>/team/?person eq "x":String)'],
    ["$it/name eq 'A'", '(name eq "A":String)'],
    ["$this/name eq 'A'", '(name eq "A":String)'],
    ['trips(5)/cost gt 1', '(trips/(5)/cost gt 1:Int32)'],
    ["friends('x')/name eq 'A'", '(friends/(x)/name eq "A":String)'],
    ["friends(id='x')/name eq 'A'", '(friends/(x)/name eq "A":String)'],
    ["things/app.person('x')/name eq 'A'", '(things/<person>/(x)/name eq "A":String)'],
    ['trips/$count gt 3', '(trips/$count() gt 3:Int32)'],
    ['emails/$count eq 0', '(emails/$count() eq 0:Int32)'],
    ['trips/$count($filter=cost gt 5) gt 1', '(trips/$count(($this/cost gt 5:Int32)) gt 1:Int32)'],
    [
      'friends/$count($filter=name eq $it/name and $this/age eq 1) gt 1',
      '(friends/$count((($this/name eq name) and ($this/age eq 1:Int32))) gt 1:Int32)',
    ],
    ['friends/$count($search=a) gt 1', '(friends/$count("a") gt 1:Int32)'],
    ['trips/$filter(cost gt 5)/$count gt 1', '(trips/$count(($this/cost gt 5:Int32)) gt 1:Int32)'],
    [
      'trips/$filter(cost gt 5)/any(t:t/name eq name)',
      'trips/any(t: ((t/cost gt 5:Int32) and (t/name eq name)))',
    ],
    ['trips/$filter(cost gt 5)/any()', 'trips/any($this: ($this/cost gt 5:Int32))'],
    [
      'trips/$filter(cost gt 5)/all(t:t/name eq name)',
      'trips/all(t: (((t/cost gt 5:Int32) ne true:Boolean) or (t/name eq name)))',
    ],
  ],
  lambdas: [
    ["emails/any(e:e eq 'x')", 'emails/any(e: (e eq "x":String))'],
    ['emails/any()', 'emails/any()'],
    ["homes/all(h:h/city eq 'x')", 'homes/all(h: (h/city eq "x":String))'],
    [
      'trips/any(t:t/stops/any(s:s/id eq t/name and s/id eq id))',
      'trips/any(t: t/stops/any(s: ((s/id eq t/name) and (s/id eq id))))',
    ],
    ["friends/any(name:name/name eq 'x')", 'friends/any(name: (name/name eq "x":String))'],
    [
      "friends/any(f:f/app.employee/badge eq 'x')",
      'friends/any(f: (f/<employee>/badge eq "x":String))',
    ],
    ['trips/any(t:t/stops/$count gt t/cost)', 'trips/any(t: (t/stops/$count() gt t/cost))'],
  ],
  'casts, tests and choices': [
    ['isof(app.employee)', 'isof($it, app.employee)'],
    ['isof(home,app.townhouse)', 'isof(home, app.townhouse)'],
    ['isof(age,Edm.Int32)', 'isof(age, Edm.Int32)'],
    ['cast(boss,app.employee) eq null', '(boss/<employee> eq null)'],
    ['cast(app.thing) eq null', '($it eq null)'],
    ['cast(boss,app.trip) eq null', '(null:app.trip eq null)'],
    ["cast(age,Edm.String) eq '5'", '(cast(age, String) eq "5":String)'],
    ["age eq cast('5',Edm.Int32)", '(age eq 5:Int32)'],
    ["age eq cast('x',Edm.Int32)", '(age eq cast("x":String, Int32))'],
    ["cast('red',app.color) eq color", '("red":app.color eq color)'],
    [
      "case(age gt 1:'a',true:'b') eq name",
      '(case((age gt 1:Int32): "a":String, true:Boolean: "b":String):String eq name)',
    ],
    [
      'case(age gt 1:age,true:price) gt 1',
      '(case((age gt 1:Int32): age, true:Boolean: price):Decimal gt 1:Int32)',
    ],
    [
      "case(active:color,true:'red') eq 'red'",
      '(case(active: color, true:Boolean: "red":app.color):app.color eq "red":app.color)',
    ],
  ],
};

for (const [what, rows] of Object.entries(accepted)) {
  describe(`a filter with ${what}`, () => {
    for (const [text, expected] of rows) test(text, () => assert.equal(bind(text), expected));
  });
}

describe('aliases and computed values', () => {
  const rows: readonly [string, Aliases, string | undefined, string][] = [
    ['name eq @n', { n: "'A'" }, undefined, '(name eq "A":String)'],
    ['name eq @missing', {}, undefined, '(name eq null)'],
    ['name in @n', { n: '["A","B"]' }, undefined, '(name in "A":String, "B":String)'],
    ['@b/name eq name', { b: 'boss/boss' }, undefined, '(boss/boss/name eq name)'],
    ['age gt @a', { a: '@b add 1', b: 'level' }, undefined, '(age gt (level add 1:Int32):Int32)'],
    ['friends/any(f:f/name eq @n)', { n: 'name' }, undefined, 'friends/any(f: (f/name eq name))'],
    ['twice gt 4', {}, 'age mul 2 as twice', '((age mul 2:Int32):Int32 gt 4:Int32)'],
    ['$it/far gt 4', {}, 'age as near,near add 1 as far', '((age add 1:Int32):Int32 gt 4:Int32)'],
    ["top/name eq 'x'", {}, 'boss/boss as top', '(boss/boss/name eq "x":String)'],
    [
      'friends/any(f:f/age gt twice)',
      {},
      'age mul 2 as twice',
      'friends/any(f: (f/age gt (age mul 2:Int32):Int32))',
    ],
  ];
  for (const [text, aliases, compute, expected] of rows) {
    test(text, () => assert.equal(bind(text, aliases, compute), expected));
  }
});

test("the model's aliases and Graph's own spellings lead to the same plan", () => {
  const type = graph.types.get('microsoft.graph.user') as EntityType;
  const lines = [
    "manager/graph.user/displayName eq 'A'",
    "manager/microsoft.graph.user/displayname eq 'A'",
    "manager/user/DisplayName eq 'A'",
  ].map((text) =>
    print(bindFilter({ model: graph, type, syntax: parseFilter(text), aliases: new Map() })),
  );
  assert.deepEqual([...new Set(lines)], ['(manager/<user>/displayName eq "A":String)']);
});

test('no collection is null, and an empty one is none', () => {
  const request = { model: sample, type: sampleType('person'), aliases: new Map() };
  const filterOf = (text: string) => print(bindFilter({ ...request, syntax: parseFilter(text) }));
  assert.equal(filterOf('emails eq null'), 'false:Boolean');
  assert.equal(filterOf('null ne emails'), 'true:Boolean');
});

test('a collection of primitive values is filtered by $it and $this', () => {
  const syntax = parseFilter("endswith($it,'x') or $this eq 'y'");
  const type = sampleType('person').properties.get('emails')!.type;
  const filter = bindFilter({ model: sample, type, syntax, aliases: new Map() });
  assert.equal(print(filter), '(endswith($it, "x":String):Boolean or ($it eq "y":String))');
});

test('computed properties may be filtered where they are stored, keys always', () => {
  const request = { type: sampleType('person'), aliases: new Map() };
  const syntax = parseFilter("made eq 'x'");
  const own = { ...sample, isForeign: false };
  assert.throws(() => bindFilter({ ...request, syntax, model: own }), Refusal);
  assert.doesNotThrow(() => bindFilter({ ...request, syntax, model: sample }));
});
