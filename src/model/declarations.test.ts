import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compileModel } from './compile.ts';
import { declarations } from './declarations.ts';
import { decoratedTypes } from './decorated/decorated-types.ts';
import { kithService } from './kith-service.ts';
import type { EntityType, Model, PropertyType } from './model.ts';
import { resources } from './resources.ts';
import { FAST_PI, GRAPH, type Root, roots, type TypeDeclaration } from './schema.ts';

const compiled = new Map<Root, Model>();

function modelOf(root: Root): Model {
  const model = compiled.get(root) ?? compileModel(declarations, resources, root, kithService);
  compiled.set(root, model);
  return model;
}

/** The tables of the five pages: `name Type`, or `name Type*` for a collection. */
const pages: readonly { page: string; type: string; root: Root; table: string }[] = [
  {
    page: 'Update user',
    type: `${GRAPH}.user`,
    root: 'localtest',
    table: `
      id String, deletedDateTime DateTimeOffset, accountEnabled Boolean, ageGroup String,
      assignedLicenses assignedLicense*, assignedPlans assignedPlan*, businessPhones String*,
      city String, companyName String, consentProvidedForMinor String, country String,
      department String, displayName String, employeeId String, faxNumber String,
      givenName String, imAddresses String*, isResourceAccount Boolean, jobTitle String,
      lastPasswordChangeDateTime DateTimeOffset, legalAgeGroupClassification String,
      licenseAssignmentStates licenseAssignmentState*, mail String, mailNickname String,
      mobilePhone String, onPremisesDistinguishedName String,
      onPremisesExtensionAttributes onPremisesExtensionAttributes, onPremisesImmutableId String,
      onPremisesLastSyncDateTime DateTimeOffset,
      onPremisesProvisioningErrors onPremisesProvisioningError*,
      onPremisesSecurityIdentifier String, onPremisesSyncEnabled Boolean,
      onPremisesDomainName String, onPremisesSamAccountName String,
      onPremisesUserPrincipalName String, otherMails String*, passwordPolicies String,
      passwordProfile passwordProfile, officeLocation String, postalCode String,
      preferredLanguage String, provisionedPlans provisionedPlan*, proxyAddresses String*,
      showInAddressList Boolean, signInSessionsValidFromDateTime DateTimeOffset, state String,
      streetAddress String, surname String, usageLocation String, userPrincipalName String,
      userType String, mailboxSettings mailboxSettings, deviceEnrollmentLimit Int32,
      aboutMe String, birthday DateTimeOffset, hireDate DateTimeOffset, interests String*,
      mySite String, pastProjects String*, preferredName String, responsibilities String*,
      schools String*, skills String*`,
  },
  { page: 'Update profile', type: `${GRAPH}.profile`, root: 'beta', table: 'id String' },
  {
    page: 'Update profile (Fast.PI)',
    type: `${FAST_PI}.profile`,
    root: 'beta',
    table: 'id String',
  },
  {
    page: 'Update profilePhoto',
    type: `${GRAPH}.profilePhoto`,
    root: 'beta',
    table: 'id String, height Int32, width Int32',
  },
  {
    page: 'Update profile (decorated)',
    type: `${GRAPH}.DecoratedProfile`,
    root: 'v1.0',
    table: `
      id String, profileUrl String, firstName String, lastName String, headline String,
      industryName String, summary String, location String, picture String,
      recentPositions Position*, totalPositionCount Int32, recentEducations Education*,
      totalEducationCount Int32, skills String*, emails String*, phoneNumbers PhoneNumber*,
      ims IM*, websites liWebsite*, bornOn Date, locale Locale, connection Connection,
      connected Boolean, connectionDegree ConnectionDegree, invitationSentFromViewer Boolean,
      pendingInvitationSentFromViewee liInvitation,
      simpleProfileHighlights SimpleProfileHighlight*,
      profileHighlights DecoratedProfileProfileHighlights*, viewerCanConnectViewee Boolean,
      viewerCanFollowViewee Boolean, salesNavigatorInfo SalesNavigatorInfo`,
  },
];

/** The resources that the five pages patch, and the type found there. */
const paths: readonly (readonly [path: string, root: Root, type: string])[] = [
  ['me', 'localtest', `${GRAPH}.user`],
  ['users', 'localtest', `${GRAPH}.user`],
  ['me/profile', 'beta', `${GRAPH}.profile`],
  ['users/profile', 'beta', `${GRAPH}.profile`],
  ['user/profile', 'beta', `${FAST_PI}.profile`],
  ['decoratedProfileConnections/profile', 'v1.0', `${GRAPH}.DecoratedProfile`],
  ['me/photo', 'beta', `${GRAPH}.profilePhoto`],
  ['users/photo', 'beta', `${GRAPH}.profilePhoto`],
  ['teams/photo', 'beta', `${GRAPH}.profilePhoto`],
  ['groups/photo', 'beta', `${GRAPH}.profilePhoto`],
  ['me/photos', 'beta', `${GRAPH}.profilePhoto`],
  ['me/contacts/photo', 'beta', `${GRAPH}.profilePhoto`],
  ['me/joinedGroups/photo', 'beta', `${GRAPH}.profilePhoto`],
  ['me/joinedGroups/team/photo', 'beta', `${GRAPH}.profilePhoto`],
  ['users/photos', 'beta', `${GRAPH}.profilePhoto`],
  ['groups/photos', 'beta', `${GRAPH}.profilePhoto`],
  ['me/joinedGroups/photos', 'beta', `${GRAPH}.profilePhoto`],
];

function qualify(user: { namespace: string }, name: string): string {
  return name.includes('.') ? name : `${user.namespace}.${name}`;
}

/** The qualified names of all types that a declaration mentions, Edm types left out. */
function mentions(type: TypeDeclaration): string[] {
  if (type.kind === 'enum') return [];
  const names = Object.values(type.properties).map((property) => property.type);
  const targets = Object.values(type.navigation ?? {}).map((navigation) => navigation.target);
  return [...names, ...targets, ...(type.base ? [type.base] : [])]
    .filter((name) => !name.startsWith('Edm.'))
    .map((name) => qualify(type, name));
}

function entity(root: Root, name: string): EntityType {
  const type = modelOf(root).types.get(name);
  assert(type?.kind === 'entity', `${name} is an entity type at ${root}`);
  return type;
}

function rows(table: string): string[] {
  return table.split(',').map((row) => row.trim());
}

/** All enums that the values of a property may hold, however deep. */
function collectEnums(type: PropertyType, model: Model, seen: Set<PropertyType>): void {
  if (seen.has(type)) return;
  seen.add(type);
  if (type.kind !== 'complex') return;
  for (const property of type.properties.values()) collectEnums(property.type, model, seen);
  for (const other of model.types.values()) {
    if (other.kind === 'complex' && other.base === type) collectEnums(other, model, seen);
  }
}

describe('declarations', () => {
  test('every type is declared once', () => {
    const names = declarations.map((type) => qualify(type, type.name));
    assert.deepEqual(
      names.filter((name, index) => names.indexOf(name) !== index),
      [],
    );
  });

  test('every type that a declaration mentions is declared', () => {
    const names = new Set(declarations.map((type) => qualify(type, type.name)));
    const missing = declarations.flatMap(mentions).filter((name) => !names.has(name));
    assert.deepEqual(missing, []);
  });

  test('the store sees every type and every resource', () => {
    const store = compileModel(declarations, resources, 'store', kithService);
    assert.equal(store.types.size, declarations.length);
    assert.deepEqual([...store.resources.keys()], Object.keys(resources));
    for (const root of roots) {
      assert(!modelOf(root).types.has('kith.connection'), `${root} hides kith.connection`);
      assert(!modelOf(root).resources.has('connections'), `${root} hides the set connections`);
    }
  });

  test('a link that is neither contained nor derived names its relation, and no other does', () => {
    for (const type of declarations) {
      if (type.kind !== 'entity') continue;
      for (const [name, link] of Object.entries(type.navigation)) {
        const isKnown = link.contains === true || link.derived === true;
        const claims = [isKnown, link.relation !== undefined];
        assert.equal(claims.filter(Boolean).length, 1, `${type.name}/${name}`);
      }
    }
  });

  test('an inverse relation begins at a type that follows it forward', () => {
    const ends = declarations.flatMap((type) =>
      type.kind === 'entity' ? Object.values(type.navigation) : [],
    );
    for (const end of ends.filter((each) => each.inverse)) {
      assert(ends.some((each) => each.relation === end.relation && !each.inverse));
    }
  });

  test('default sets and alternate keys name properties of their type', () => {
    for (const root of roots) {
      for (const type of modelOf(root).types.values()) {
        if (type.kind !== 'entity') continue;
        for (const name of [...type.key, ...type.alternateKeys, ...(type.defaultSet ?? [])]) {
          assert(type.properties.has(name), `${type.name} has ${name} at ${root}`);
        }
      }
    }
  });

  test('every entity type has the key id, but for settings of the Fast.PI dialect', () => {
    const settings = new Map([
      ['userSettings', ''],
      ['contactMergeSuggestions', ''],
      ['regionalAndLanguageSettings', ''],
      ['organizationSettings', ''],
      ['itemInsightsSettings', ''],
      ['insightsSettings', ''],
      ['profileCardProperty', 'directoryPropertyName'],
    ]);
    for (const type of modelOf('localtest').types.values()) {
      if (type.kind !== 'entity') continue;
      const isFastPi = type.name.startsWith(FAST_PI);
      const expected = isFastPi ? settings.get(type.name.slice(FAST_PI.length + 1)) : undefined;
      assert.equal(type.key.join(), expected ?? 'id', type.name);
    }
  });

  test('an initial value stands where null is refused, and is one of the allowed values', () => {
    for (const type of declarations) {
      if (type.kind === 'enum') continue;
      for (const [name, { initial, nullable, allowed }] of Object.entries(type.properties)) {
        if (initial === undefined) continue;
        assert.equal(nullable, false, name);
        if (allowed) assert((allowed as readonly unknown[]).includes(initial), name);
      }
    }
  });
});

describe('the five pages', () => {
  for (const { page, type, root, table } of pages) {
    for (const at of new Set([root, 'localtest'] as const)) {
      test(`${page}: ${at} has every property of the table with its type, in its order`, () => {
        const properties = [...entity(at, type).properties.values()];
        const written = properties.map(({ name, type: { name: qualified }, collection }) => {
          const local = qualified.replace(/^(Edm|microsoft\.graph)\./, '');
          return `${name} ${local}${collection ? '*' : ''}`;
        });
        const expected = rows(table);
        assert.deepEqual(written.slice(0, expected.length), expected);
      });
    }
  }

  for (const [path, root, type] of paths) {
    test(`${path} leads to ${type}`, () => {
      for (const at of [root, 'localtest'] as const) {
        const [first = '', ...rest] = path.split('/');
        let found = modelOf(at).resources.get(first)?.type;
        for (const segment of rest) found = found?.navigation.get(segment)?.target;
        assert.equal(found?.name, type, at);
      }
    });
  }

  test('localtest takes any string for an enum below a user, and the other roots do not', () => {
    const [lenient, strict] = (['localtest', 'beta'] as const).map((root) => {
      const seen = new Set<PropertyType>();
      for (const { type } of entity(root, `${GRAPH}.user`).properties.values()) {
        collectEnums(type, modelOf(root), seen);
      }
      return [...seen].filter((type) => type.kind === 'enum');
    });
    assert.equal(lenient?.length, 6);
    assert(lenient?.every((each) => each.acceptsAnyString));
    assert(strict?.every((each) => !each.acceptsAnyString));
  });

  test('localtest writes every property of the page Update user', () => {
    const { properties } = entity('localtest', `${GRAPH}.user`);
    const computed = [...properties.values()].filter((property) => property.computed);
    assert.deepEqual(computed, []);
  });
});

describe('user', () => {
  test('has 81 properties at v1.0 and 87 at beta', () => {
    assert.equal(entity('v1.0', `${GRAPH}.user`).properties.size, 81);
    assert.equal(entity('beta', `${GRAPH}.user`).properties.size, 87);
  });

  test('returns eleven properties at v1.0 without $select', () => {
    assert.equal(entity('v1.0', `${GRAPH}.user`).defaultSet?.length, 11);
    assert.equal(entity('beta', `${GRAPH}.user`).defaultSet, undefined);
  });

  test('keeps its password secret', () => {
    const type = entity('localtest', `${GRAPH}.user`).properties.get('passwordProfile')?.type;
    assert(type?.kind === 'complex');
    const secret = [...type.properties.values()].filter((property) => property.secret);
    assert.deepEqual(
      secret.map((property) => property.name),
      ['password'],
    );
  });
});

describe('decorated profiles', () => {
  test('are made of 12 enums, 45 complex types and 10 entity types at every root', () => {
    const all = decoratedTypes.filter((type) => type.namespace === GRAPH);
    // The one that is Kith's.
    const own = all.filter(({ name }) => name !== 'blockedMember');
    const count = (kind: string) => own.filter((type) => type.kind === kind).length;
    // Two of the ten, entity and user, belong to the directory.
    assert.deepEqual([count('enum'), count('complex'), count('entity') + 2], [12, 45, 10]);
    for (const root of roots) {
      for (const { name } of own) assert(modelOf(root).types.has(`${GRAPH}.${name}`), name);
      assert(entity(root, `${GRAPH}.user`).navigation.has('decoratedProfile'));
    }
  });

  test('compute what is derived, or depends on the viewer or the request', () => {
    const { properties } = entity('v1.0', `${GRAPH}.DecoratedProfile`);
    const computed = [...properties.values()].filter((property) => property.computed);
    assert.deepEqual(
      computed.map((property) => property.name),
      rows(`recentPositions, totalPositionCount, recentEducations, totalEducationCount, locale,
        connection, connected, connectionDegree, invitationSentFromViewer,
        pendingInvitationSentFromViewee, simpleProfileHighlights, profileHighlights,
        viewerCanConnectViewee, viewerCanFollowViewee, salesNavigatorInfo,
        totalEndorsedSkillCount`),
    );
  });
});

describe('the two dialects of the profile', () => {
  const readDialects = () => ({
    graph: entity('beta', `${GRAPH}.profile`).navigation,
    fastPi: entity('beta', `${FAST_PI}.profile`).navigation,
  });

  test('hold the same facets, but for the extensions of Fast.PI', () => {
    const { graph, fastPi } = readDialects();
    assert.equal(graph.size, 19);
    assert.equal(fastPi.size, 20);
    const shared = [...fastPi.keys()].filter((name) => name !== 'extensions');
    assert.deepEqual(shared, [...graph.keys()]);
  });

  test('write the members that they share in the same order', () => {
    const { graph, fastPi } = readDialects();
    for (const [name, { target }] of graph) {
      const other = [...(fastPi.get(name)?.target.properties.keys() ?? [])];
      const shared = [...target.properties.keys()].filter((each) => other.includes(each));
      assert.deepEqual(shared, other, name);
    }
  });

  test('show at beta and localtest only', () => {
    assert(!modelOf('v1.0').types.has(`${GRAPH}.profile`));
    assert(![...modelOf('v1.0').types.keys()].some((name) => name.startsWith(FAST_PI)));
    assert(!modelOf('v1.0').resources.has('user'));
  });

  test('Fast.PI mentions types of Fast.PI alone', () => {
    const outside = declarations
      .filter((type) => type.namespace === FAST_PI)
      .flatMap(mentions)
      .filter((name) => !name.startsWith(`${FAST_PI}.`));
    assert.deepEqual(outside, []);
  });

  test('a facet may be shown to several audiences at once', () => {
    for (const namespace of [GRAPH, FAST_PI]) {
      const type = modelOf('beta').types.get(`${namespace}.allowedAudiences`);
      assert(type?.kind === 'enum' && type.flags);
      assert.equal(type.members.get('everyone'), 32);
    }
  });
});
