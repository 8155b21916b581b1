import { after, before } from 'node:test';
import { type RunningKith, startKith } from '../running-kith.ts';
import { testScenarios } from './scenario.ts';
import { findSeeded } from './seeded.ts';

const { connection, miraLine } = findSeeded();
const FAST_PI = 'Microsoft.Fast.PI.ViewGenerator.V2.Profile.Models';
const me = '/localtest/me';
const decorated = `/v1.0/decoratedProfileConnections/${connection}/profile`;

let kith: RunningKith;
before(async () => {
  kith = await startKith();
});
after(() => kith?.close());

const accepted: readonly (readonly [path: string, type: string])[] = [
  [me, '#microsoft.graph.user'],
  [me, 'microsoft.graph.user'],
  ['/v1.0/me', '#microsoft.graph.user'],
  ['/beta/me/profile', '#microsoft.graph.profile'],
  ['/beta/me/profile', 'microsoft.graph.profile'],
  ['/beta/user/mira@fernhollow.example/profile', `#${FAST_PI}.profile`],
  ['/beta/user/mira@fernhollow.example/profile', `${FAST_PI}.profile`],
  ['/beta/me/photo', 'microsoft.graph.profilePhoto'],
  [decorated, '#microsoft.graph.DecoratedProfile'],
  [decorated, 'microsoft.graph.DecoratedProfile'],
  [decorated, '#microsoft.graph.linkedIn.DecoratedProfile'],
  [decorated, 'microsoft.graph.linkedIn.DecoratedProfile'],
];

testScenarios(
  () => kith,
  accepted.map(([path, type]) => ({
    name: `${path} takes ${type}`,
    path,
    body: { '@odata.type': type },
    status: 200,
  })),
);

const refused: readonly (readonly [path: string, type: unknown])[] = [
  [me, '#microsoft.graph.group'],
  [me, '#microsoft.graph.directoryObject'],
  [me, '#microsoft.graph.entity'],
  [me, '##microsoft.graph.user'],
  [me, 'user'],
  [me, '#Microsoft.Graph.User'],
  [me, '#microsoft.graph.nothing'],
  [me, `#${FAST_PI}.user`],
  [me, '#microsoft.graph.passwordProfile'],
  [me, '#microsoft.graph.dayOfWeek'],
  [me, ''],
  [me, null],
  [me, 5],
  [me, {}],
  ['/v1.0/me', '#microsoft.graph.linkedIn.user2'],
  ['/beta/me/profile', `#${FAST_PI}.profile`],
  ['/beta/user/mira@fernhollow.example/profile', '#microsoft.graph.profile'],
  [decorated, '#microsoft.graph.profile'],
];

testScenarios(
  () => kith,
  refused.map(([path, type]) => ({
    name: `${path} refuses ${JSON.stringify(type)}`,
    path,
    body: { '@odata.type': type },
    status: 400,
    has: { target: '@odata.type' },
  })),
);

testScenarios(
  () => kith,
  [
    {
      name: 'a wrong type inside a collection is refused where it stands',
      path: me,
      body: { assignedLicenses: [{ '@odata.type': 'microsoft.graph.assignedPlan' }] },
      status: 400,
      has: { target: 'assignedLicenses/@odata.type' },
    },
    {
      name: 'a type that is not derived is refused for a nested value',
      path: me,
      body: { mailboxSettings: { language: { '@odata.type': '#microsoft.graph.workingHours' } } },
      status: 400,
      has: { target: 'mailboxSettings/language/@odata.type' },
    },
    {
      name: 'members of a derived type need its name',
      path: me,
      body: { mailboxSettings: { workingHours: { timeZone: { bias: 60 } } } },
      status: 400,
      has: { target: 'mailboxSettings/workingHours/timeZone/bias' },
    },
    {
      name: 'decorated types inside a body may be named with linkedIn in between',
      path: decorated,
      body: { phoneNumbers: [{ '@odata.type': '#microsoft.graph.linkedIn.PhoneNumber' }] },
      status: 200,
      has: { phoneNumbers: [{ '@odata.type': 'microsoft.graph.PhoneNumber' }] },
    },
    {
      name: 'unknown annotations are ignored, at every depth',
      path: me,
      body: {
        '@odata.id': 'x',
        '@odata.context': 5,
        '@com.contoso.mood': { deep: [1] },
        'city@odata.type': '#String',
        city: 'Oban',
        mailboxSettings: { '@odata.nonsense': true, 'dateFormat@x': null, dateFormat: 'y' },
        assignedPlans: [{ '@x.y': 1, service: 'S' }],
      },
      status: 200,
      has: { city: 'Oban', mailboxSettings: { dateFormat: 'y' } },
      hasNot: ['@com.contoso.mood', '@odata.nonsense', 'city@odata.type', '@x.y', 'dateFormat@x'],
    },
    {
      name: 'annotations are not stored either',
      path: me,
      before: [{ '@com.contoso.mood': 'storm', assignedPlans: [{ '@x.y': 1, service: 'S' }] }],
      method: 'GET',
      status: 200,
      hasNot: ['@com.contoso.mood', '@x.y'],
    },
  ],
);

/** Members that the types do not declare, and how the refusal names them. */
const undeclared: readonly (readonly [path: string, body: unknown, target: string])[] = [
  [me, { nickname: 'x' }, 'nickname'],
  [me, { DisplayName: 'x' }, 'DisplayName'],
  [me, { '': 'x' }, ''],
  [me, { extension_abc_shoeSize: 42 }, 'extension_abc_shoeSize'],
  [me, '{"__proto__":{"isAdmin":true}}', '__proto__'],
  [me, { constructor: 1 }, 'constructor'],
  [me, { passwordProfile: { passwort: 'x' } }, 'passwordProfile/passwort'],
  [me, { assignedLicenses: [{ skuID: 'x' }] }, 'assignedLicenses/skuID'],
  ['/v1.0/me', { infoCatalogs: ['x'] }, 'infoCatalogs'],
  ['/beta/me/photo', { depth: 3 }, 'depth'],
  ['/beta/me/profile', { displayName: 'x' }, 'displayName'],
  [decorated, { middleName: 'x' }, 'middleName'],
];

testScenarios(
  () => kith,
  undeclared.map(([path, body, target]) => ({
    name: `${path} refuses the undeclared member ${target} of ${JSON.stringify(body)}`,
    path,
    body,
    status: 400,
    has: { target, code: 'Request_BadRequest' },
    afterwards: { path: '/localtest/me', has: { '@odata.etag': 'W/"1"', city: miraLine.city } },
  })),
);
