import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Refusal } from '#errors.ts';
import type { EntityType, Model, Navigation, Property, Resource } from '#model/model.ts';
import type { Expression, SearchExpression } from '#plan/expression.ts';
import type { CollectionQuery, Expansion, OrderItem, Selection } from '#plan/query.ts';
import type { ListPlan } from '#plan/request.ts';
import type { Ending, Step } from '#plan/target.ts';
import {
  checkDirectoryQuery,
  checkDirectoryRead,
  type QueryConditions,
} from './directory-queries.ts';

const result = { type: undefined, collection: false };
const names = ['id', 'displayName', 'mail', 'aboutMe', 'skills', 'mailboxSettings', 'description'];
const declared = new Map(names.map((name) => [name, { name } as Property]));

const everything: CollectionQuery = {
  filter: undefined,
  search: undefined,
  orderBy: [],
  skip: 0,
  top: undefined,
  pageSize: 100,
  after: undefined,
  count: false,
};
const defaults: Selection = { properties: undefined, expand: [], compute: [] };

function startsWith(name: string): Expression {
  const steps = [{ kind: 'property', property: { name } as Property }] as const;
  const subject: Expression = { kind: 'path', result, variable: '$it', steps };
  const sought: Expression = { kind: 'literal', result, value: 'x' };
  return { kind: 'call', name: 'startswith', result, args: [subject, sought] };
}

function orderBy(name: string): readonly OrderItem[] {
  const steps = [{ kind: 'property', property: { name } as Property }] as const;
  return [{ expression: { kind: 'path', result, variable: '$it', steps }, descending: true }];
}

function phrase(name?: string): SearchExpression {
  const property = name === undefined ? undefined : ({ name } as Property);
  return { kind: 'phrase', text: 'x', property };
}

function select(...selected: string[]): Selection {
  const properties = selected.map((name) => ({
    property: { name } as Property,
    inside: undefined,
  }));
  return { ...defaults, properties };
}

function expand(...expanded: (string | Partial<Expansion>)[]): Selection {
  const expansions = expanded.map((each): Expansion => {
    const named = typeof each === 'string' ? { navigation: { name: each } as Navigation } : each;
    const plain = { kind: 'entities', selection: defaults, query: everything, levels: 1 } as const;
    return { type: {} as EntityType, navigation: {} as Navigation, ...plain, ...named };
  });
  return { ...defaults, expand: expansions };
}

interface Asked extends Partial<CollectionQuery> {
  readonly type?: string;
  readonly selection?: Selection;
  readonly steps?: readonly Step[];
  readonly ending?: Ending['kind'];
}

function planOf({ type = 'user', selection = defaults, steps = [], ...asked }: Asked): ListPlan {
  const { ending = 'entities', ...query } = asked;
  const of = { name: `microsoft.graph.${type}`, properties: declared } as unknown as EntityType;
  return {
    model: {} as Model,
    target: {
      resource: {} as Resource,
      steps,
      type: of,
      collection: true,
      ending: { kind: ending } as Ending,
      template: '',
    },
    selection,
    languages: undefined,
    query: { ...everything, ...query },
  };
}

const none: QueryConditions = { fidelity: 'pages', consistencyLevel: undefined, hasCount: false };
const header: QueryConditions = { ...none, consistencyLevel: 'Eventual' };
const count: QueryConditions = { ...none, hasCount: true };
const both: QueryConditions = { ...header, hasCount: true };

function refusalOf(act: () => unknown): Refusal {
  try {
    act();
  } catch (error) {
    assert.ok(error instanceof Refusal);
    return error;
  }
  assert.fail('The query is not refused.');
}

const members: readonly Step[] = [
  { kind: 'key', property: undefined, value: '1' },
  { kind: 'navigation', navigation: { name: 'members' } as Navigation },
];
const managers: Partial<Expansion> = {
  navigation: { name: 'manager' } as Navigation,
  levels: 'max',
};

const filterAndOrder: Asked = {
  filter: startsWith('displayName'),
  orderBy: orderBy('displayName'),
};
const searchNeeds =
  'Request with $search query parameter only works through MSGraph with a special request ' +
  "header: 'ConsistencyLevel: eventual'";
const sorting = 'Sorting not supported for current query.';
const reference =
  'The specified filter to the reference property query is currently not supported.';
const transitive =
  "Transitive manager's list is only supported on a single user, send the $expand request on " +
  '/users/{id} endpoint';
const addBoth = 'Add the header ConsistencyLevel: eventual and $count=true.';
const addHeader = 'Add the header ConsistencyLevel: eventual.';

const allowed: readonly [what: string, asked: Asked, conditions: QueryConditions][] = [
  ['a plain list', {}, none],
  ['the largest page', { top: 999 }, none],
  ['filter and order together', filterAndOrder, both],
  ['the count segment with the header', { ending: 'count' }, header],
  [
    'a filtered count segment with the header',
    { ending: 'count', filter: startsWith('mobilePhone') },
    header,
  ],
  ['order by displayName', { orderBy: orderBy('displayName') }, none],
  ['order by userPrincipalName', { orderBy: orderBy('userPrincipalName') }, none],
  ['search with the header alone', { search: phrase('displayName') }, header],
  ['search without a property', { search: phrase() }, header],
  ['members, filtered', { type: 'directoryObject', steps: members, ...filterAndOrder }, both],
  ['one relation expanded', { selection: expand('manager') }, none],
  ['one relation expanded beside a useless header', { selection: expand('manager') }, both],
  ['everything selected', { selection: select(...names) }, none],
];

describe('Graph answers', () => {
  for (const [what, asked, conditions] of allowed) {
    test(what, () => {
      const plan = planOf(asked);
      const { count: _, ...query } = checkDirectoryQuery(plan, conditions);
      const { count: __, ...before } = plan.query;
      assert.deepEqual(query, before);
    });
  }
});

type Row = readonly [
  what: string,
  asked: Asked,
  conditions: QueryConditions,
  answer: readonly [status: number, code: string, message: string, advice?: string],
];

const unsupported = 'Request_UnsupportedQuery';
const refused: readonly Row[] = [
  ['filter and order by default', filterAndOrder, none, [400, unsupported, sorting, addBoth]],
  [
    'filter and order without $count',
    filterAndOrder,
    header,
    [400, unsupported, sorting, 'Add $count=true.'],
  ],
  [
    'the count segment',
    { ending: 'count' },
    none,
    [400, 'Request_BadRequest', '$count is not currently supported.', addHeader],
  ],
  [
    'search without the header',
    { search: phrase('displayName') },
    count,
    [400, unsupported, searchNeeds, addHeader],
  ],
  [
    'search beside an expanded relation',
    { search: phrase('displayName'), selection: expand('memberOf') },
    both,
    [400, unsupported, searchNeeds, 'Leave out $expand, which advanced queries do not support.'],
  ],
  [
    'search in what is no text',
    { search: { kind: 'or', operands: [phrase('mail'), phrase('accountEnabled')] } },
    header,
    [
      400,
      unsupported,
      "Unsupported or invalid search clause specified for property 'accountEnabled' of resource 'User'.",
    ],
  ],
  [
    'search with NOT',
    { search: { kind: 'not', operand: phrase('mail') } },
    header,
    [400, unsupported, "Search operator 'NOT' is not supported."],
  ],
  [
    '$skip',
    { skip: 1 },
    both,
    [400, 'Request_BadRequest', "'$skip' is not supported by the service."],
  ],
  [
    'a page too large',
    { top: 1000 },
    none,
    [400, unsupported, "Invalid page size specified: '1000'. Must be between 1 and 999 inclusive."],
  ],
  [
    'a page of nothing',
    { top: 0 },
    none,
    [400, unsupported, "Invalid page size specified: '0'. Must be between 1 and 999 inclusive."],
  ],
  [
    'order by another property',
    { orderBy: orderBy('jobTitle') },
    none,
    [400, unsupported, "Unsupported sort property 'jobTitle' for 'User'."],
  ],
  [
    'order by another property in an advanced query',
    { type: 'group', orderBy: orderBy('description') },
    both,
    [400, unsupported, 'An unsupported property was specified.'],
  ],
  [
    'order by deletedDateTime by default',
    { orderBy: orderBy('deletedDateTime') },
    none,
    [400, unsupported, "Unsupported sort property 'deletedDateTime' for 'User'.", addBoth],
  ],
  [
    'two relations expanded',
    { selection: expand('manager', 'memberOf') },
    none,
    [
      400,
      'BadRequest',
      'The result of parsing $expand contained at least 2 items, but the maximum allowed is 1.',
    ],
  ],
  [
    'a photo expanded',
    { selection: expand('photo') },
    none,
    [
      400,
      'ExpandNotSupported',
      "Expand is not allowed for property 'Photo' according to the entity schema.",
    ],
  ],
  [
    'all managers of everybody',
    { selection: expand(managers) },
    both,
    [400, unsupported, transitive],
  ],
  [
    'an advanced filter beside an expanded relation',
    { filter: startsWith('employeeType'), selection: expand('manager') },
    both,
    [
      400,
      unsupported,
      "Unsupported or invalid query filter clause specified for property 'employeeType' of resource 'User'.",
    ],
  ],
  [
    'members, filtered by default',
    { type: 'user', steps: members, filter: startsWith('displayName') },
    header,
    [400, unsupported, reference, 'Add $count=true.'],
  ],
  [
    'members, ordered by default',
    { type: 'user', steps: members, orderBy: orderBy('displayName') },
    none,
    [400, unsupported, sorting, addBoth],
  ],
  ...['aboutMe', 'skills', 'mailboxSettings'].map(
    (name): Row => [
      `${name} of everybody`,
      { selection: select('id', name) },
      none,
      [501, 'NotImplemented', 'This operation target is not yet supported.'],
    ],
  ),
];

describe('Graph refuses', () => {
  for (const [what, asked, conditions, [status, code, message, advice]] of refused) {
    test(what, () => {
      const refusal = refusalOf(() => checkDirectoryQuery(planOf(asked), conditions));
      assert.deepEqual([refusal.status, refusal.code, refusal.message], [status, code, message]);
      if (advice !== undefined) assert.equal(refusal.details?.[0]?.message, advice);
    });
    test(`${what}, but not with odata fidelity or for another type`, () => {
      const plan = planOf(asked);
      assert.equal(checkDirectoryQuery(plan, { ...conditions, fidelity: 'odata' }), plan.query);
      const other = planOf({ ...asked, type: 'contact' });
      assert.equal(checkDirectoryQuery(other, conditions), other.query);
    });
  }
});

test('$count=true is overlooked without the header, whose value is read in any case', () => {
  const plan = planOf({ count: true });
  assert.equal(checkDirectoryQuery(plan, count).count, false);
  for (const consistencyLevel of ['eventual', 'EVENTUAL', ' Eventual ']) {
    assert.equal(checkDirectoryQuery(plan, { ...count, consistencyLevel }).count, true);
  }
  const session = { ...count, consistencyLevel: 'session' };
  assert.equal(checkDirectoryQuery(plan, session).count, false);
});

test('the queries of real clients pass', () => {
  const terms = ['displayName', 'mail', 'userPrincipalName'].map(phrase);
  const people = planOf({ search: { kind: 'or', operands: terms }, top: 6, count: true });
  assert.deepEqual(checkDirectoryQuery(people, both), people.query);

  const operands = ['displayName', 'mailNickname', 'mail'].map(startsWith);
  const filter: Expression = { kind: 'or', operands };
  const groups = planOf({ type: 'group', filter, top: 6, count: true });
  assert.deepEqual(checkDirectoryQuery(groups, count), { ...groups.query, count: false });

  const card = planOf({ selection: expand(managers) });
  checkDirectoryRead(card, both);
  checkDirectoryRead(planOf({ selection: expand('manager') }), none);
  checkDirectoryRead(planOf({ selection: select('aboutMe', 'mailboxSettings') }), none);
});

test('one user is expanded by one relation, no photo, and by all managers with the header', () => {
  const read = (selection: Selection, conditions: QueryConditions) =>
    refusalOf(() => checkDirectoryRead(planOf({ selection }), conditions));
  assert.equal(read(expand('photo'), none).code, 'ExpandNotSupported');
  assert.equal(read(expand('manager', 'directReports'), both).code, 'BadRequest');
  const { message, details } = read(expand(managers), none);
  assert.equal(message, 'Unsupported Query.');
  assert.equal(details?.[0]?.message, addBoth);
  checkDirectoryRead(planOf({ selection: expand('photo') }), { ...none, fidelity: 'odata' });
});
