import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Refusal, type RefusalName } from '#errors.ts';
import {
  parseCompute,
  parseFilter,
  parseOrderBy,
  parseParameterValue,
} from '../language/parse-option.ts';
import { bindCompute } from './bind-compute.ts';
import { bindFilter } from './bind-filter.ts';
import { bindOrderBy } from './bind-order-by.ts';
import { sample, sampleType } from './sample-model.test.ts';

/** Kith's own model is not foreign: what it computes is made for each reader. */
const model = { ...sample, isForeign: false };
const request = { model, type: sampleType('person'), aliases: new Map() };

function refusalOf(bind: () => unknown): Refusal {
  try {
    bind();
  } catch (refusal) {
    if (refusal instanceof Refusal) return refusal;
    throw refusal;
  }
  return assert.fail('It is not refused.');
}

/** A filter, what refuses it, its target, and the position and message. */
const filters: readonly [string, RefusalName, string, number, RegExp][] = [
  [
    'nme eq 1',
    'malformedRequest',
    'nme',
    0,
    /^Could not find a property named 'nme' on type 'app.person'\. /,
  ],
  [
    'age eq 1 and home/nme eq 1',
    'malformedRequest',
    'nme',
    18,
    /'nme' on type 'app.place'\. .*, in 'home\/nme'\.$/,
  ],
  ['name/length eq 1', 'malformedRequest', 'length', 5, /'length' on type 'Edm.String'/],
  ['badge eq 1', 'malformedRequest', 'badge', 0, /'badge' on type 'app.person'/],
  ['app.nobody/name eq 1', 'malformedRequest', 'app.nobody', 0, /'app.nobody' is not declared/],
  [
    'app.trip/name eq 1',
    'malformedRequest',
    'app.trip',
    0,
    /'app.trip' is not assignable from 'app.person'/,
  ],
  [
    'secret eq null',
    'unsupportedQuery',
    'secret',
    0,
    /^Unsupported or invalid query filter clause specified for property 'secret' of resource 'Person'\. /,
  ],
  ["not (made eq 'x')", 'unsupportedQuery', 'made', 5, /property 'made' of resource 'Person'/],
  ["startswith(home/pass/code,'x')", 'unsupportedQuery', 'code', 21, /'code' of resource 'Pass'/],
  ["homes/any(h:h/pass/code eq 'x')", 'unsupportedQuery', 'code', 19, /'code'/],
  ['boss/secret ne null', 'unsupportedQuery', 'secret', 5, /'secret'/],
  [
    'emails/length eq 1',
    'malformedRequest',
    'length',
    7,
    /property access of a property 'length' is not a single value/,
  ],
  ['friends/name eq 1', 'malformedRequest', 'name', 8, /is not a single value/],
  ['age(1) eq 1', 'malformedRequest', 'age', 0, /unknown function with name 'age'/],
  ['nothing(1) eq 1', 'malformedRequest', 'nothing', 0, /unknown function/],
  [
    'boss(1)/name eq 1',
    'malformedRequest',
    '$filter',
    0,
    /A key can only stand behind a collection/,
  ],
  ["rates(from='a')/to eq 'b'", 'malformedRequest', '$filter', 0, /is 'from', 'to'/],
  ["trips('x')/cost eq 1", 'malformedRequest', '$filter', 0, /is no key of 'app.trip'/],
  [
    "trips(name='x')/cost eq 1",
    'malformedRequest',
    '$filter',
    0,
    /The key of 'app.trip' is 'number'/,
  ],
  [
    'name',
    'malformedRequest',
    '$filter',
    0,
    /The \$filter expression must evaluate to a single boolean value/,
  ],
  ['age add 1', 'malformedRequest', '$filter', 0, /single boolean/],
  ['emails', 'malformedRequest', '$filter', 0, /single boolean/],
  ['friends/any(f:f/name)', 'malformedRequest', '$filter', 14, /The predicate of 'any'/],
  ['name/any(n:n eq 1)', 'malformedRequest', '$filter', 5, /following a collection/],
  ['boss/all(n:true)', 'malformedRequest', '$filter', 5, /following a collection/],
  ['name/$count eq 1', 'malformedRequest', '$filter', 5, /stands behind a collection/],
  [
    'friends/any(f:f/friends/any(f:f/age eq 1))',
    'malformedRequest',
    '$filter',
    24,
    /range variable 'f' has already been declared/,
  ],
  ['friends/any(f:g/age eq 1)', 'malformedRequest', 'g', 14, /named 'g' on type 'app.person'/],
  [
    "name has 'x'",
    'malformedRequest',
    '$filter',
    5,
    /'Edm.String' and 'Edm.String' for operator kind 'Has'/,
  ],
  ["likes has 'fly'", 'malformedRequest', '$filter', 6, /kind 'Has'/],
  [
    "color eq 'pink'",
    'malformedRequest',
    '$filter',
    6,
    /'app.color' and 'Edm.String' for operator kind 'Equal'/,
  ],
  [
    "color eq app.color'pink'",
    'malformedRequest',
    '$filter',
    9,
    /'pink' is not a valid enumeration type constant/,
  ],
  [
    "color eq app.person'pink'",
    'malformedRequest',
    '$filter',
    9,
    /'app.person' is not an enumeration/,
  ],
  ["color eq 'red,blue'", 'malformedRequest', '$filter', 6, /Equal/],
  ["color eq app.flags'read'", 'malformedRequest', '$filter', 6, /'app.color' and 'app.flags'/],
  ['case(active:name,true:age) eq name', 'notImplemented', '$filter', 22, /of one type/],
  ['case(name:1) eq 1', 'malformedRequest', '$filter', 5, /condition of 'case'/],
  ['cast(age,app.nothing) eq 1', 'malformedRequest', '$filter', 9, /'app.nothing' is not declared/],
  ['isof(name,Collection(Edm.String))', 'notImplemented', '$filter', 10, /Collections/],
  ['home gt home', 'malformedRequest', '$filter', 5, /GreaterThan/],
  ['home eq {"town":"x"}', 'malformedRequest', 'town', 9, /no property 'town'/],
  ['home eq {"city":5}', 'malformedRequest', 'city', 5, /'city' has no such value/],
  ['name eq {"city":"x"}', 'notImplemented', '$filter', 5, /complex value alone/],
  ['emails eq numbers', 'malformedRequest', '$filter', 7, /Equal/],
  ["emails eq 'a'", 'malformedRequest', '$filter', 7, /Collection/],
  ['name ne emails', 'malformedRequest', '$filter', 5, /Collection/],
  ['emails eq null', 'notImplemented', '$filter', 7, /collections/],
  ['homes eq homes', 'notImplemented', '$filter', 6, /collections/],
  ['photo eq null', 'notImplemented', '$filter', 6, /Streams/],
  ['anything/app.person/name eq 1', 'notImplemented', '$filter', 9, /Only entities/],
  ['$root/people/name eq 1', 'notImplemented', '$filter', 6, /'\$root'/],
  ['@Core.Messages/any()', 'notImplemented', '$filter', 0, /annotation/],
  ['name/@Core.Language eq 1', 'notImplemented', '$filter', 5, /annotation/],
  ['$it/app.rank() eq 1', 'notImplemented', '$filter', 4, /'app.rank' is not served in a query/],
  ['rank() eq 1', 'notImplemented', '$filter', 0, /'rank' is not served/],
  ["friends/$filter(age eq 1)('x')/name eq 1", 'malformedRequest', '$filter', 25, /A key/],
  ['friends/$filter(age eq 1) eq null', 'notImplemented', '$filter', 8, /Behind '\$filter'/],
  ['age eq 1 div 0', 'malformedRequest', '$filter', 9, /divided by zero/],
];

function check(refusal: Refusal, row: readonly [RefusalName, string, number, RegExp]): void {
  const [name, target, at, message] = row;
  assert.match(refusal.message, message);
  assert.deepEqual([refusal.refusal, refusal.target], [name, target], refusal.message);
  assert.ok(refusal.message.includes(` at character ${at} of $filter`), refusal.message);
}

describe('a filter is refused with its target, its place and its reason', () => {
  for (const [text, ...row] of filters) {
    test(text, () => {
      check(
        refusalOf(() => bindFilter({ ...request, syntax: parseFilter(text) })),
        row,
      );
    });
  }
});

/** Operands that an operator does not take: the kinds that Graph's message names. */
const operands: readonly [string, string][] = [
  ["age eq 'x'", "'Edm.Int32' and 'Edm.String' for operator kind 'Equal'"],
  ["age eq '5'", "'Edm.Int32' and 'Edm.String' for operator kind 'Equal'"],
  ['name eq 5', "'Edm.String' and 'Edm.Int32' for operator kind 'Equal'"],
  ['name eq 2020-01-31', "'Edm.String' and 'Edm.Date' for operator kind 'Equal'"],
  ['active ne 1', "'Edm.Boolean' and 'Edm.Int32' for operator kind 'NotEqual'"],
  ["serial eq 'x'", "'Edm.Guid' and 'Edm.String' for operator kind 'Equal'"],
  ["born eq 'x'", "'Edm.Date' and 'Edm.String' for operator kind 'Equal'"],
  ['spot eq spot', "'Edm.GeographyPoint' and 'Edm.GeographyPoint' for operator kind 'Equal'"],
  ['boss eq 5', "'app.person' and 'Edm.Int32' for operator kind 'Equal'"],
  ['home eq boss', "'app.place' and 'app.person' for operator kind 'Equal'"],
  ['name gt 5', "'Edm.String' and 'Edm.Int32' for operator kind 'GreaterThan'"],
  ['print ge print', "'Edm.Binary' and 'Edm.Binary' for operator kind 'GreaterThanOrEqual'"],
  ['boss lt boss', "'app.person' and 'app.person' for operator kind 'LessThan'"],
  ['home le null', "'app.place' and '<null>' for operator kind 'LessThanOrEqual'"],
  ['emails gt emails', "'Collection(Edm.String)' and 'Collection(Edm.String)'"],
  ["age in ('x')", "'Edm.Int32' and 'Edm.String' for operator kind 'In'"],
  ['age in emails', "'Edm.Int32' and 'Collection(Edm.String)' for operator kind 'In'"],
  ['age has 1', "'Edm.Int32' and 'Edm.Int32' for operator kind 'Has'"],
  ['name and active', "'Edm.String' for operator kind 'And'"],
  ['active or emails', "'Collection(Edm.String)' for operator kind 'Or'"],
  ['not age', "'Edm.Int32' for operator kind 'Not'"],
  ['-name eq name', "'Edm.String' for operator kind 'Negate'"],
  ["age add 'x' eq 1", "'Edm.Int32' and 'Edm.String' for operator kind 'Add'"],
  [
    'seen add seen eq seen',
    "'Edm.DateTimeOffset' and 'Edm.DateTimeOffset' for operator kind 'Add'",
  ],
  [
    'shift sub seen eq seen',
    "'Edm.Duration' and 'Edm.DateTimeOffset' for operator kind 'Subtract'",
  ],
  ['name mul 2 eq 2', "'Edm.String' and 'Edm.Int32' for operator kind 'Multiply'"],
  ['2 div shift eq 2', "'Edm.Int32' and 'Edm.Duration' for operator kind 'Divide'"],
  ['active divby 2 eq 2', "'Edm.Boolean' and 'Edm.Int32' for operator kind 'Divide'"],
  ['shift mod 2 eq 2', "'Edm.Duration' and 'Edm.Int32' for operator kind 'Modulo'"],
];

describe('an operator refuses operands of other types', () => {
  for (const [text, message] of operands) {
    test(text, () => {
      const refusal = refusalOf(() => bindFilter({ ...request, syntax: parseFilter(text) }));
      assert.equal(refusal.status, 400);
      assert.ok(refusal.message.includes(message), refusal.message);
    });
  }
});

describe('aliases, orders and computed values are refused', () => {
  const aliased = (aliases: Readonly<Record<string, string>>) =>
    new Map(
      Object.entries(aliases).map(([name, text]) => [name, parseParameterValue(text, `@${name}`)]),
    );
  const bindAliased = (text: string, aliases: Readonly<Record<string, string>>) =>
    refusalOf(() =>
      bindFilter({ ...request, aliases: aliased(aliases), syntax: parseFilter(text) }),
    );

  test('that refer to themselves', () => {
    const refusal = bindAliased('age eq @a', { a: '@b add 1', b: '@a' });
    assert.match(refusal.message, /'@a' refers to itself\. It stands at character 0 of @b\./);
  });

  test('that stand for more than the limit', () => {
    const names = [...'abcdefghijklmnopqrst'];
    const doubled = Object.fromEntries(
      names.map((name, index) => [
        name,
        `@${names[index + 1] ?? 'z'} add @${names[index + 1] ?? 'z'}`,
      ]),
    );
    assert.match(bindAliased('age eq @a', doubled).message, /too large/);
    const items = names.map((name, index) => {
      const before = index === 0 ? 'age' : names[index - 1];
      return `${before} add ${before} as ${name}`;
    });
    const syntax = parseCompute(items.join(','));
    assert.match(refusalOf(() => bindCompute({ ...request, syntax })).message, /too large/);
  });

  test('whose position counts in their own text', () => {
    const refusal = bindAliased('age eq @a', { a: '1 add nme' });
    assert.match(refusal.message, /'nme' on type 'app.person'\. It stands at character 6 of @a\./);
  });

  const orders = ['home', 'boss', 'emails', 'photo', 'print', 'spot', 'secret', 'made', 'nme'];
  for (const text of orders) {
    test(`$orderby=${text}`, () => {
      const refusal = refusalOf(() => bindOrderBy({ ...request, syntax: parseOrderBy(text) }));
      assert.equal(refusal.status, 400);
      assert.match(refusal.message, / at character 0 of \$orderby\.$/);
    });
  }

  const computes: readonly [string, RegExp][] = [
    ['age as name', /'name' of a computed value is already taken/],
    ['age as x,age as x', /'x' .* taken/],
    ['x add 1 as x', /Could not find a property named 'x'/],
    ['y add 1 as x,age as y', /Could not find a property named 'y'/],
    ['secret as x', /Unsupported/],
  ];
  for (const [text, message] of computes) {
    test(`$compute=${text}`, () => {
      const refusal = refusalOf(() => bindCompute({ ...request, syntax: parseCompute(text) }));
      assert.match(refusal.message, message);
    });
  }
});
