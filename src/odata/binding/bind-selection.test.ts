import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Refusal, type RefusalName } from '#errors.ts';
import type { EntityType } from '#model/model.ts';
import type { Selection } from '#plan/query.ts';
import { parseQuery } from '../language/parse-query-options.ts';
import { bindCollectionQuery } from './bind-collection-query.ts';
import { bindSelection } from './bind-selection.ts';
import { printQuery, printSelection } from './print-plan.test.ts';
import { graph, sample, sampleType } from './sample-model.test.ts';

function bind(query: string, type = sampleType('person'), model = sample): string {
  const { $select: select, $expand: expand, $compute: compute, aliases } = parseQuery(query);
  const request = { model, type, select, expand, compute, aliases, pageSize: 20 };
  return printSelection(bindSelection(request));
}

const selected: readonly [string, string][] = [
  ['', 'default'],
  ['$select=name,age', 'name,age'],
  ['$select=age,name,AGE', 'name,age'],
  ['$select=home', 'home'],
  ['$select=home/city', 'home{city}'],
  ['$select=home/city,home/street', 'home{street,city}'],
  ['$select=home/city,home', 'home'],
  ['$select=home($select=city,street)', 'home{street,city}'],
  ['$select=home/pass/valid', 'home{pass{valid}}'],
  ['$select=home($select=pass($select=valid))', 'home{pass{valid}}'],
  ['$select=home/app.townhouse/floors,home/city', 'home{city,floors}'],
  ['$select=app.employee/badge,name', 'name,badge'],
  ['$select=a.employee/home/city', 'home{city}'],
  ['$select=name,boss', 'name,->boss'],
  ['$select=home/landlord', 'home{->landlord}'],
  ['$select=name,app.rank,rank,a.*', 'name'],
  ['$select=app.rank', ''],
  ['$select=secret,made', 'secret,made'],
  [
    "$select=emails($filter=endswith($this,'x');$top=2;$skip=1;$orderby=$this desc;$count=true)",
    'emails{filter endswith($it, "x":String):Boolean by $it desc skip 1 top 2 count}',
  ],
  ["$select=homes($filter=city eq 'x';$select=city)", 'homes{city; filter (city eq "x":String)}'],
  ['$select=home($compute=length(city) as size;$select=size)', 'home{size=length(city):Int32}'],
  ['$select=home($compute=length(city) as size)', 'home{default,size=length(city):Int32}'],
  ['$compute=age mul 2 as twice', 'default,twice=(age mul 2:Int32):Int32'],
  [
    '$compute=age mul 2 as twice,age as same&$select=name,twice',
    'name,twice=(age mul 2:Int32):Int32',
  ],
  ["$select=homes($filter=city eq @c)&@c='x'", 'homes{filter (city eq "x":String)}'],
  ["$select=homes($filter=city eq @c;@c='y')&@c='x'", 'homes{filter (city eq "y":String)}'],
];

const expanded: readonly [string, string][] = [
  ['$expand=boss', 'default,+boss'],
  ['$select=name&$expand=boss($select=name)', 'name,+boss{name}'],
  ['$expand=boss($expand=boss($select=age))', 'default,+boss{default,+boss{age}}'],
  ['$expand=boss($levels=max)', 'default,+boss^max'],
  ['$expand=boss($levels=3;$select=id)', 'default,+boss^3{id}'],
  // What leads to another type is followed once.
  ['$expand=trips($levels=2),friends($levels=2)', 'default,+trips,+friends^2'],
  ['$expand=friends/$ref', 'default,+friends/$ref'],
  ['$expand=friends/$ref($filter=age gt 1)', 'default,+friends/$ref{filter (age gt 1:Int32)}'],
  [
    '$expand=friends/$count($filter=age gt 1;$search=x)',
    'default,+friends/$count{filter (age gt 1:Int32) search "x"}',
  ],
  ['$expand=friends/app.employee($select=badge)', 'default,+friends/employee{badge}'],
  ['$expand=things/app.note,things/app.person', 'default,+things/note,+things/person'],
  ['$expand=app.employee/team', 'default,+<employee>/team'],
  ['$expand=home/landlord($select=name)', 'default,+home/landlord{name}'],
  ['$expand=home/app.townhouse/landlord', 'default,+home/<townhouse>/landlord'],
  [
    '$expand=friends($filter=age gt 1;$orderby=name;$top=2;$skip=1;$count=true;$search="a b")',
    'default,+friends{filter (age gt 1:Int32) search "a b" by name skip 1 top 2 count}',
  ],
  ['$expand=friends($filter=$it/age gt age)', 'default,+friends{filter ($outer/age gt age)}'],
  [
    '$expand=friends($expand=trips($filter=$it/age gt cost))',
    'default,+friends{default,+trips{filter ($outer/age gt cost)}}',
  ],
  [
    '$expand=friends($filter=$this/age gt 1 and trips/$count gt 1)',
    'default,+friends{filter ((age gt 1:Int32) and (trips/$count() gt 1:Int32))}',
  ],
  [
    '$expand=friends($compute=age as years;$filter=years gt 1)',
    'default,+friends{default,years=age; filter (age gt 1:Int32)}',
  ],
  ['$expand=*,boss($select=name)', 'default,+boss{name},+friends,+trips,+things,+rates'],
  ['$expand=*/$ref', 'default,+boss/$ref,+friends/$ref,+trips/$ref,+things/$ref,+rates/$ref'],
  ['$expand=home/*', 'default,+home/landlord'],
  ['$expand=trips($expand=*($levels=2))', 'default,+trips{default,+stops}'],
];

for (const [what, rows] of [
  ['$select', selected],
  ['$expand', expanded],
] as const) {
  describe(`${what} shows`, () => {
    for (const [query, shown] of rows)
      test(query || 'nothing', () => assert.equal(bind(query), shown));
  });
}

test('* shows all that is declared and all that is not', () => {
  const note = sampleType('note');
  assert.equal(bind('$select=*', note), 'id,text,*');
  assert.equal(bind('$select=text,mood', note), 'text,?mood');
  assert.equal(
    bind('$select=*&$compute=length(text) as size', note),
    'id,text,*,size=length(text):Int32',
  );
});

test('the key of an entity is shown, unselected, where the model is not Graph', () => {
  const {
    $select: select,
    $expand: expand,
    aliases,
  } = parseQuery('$select=name&$expand=boss($select=age),trips($select=*)');
  const request = { type: sampleType('person'), select, expand, aliases, pageSize: 20 };
  const implied = ({ properties }: Selection) =>
    properties?.flatMap(({ property, isImplied }) => (isImplied ? property.name : []));
  const shown = bindSelection({ ...request, model: sample });
  assert.deepEqual(implied(shown), ['id']);
  assert.deepEqual(
    shown.expand.map(({ selection }) => implied(selection)),
    [['id'], []],
  );
  const user = graph.types.get('microsoft.graph.user') as EntityType;
  const own = parseQuery('$select=displayName');
  const graphs = bindSelection({
    ...own,
    model: graph,
    type: user,
    select: own.$select,
    pageSize: 20,
  });
  assert.deepEqual(implied(graphs), []);
});

test("Graph's own queries are bound", () => {
  const user = graph.types.get('microsoft.graph.user') as EntityType;
  assert.equal(
    bind(
      '$select=displayName,employeeOrgData/division&$expand=manager($levels=max;$select=id)',
      user,
      graph,
    ),
    'displayName,employeeOrgData{division},+manager^max{id}',
  );
});

const refused: readonly [string, RefusalName, string, RegExp][] = [
  [
    '$select=nme',
    'malformedRequest',
    'nme',
    /^Parsing OData Select and Expand failed: Could not find a property named 'nme' on type 'app.person'\. It stands at character 0 of \$select\.$/,
  ],
  ['$select=name,home/nme', 'malformedRequest', 'nme', /'app.place'\. It stands at character 10 /],
  [
    '$select=home($select=nme)',
    'malformedRequest',
    'nme',
    /'app.place'\. It stands at character 13 of \$select/,
  ],
  ['$select=name/length', 'malformedRequest', 'name', /has no members/],
  ['$select=boss/name', 'malformedRequest', 'boss', /\$expand=boss\(\$select=\.\.\.\)/],
  ['$select=app.employee', 'malformedRequest', 'app.employee', /Could not find/],
  ['$select=app.trip/name', 'malformedRequest', 'app.trip', /not assignable from 'app.person'/],
  ['$select=badge', 'malformedRequest', 'badge', /Could not find/],
  ['$select=name($top=1)', 'malformedRequest', 'name', /is no collection and takes no \$top/],
  ['$select=name($select=x)', 'malformedRequest', 'name', /takes no options/],
  ['$select=home($filter=true)', 'malformedRequest', 'home', /takes no \$filter/],
  ['$select=boss($select=name)', 'malformedRequest', 'boss', /takes no options/],
  ['$select=homes($top=1),homes($skip=1)', 'malformedRequest', 'homes', /more than one place/],
  ['$select=emails($filter=$it/name eq $this)', 'notImplemented', '$select', /'\$it' is outside/],
  ['$select=emails($search=x)', 'notImplemented', '$select', /Only entities/],
  ['$select=@Core.Messages', 'notImplemented', '$select', /Annotations/],
  [
    '$expand=nme',
    'malformedRequest',
    'nme',
    /^Parsing OData Select and Expand failed: Could not find a property named 'nme'.* character 0 of \$expand\.$/,
  ],
  [
    '$expand=name',
    'malformedRequest',
    'name',
    /Property 'name' on type 'app.person' is not a navigation property/,
  ],
  ['$expand=home', 'malformedRequest', 'home', /has to lead to a navigation/],
  ['$expand=app.employee', 'malformedRequest', 'app.employee', /has to lead to a navigation/],
  ['$expand=boss/boss', 'malformedRequest', 'boss', /each expand path contains only/],
  ['$expand=boss/app.trip', 'malformedRequest', 'app.trip', /not assignable/],
  ['$expand=boss,Boss', 'malformedRequest', 'boss', /more than once/],
  ['$expand=*,*', 'malformedRequest', '$expand', /more than once/],
  ['$expand=boss($filter=true)', 'malformedRequest', 'boss', /takes no \$filter/],
  ['$expand=boss/$count', 'malformedRequest', 'boss', /no collection to count/],
  ['$expand=friends($filter=nme eq 1)', 'malformedRequest', 'nme', /character 16 of \$expand/],
  ['$expand=friends($orderby=home)', 'malformedRequest', '$expand', /primitive type/],
  [
    '$expand=friends($filter=$it/boss/age eq age)',
    'notImplemented',
    '$expand',
    /primitive values alone/,
  ],
  ['$expand=friends($filter=name in $it/emails)', 'notImplemented', '$expand', /values alone/],
  ['$expand=friends($filter=$it/emails/any())', 'notImplemented', '$expand', /values alone/],
  ['$expand=friends($filter=isof($it,app.person))', 'notImplemented', '$expand', /values alone/],
  ['$expand=friends($compute=$it/age as x)', 'notImplemented', '$expand', /'\$it' is outside/],
  ['$expand=friends($apply=identity)', 'notImplemented', '$expand', /'\$apply'/],
  ['$expand=boss($levels=101)', 'malformedRequest', 'boss', /At most 100/],
  ['$expand=photo', 'notImplemented', '$expand', /Streams/],
  ['$expand=$value', 'notImplemented', '$expand', /Media/],
  ['$expand=*($levels=max)', 'malformedRequest', '$expand', /at most 200 navigations/],
  ['$compute=age as name', 'malformedRequest', 'name', /already taken/],
];

function refusalOf(act: () => unknown): Refusal {
  try {
    act();
  } catch (refusal) {
    if (refusal instanceof Refusal) return refusal;
    throw refusal;
  }
  return assert.fail('It is not refused.');
}

describe('a selection is refused with its target and its reason', () => {
  for (const [query, name, target, message] of refused) {
    test(query, () => {
      const refusal = refusalOf(() => bind(query));
      assert.match(refusal.message, message);
      assert.deepEqual([refusal.refusal, refusal.target], [name, target], refusal.message);
    });
  }

  test('that nests too deep', () => {
    const nest = (levels: number) =>
      `${'boss($expand='.repeat(levels - 1)}boss${')'.repeat(levels - 1)}`;
    assert.doesNotThrow(() => bind(`$expand=${nest(6)}`));
    assert.match(refusalOf(() => bind(`$expand=${nest(7)}`)).message, /At most 6 levels/);
  });
});

describe('a collection is asked for', () => {
  const type = sampleType('person');
  const query = (text: string) => {
    const options = parseQuery(text);
    const { aliases } = options;
    return bindCollectionQuery({ model: sample, type, options, aliases, pageSize: 100 });
  };
  const rows: readonly [string, string][] = [
    ['', ''],
    [
      "$filter=name eq 'A'&$orderby=name desc,age&$top=5&$skip=2&$count=true",
      'filter (name eq "A":String) by name desc, age skip 2 top 5 count',
    ],
    ['$orderby=trips/$count desc,active,home/city', 'by trips/$count() desc, active, home/city'],
    ['$compute=age mul 2 as twice&$orderby=twice', 'by (age mul 2:Int32):Int32'],
    ['$search=a "b c" OR NOT d', 'search (("a" and "b c") or not("d"))'],
    ['$search="name:Ad" AND "emails:x"', 'search (name:"Ad" and emails:"x")'],
  ];
  for (const [text, expected] of rows) {
    test(text || 'nothing', () => assert.equal(printQuery(query(text)), expected));
  }

  const unserved: readonly [string, RefusalName, string][] = [
    ['$apply=identity', 'notImplemented', '$apply'],
    ['$search="nme:x"', 'malformedRequest', 'nme'],
    ['$search="age:1"', 'unsupportedQuery', 'age'],
    ['$search="secret:1"', 'unsupportedQuery', 'secret'],
    ['$search="boss:1"', 'unsupportedQuery', 'boss'],
  ];
  for (const [text, name, target] of unserved) {
    test(`${text} is refused`, () => {
      const refusal = refusalOf(() => query(text));
      assert.deepEqual([refusal.refusal, refusal.target], [name, target]);
    });
  }

  test('with what the caller has as defaults', () => {
    const options = parseQuery('$skip=1');
    const defaults = { top: 7, skip: 3, count: true };
    const bound = bindCollectionQuery({
      ...{ model: sample, type, options, aliases: options.aliases, pageSize: 10, defaults },
    });
    assert.deepEqual([bound.top, bound.skip, bound.count, bound.pageSize], [7, 1, true, 10]);
  });
});
