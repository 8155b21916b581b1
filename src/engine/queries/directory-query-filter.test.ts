import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Refusal } from '#errors.ts';
import { directorySupport } from '#model/filter-support.ts';
import type { EntityType, Navigation, Property } from '#model/model.ts';
import type { Value } from '#plan/document.ts';
import type { Comparison, Expression, FunctionName, Path } from '#plan/expression.ts';
import { checkDirectoryFilter } from './directory-query-filter.ts';
import type { Circumstances } from './directory-query-rules.ts';

/**
 * Every row of Graph's page "Advanced query capabilities on Microsoft Entra ID objects": whether
 * `eq`, `startswith`, `ge` and `le`, and `eq null` work by default (d), in advanced queries alone
 * (a), or never (-).
 */
const userRows = `
  d--- accountEnabled
  d--- ageGroup
  d--- assignedLicenses/any/skuId
  a--- assignedPlans/any/capabilityStatus
  a--- assignedPlans/any/service
  a--- assignedPlans/any/servicePlanId
  aa-- businessPhones/any
  dd-a city
  aa-a companyName
  d--- consentProvidedForMinor
  dd-a country
  d-da createdDateTime
  a--- createdObjects/any/id
  d--- creationType
  dd-a department
  dd-a displayName
  a-a- employeeHireDate
  d--a employeeId
  a--- employeeOrgData/costCenter
  a--- employeeOrgData/division
  a--- employeeType
  d--- externalUserState
  aa-a faxNumber
  dd-a givenName
  d--d identities/any/issuer
  dd-- imAddresses/any
  dd-- infoCatalogs/any
  d--- isResourceAccount
  dd-a jobTitle
  dd-a mail
  dd-a mailNickname
  d-d- manager/deletedDateTime
  d--- manager/id
  aa-a mobilePhone
  aa-a officeLocation
  a--a onPremisesExtensionAttributes/extensionAttribute1-15
  d--- onPremisesImmutableId
  d-d- onPremisesLastSyncDateTime
  d--- onPremisesProvisioningErrors/any/category
  d--- onPremisesProvisioningErrors/any/propertyCausingError
  aa-- onPremisesSamAccountName
  d--a onPremisesSecurityIdentifier
  d--a onPremisesSyncEnabled
  dd-- onPremisesUserPrincipalName
  dd-- otherMails/any
  ---a passwordPolicies
  a--a passwordProfile/forceChangePasswordNextSignIn
  a--a passwordProfile/forceChangePasswordNextSignInWithMfa
  aa-a postalCode
  aa-a preferredLanguage
  a--- provisionedPlans/any/provisioningStatus
  a--- provisionedPlans/any/service
  dd-- proxyAddresses/any
  a--- showInAddressList
  dd-a state
  aa-a streetAddress
  dd-a surname
  dd-a usageLocation
  dd-- userPrincipalName
  d--a userType
`;

const groupRows = `
  d--- assignedLicenses/any/skuId
  dd-- classification
  d--- createdByAppId
  d-d- createdOnBehalfOf/deletedDateTime
  d--- createdOnBehalfOf/id
  aa-- description
  dd-a displayName
  a-a- expirationDateTime
  d--d hasMembersWithLicenseErrors
  dd-- infoCatalogs/any
  d--- isAssignableToRole
  dd-a mail
  d--- mailEnabled
  dd-a mailNickname
  dd-- membershipRule
  d-d- onPremisesLastSyncDateTime
  d--- onPremisesProvisioningErrors/any/category
  d--- onPremisesProvisioningErrors/any/propertyCausingError
  aa-- onPremisesSamAccountName
  d--a onPremisesSecurityIdentifier
  d--a onPremisesSyncEnabled
  aa-a preferredLanguage
  dd-- proxyAddresses/any
  d-d- renewedDateTime
  dd-- resourceBehaviorOptions/any
  dd-- resourceProvisioningOptions/any
  d--- securityEnabled
`;

const none: Circumstances = { isEventual: false, hasCount: false, isExpanding: false };
const header: Circumstances = { ...none, isEventual: true };
const count: Circumstances = { ...none, hasCount: true };
const both: Circumstances = { isEventual: true, hasCount: true, isExpanding: false };
const expanding: Circumstances = { ...both, isExpanding: true };

const result = { type: undefined, collection: false };

function path(text: string, variable = '$it'): Path {
  const names = text === '' ? [] : text.split('/');
  const steps = names.map((name) => {
    if (name.startsWith('extension_')) return { kind: 'dynamic', name } as const;
    if (name === 'manager') {
      return { kind: 'navigation', navigation: { name } as Navigation } as const;
    }
    return { kind: 'property', property: { name } as Property } as const;
  });
  return { kind: 'path', result, variable, steps };
}

function literal(value: Value): Expression {
  return { kind: 'literal', result, value };
}

function compare(
  subject: Expression,
  operator: Comparison['operator'],
  value: Value = 'x',
): Expression {
  return { kind: 'comparison', operator, left: subject, right: literal(value) };
}

function call(name: FunctionName, subject: Expression): Expression {
  return { kind: 'call', name, result, args: [subject, literal('x')] };
}

function not(operand: Expression): Expression {
  return { kind: 'not', operand };
}

function inList(subject: Expression, ...values: Value[]): Expression {
  return { kind: 'in', operand: subject, list: values.map(literal) };
}

function countOf(collection: string): Expression {
  const empty = { variable: '$it', filter: undefined, search: undefined };
  return { kind: 'count', result, collection: path(collection), ...empty };
}

/** The clause on a property of the table; behind `any` stands a lambda over the collection. */
function clauseOn(text: string, clause: (subject: Path) => Expression): Expression {
  const [collection = '', member] = text.split('/any');
  if (member === undefined) return clause(path(text));
  const predicate = clause(path(member.slice(1), 'each'));
  return { kind: 'any', collection: path(collection), variable: 'each', predicate };
}

function check(filter: Expression, circumstances: Circumstances, name = 'user'): void {
  const type = { name: `microsoft.graph.${name}` } as EntityType;
  const support = directorySupport(type.name);
  assert.ok(support);
  checkDirectoryFilter(filter, { type, support, circumstances });
}

function refusalOf(filter: Expression, circumstances: Circumstances, name?: string): Refusal {
  try {
    check(filter, circumstances, name);
  } catch (error) {
    assert.ok(error instanceof Refusal);
    return error;
  }
  assert.fail('The filter is not refused.');
}

const operations: readonly ((subject: Path) => Expression)[] = [
  (subject) => compare(subject, 'eq'),
  (subject) => call('startswith', subject),
  (subject) => compare(subject, 'ge'),
  (subject) => compare(subject, 'eq', null),
];

function checkRow(name: string, row: string): void {
  const [levels = '', text = ''] = row.trim().split(' ');
  for (const [index, operation] of operations.entries()) {
    const clause = clauseOn(text.replace('1-15', '15'), operation);
    const level = levels[index];
    if (level === 'd') check(clause, none, name);
    if (level !== '-') check(clause, both, name);
    const what = 'Unsupported or invalid query filter clause specified for property';
    const property = text.replace('1-15', '15').replace('/any', '');
    const resource = name === 'user' ? 'User' : 'Group';
    for (const circumstances of level === '-'
      ? [none, both]
      : level === 'a'
        ? [none, header]
        : []) {
      const { status, code, message, details } = refusalOf(clause, circumstances, name);
      assert.equal(status, 400);
      assert.equal(code, 'Request_UnsupportedQuery');
      assert.equal(message, `${what} '${property}' of resource '${resource}'.`);
      const advice = level === 'a' ? 'AdvancedQueryRequired' : 'FilterNotSupported';
      assert.equal(details?.[0]?.code, advice);
    }
  }
}

describe('each property is filtered as the table of Graph says', () => {
  for (const row of userRows.trim().split('\n')) test(`user ${row}`, () => checkRow('user', row));
  for (const row of groupRows.trim().split('\n')) {
    test(`group ${row}`, () => checkRow('group', row));
  }
});

test('fifteen extension attributes are filtered, and no sixteenth', () => {
  const attribute = (index: number) =>
    compare(path(`onPremisesExtensionAttributes/extensionAttribute${index}`), 'eq');
  for (let index = 1; index <= 15; index += 1) check(attribute(index), both);
  refusalOf(attribute(16), both);
});

test('ne, not, endswith and /$count are for advanced queries alone', () => {
  const clauses = [
    compare(path('accountEnabled'), 'ne', true),
    compare(path('companyName'), 'ne', null),
    compare(path('passwordPolicies'), 'ne', null),
    not(call('startswith', path('displayName'))),
    not(inList(path('department'), 'a', 'b')),
    call('endswith', path('mail')),
    clauseOn('proxyAddresses/any', (subject) => call('endswith', subject)),
    compare(countOf('assignedLicenses'), 'eq', 0),
    compare(countOf('otherMails'), 'ne', 0),
  ];
  for (const clause of clauses) {
    check(clause, both);
    for (const circumstances of [none, header, count, expanding]) {
      const { code, message } = refusalOf(clause, circumstances);
      assert.deepEqual([code, message], ['Request_UnsupportedQuery', 'Unsupported Query.']);
    }
  }
});

test('the detail names what is missing', () => {
  const clause = compare(path('companyName'), 'eq');
  const advice = (circumstances: Circumstances) =>
    refusalOf(clause, circumstances).details?.[0]?.message;
  assert.equal(advice(none), 'Add the header ConsistencyLevel: eventual and $count=true.');
  assert.equal(advice(header), 'Add $count=true.');
  assert.equal(advice(count), 'Add the header ConsistencyLevel: eventual.');
  const leave = 'Leave out $expand, which advanced queries do not support.';
  assert.equal(advice(expanding), leave);
  assert.equal(advice({ ...none, isExpanding: true }), `${leave} ${advice(none)}`);
});

test('in follows eq, and a null in its list follows eq null', () => {
  check(inList(path('department'), 'a', 'b'), none);
  check(inList(path('id'), 'a'), none);
  refusalOf(inList(path('companyName'), 'a'), none);
  check(inList(path('companyName'), 'a', null), both);
  refusalOf(inList(path('department'), 'a', null), none);
  refusalOf(inList(path('userPrincipalName'), 'a', null), both);
});

test('what no query supports is refused as such, without advice in vain', () => {
  const never: [Expression, string][] = [
    [compare(path('aboutMe'), 'ne'), 'aboutMe'],
    [not(compare(path('skills'), 'eq')), 'skills'],
    [compare(path('displayName'), 'gt'), 'displayName'],
    [compare(path('createdDateTime'), 'lt'), 'createdDateTime'],
    [compare(path('passwordPolicies'), 'ne'), 'passwordPolicies'],
    [compare(path('accountEnabled'), 'ne', null), 'accountEnabled'],
    [call('endswith', path('displayName')), 'displayName'],
    [compare(countOf('assignedLicenses'), 'gt', 0), 'assignedLicenses'],
    [compare(countOf('assignedLicenses'), 'eq', 1), 'assignedLicenses'],
    [compare(countOf('businessPhones'), 'eq', 0), 'businessPhones'],
  ];
  for (const [clause, property] of never) {
    const { target, details } = refusalOf(clause, none);
    assert.equal(target, property);
    assert.equal(details?.[0]?.code, 'FilterNotSupported');
  }
  const [detail] = refusalOf(call('endswith', path('jobTitle')), both).details ?? [];
  const instead = 'It supports eq, eq null, startswith.';
  assert.equal(detail?.message, `The property does not support endswith in any query. ${instead}`);
});

test('all, contains, other functions and arithmetic are refused in advanced queries too', () => {
  const name = path('displayName');
  const all: Expression = {
    kind: 'all',
    collection: path('otherMails'),
    variable: 'each',
    predicate: compare(path('', 'each'), 'eq'),
  };
  const message = (clause: Expression) => refusalOf(clause, both).message;
  assert.equal(message(call('contains', name)), "Filter operator 'Contains' is not supported.");
  assert.equal(message(all), "Filter operator 'All' is not supported.");
  const lower = compare(call('tolower', name), 'eq');
  assert.equal(message(lower), "Filter operator 'Tolower' is not supported.");
  const plain = "Unsupported or invalid query filter clause specified for resource 'User'.";
  assert.equal(message(literal(true)), plain);
  assert.equal(message({ kind: 'negation', result, operand: name }), plain);
  assert.equal(message({ kind: 'comparison', operator: 'eq', left: name, right: name }), plain);
  assert.equal(message(call('startswith', literal('x'))), plain);
  refusalOf({ ...all, kind: 'any', predicate: undefined }, both);
});

test('lambdas, reversed comparisons, bare booleans and extensions find their property', () => {
  const issuer = compare(path('issuer', 'i'), 'eq');
  const assigned = compare(path('issuerAssignedId', 'i'), 'eq');
  const signIn: Expression = {
    kind: 'any',
    collection: path('identities'),
    variable: 'i',
    predicate: { kind: 'and', operands: [assigned, issuer] },
  };
  check(signIn, none);
  check(
    clauseOn('groupTypes/any', (subject) => compare(subject, 'eq')),
    none,
    'group',
  );
  const left = literal('2026-01-01T00:00:00Z');
  check({ kind: 'comparison', operator: 'le', left, right: path('createdDateTime') }, none);
  check(path('accountEnabled'), none);
  refusalOf(path('showInAddressList'), none);
  check(compare(call('startswith', path('displayName')), 'eq', true), none);
  refusalOf(compare(call('startswith', path('displayName')), 'ne', true), none);
  check(compare(path('extension_0_badge'), 'eq'), none);
  check(compare(path('customSecurityAttributes/Engineering/AppCountry'), 'eq'), both);
  refusalOf(compare(path('customSecurityAttributes/Engineering/AppCountry'), 'eq'), none);
  check(compare(path('description'), 'eq'), both, 'directoryObject');
});

test('every operand of and, or is looked at', () => {
  const good = call('startswith', path('displayName'));
  const operands = [good, call('startswith', path('mobilePhone'))];
  check({ kind: 'or', operands }, both);
  refusalOf({ kind: 'or', operands }, none);
  refusalOf({ kind: 'and', operands }, none);
});
