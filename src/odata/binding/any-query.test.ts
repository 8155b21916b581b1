import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Refusal } from '#errors.ts';
import { functionNames } from '#plan/expression.ts';
import { parseQuery } from '../language/parse-query-options.ts';
import { bindCollectionQuery } from './bind-collection-query.ts';
import { bindSelection } from './bind-selection.ts';
import { printQuery, printSelection } from './print-plan.test.ts';
import { sample, sampleType } from './sample-model.test.ts';

const names = [
  ...sampleType('person').properties.keys(),
  ...sampleType('person').navigation.keys(),
  ...['badge', 'city', 'pass', 'code', 'text', 'mood', 'number', 'stops', 'nme', 'v', 'twice'],
  ...['app.employee', 'a.person', 'note', 'app.townhouse', 'app.trip', 'app.rank()', 'Name'],
  ...["friends('x')", 'trips(5)', "things('x')", "rates(from='a',to='b')", 'boss(1)'],
];
const literals = [
  ...['null', 'true', '5', '-1', '0', '2.5', '1e3', 'INF', '9223372036854775808', "'x'", "'red'"],
  ...["'2020-01-31'", "'P1D'", '2020-01-31', '2020-01-31T10:00Z', '07:30', "duration'PT1S'"],
  ...['2e1281ae-81ae-2e12-ae81-122eae81122e', "binary'Zg=='", "app.color'red'", "app.flags'3'"],
  ...["geography'SRID=4326;Point(1 2)'", "geometry'SRID=0;LineString(1 2,3 4)'", "app.color'no'"],
  ...[
    '[1,2]',
    '["a"]',
    '[]',
    '[name]',
    '{"city":"x"}',
    '@a',
    '@b',
    '@c',
    '@none',
    '@Core.Messages',
  ],
];
const starts = ['', '', '', '$it/', '$this/', 'v/', '@b/', '$root/', 'boss/', 'home/'];
const types = ['Edm.String', 'Edm.Int32', 'app.color', 'app.employee', 'app.trip', 'Edm.Stream'];
const operators = [
  ...['eq', 'ne', 'gt', 'le', 'has', 'in', 'add', 'sub', 'mul', 'div', 'divby', 'mod'],
  ...['and', 'or'],
];

/** Operands of one type each, so that enough of what is made is well typed. */
const operands = fc.constantFrom(
  ['name', "'x'", 'home/city', 'boss/name', 'tolower(name)', 'id', '@a/name', 'null'],
  ['age', '5', 'price', 'score', 'big', 'trips/$count', 'length(name)', '(age add 1)', 'null'],
  ['seen', 'now()', '2020-01-31T10:00Z', "'2020-01-31'", 'born', "(seen sub 'P1D')"],
  ['color', "'red'", "app.color'blue'", '1', 'boss/color'],
  ['active', 'true', "contains(name,'x')", "emails/any(v:v eq 'x')", '(age gt 1)'],
  ['boss', 'boss/boss', '$it', 'null', 'cast(boss,app.employee)'],
);
const comparison = operands.chain((values) =>
  fc
    .tuple(
      fc.constantFrom(...values),
      fc.constantFrom('eq', 'ne', 'gt', 'le'),
      fc.constantFrom(...values),
    )
    .map((parts) => `(${parts.join(' ')})`),
);

/** Expressions that are nearly all written well, over the names of the sample and others. */
const { expression } = fc.letrec<{ expression: string; path: string }>((tie) => ({
  path: fc
    .tuple(
      fc.constantFrom(...starts),
      fc.array(fc.constantFrom(...names), { minLength: 1, maxLength: 3 }),
      fc.option(
        fc.oneof(
          tie('expression').map((each) => `any(v:${each})`),
          tie('expression').map((each) => `all(w:${each})`),
          tie('expression').map((each) => `$count($filter=${each})`),
          tie('expression').map((each) => `$filter(${each})/$count`),
          fc.constantFrom(
            'any()',
            '$count',
            '$count($search=x)',
            '@Core.Language',
            '$filter(true)',
          ),
        ),
        { nil: undefined, freq: 2 },
      ),
    )
    .map(([start, steps, end]) => start + [...steps, ...(end ? [end] : [])].join('/')),
  expression: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    { weight: 3, arbitrary: fc.constantFrom(...names, '$it', '$this', 'v') },
    { weight: 3, arbitrary: fc.constantFrom(...literals) },
    { weight: 3, arbitrary: tie('path') },
    { weight: 6, arbitrary: comparison },
    {
      weight: 5,
      arbitrary: fc
        .tuple(tie('expression'), fc.constantFrom(...operators), tie('expression'))
        .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
    },
    { weight: 1, arbitrary: tie('expression').map((each) => `not (${each})`) },
    { weight: 1, arbitrary: tie('expression').map((each) => `- (${each})`) },
    {
      weight: 3,
      arbitrary: fc
        .tuple(fc.constantFrom(...functionNames), fc.array(tie('expression'), { maxLength: 3 }))
        .map(([name, args]) => `${name}(${args.join(',')})`),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom('cast', 'isof'), tie('expression'), fc.constantFrom(...types))
        .map(([name, operand, type]) => `${name}(${operand},${type})`),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(tie('expression'), tie('expression'), tie('expression'))
        .map(([when, one, other]) => `case(${when}:${one},true:${other})`),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(tie('expression'), fc.array(fc.constantFrom(...literals), { maxLength: 3 }))
        .map(([operand, list]) => `(${operand} in (${list.join(',')}))`),
    },
  ),
}));

const selectPath = fc
  .array(fc.constantFrom(...names.filter((name) => !name.includes('('))), {
    minLength: 1,
    maxLength: 3,
  })
  .map((steps) => steps.join('/'));
const nested = fc.oneof(
  expression.map((each) => `$filter=${each}`),
  expression.map((each) => `$orderby=${each}`),
  expression.map((each) => `$compute=${each} as twice`),
  selectPath.map((each) => `$select=${each}`),
  fc.constantFrom('$top=1', '$count=true', '$levels=2', '$levels=max', '$expand=*', '$search=x'),
  fc.constantFrom('$select=*', '$expand=boss', '$expand=friends($select=name)', '$apply=identity'),
);
const item = fc
  .tuple(
    selectPath,
    fc.array(nested, { maxLength: 2 }),
    fc.constantFrom('', '', '/$ref', '/$count'),
  )
  .map(([path, options, suffix]) => {
    return options.length > 0 ? `${path}${suffix}(${options.join(';')})` : path + suffix;
  });

const option = fc.oneof(
  { weight: 4, arbitrary: expression.map((each) => `$filter=${each}`) },
  { weight: 2, arbitrary: expression.map((each) => `$orderby=${each} desc`) },
  { weight: 1, arbitrary: expression.map((each) => `$compute=${each} as twice`) },
  { weight: 3, arbitrary: item.map((each) => `$select=${each}`) },
  { weight: 3, arbitrary: item.map((each) => `$expand=${each}`) },
  { weight: 1, arbitrary: fc.constantFrom('$search="name:x"', '$search="z:x"', '$expand=*') },
);

const query = fc
  .tuple(option, expression)
  .map(([written, alias]) => `${written}&@a=@b&@b=boss&@c=${alias}`);

function bindAll(text: string): void {
  const options = parseQuery(text.replaceAll('+', '%2B'));
  const type = sampleType('person');
  const request = { model: sample, type, aliases: options.aliases, pageSize: 10 };
  const { $select: select, $expand: expand, $compute: compute } = options;
  // A plan that is printed is a plan that is whole.
  printSelection(bindSelection({ ...request, select, expand, compute }));
  printQuery(bindCollectionQuery({ ...request, options }));
}

test('whatever is asked is bound or refused', () => {
  let bound = 0;
  let numRuns = 0;
  const property = fc.property(query, (text) => {
    numRuns += 1;
    try {
      bindAll(text);
      bound += 1;
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      assert.ok(refusal.status === 400 || refusal.status === 501, refusal.message);
    }
  });
  fc.assert(property, { numRuns: 5000 });
  assert.ok(bound > numRuns / 20, `${bound} of ${numRuns} are bound.`);
});
