import { after, before } from 'node:test';
import { type RunningKith, startKith } from '../running-kith.ts';
import { type Scenario, testScenarios } from './scenario.ts';
import { findSeeded } from './seeded.ts';

const seeded = findSeeded();
const { mira, ingrid, connection, connectionOfOthers, connectionOfOthersMembers } = seeded;
const unknown = '00000000-0000-4000-8000-000000000000';
const guest = 'dana_kestrelbay.example#EXT#@fernhollow.example';
const app = { app: 'test', roles: ['User.ReadWrite.All'] };

let kith: RunningKith;
before(async () => {
  kith = await startKith();
});
after(() => kith?.close());

/** Ways to write Mira and others in a path. */
const ways: readonly (readonly [path: string, userPrincipalName: string])[] = [
  ['/users/mira@fernhollow.example', 'mira@fernhollow.example'],
  ['/users/MIRA@Fernhollow.Example', 'mira@fernhollow.example'],
  ['/users/mira%40fernhollow.example', 'mira@fernhollow.example'],
  ["/users('mira@fernhollow.example')", 'mira@fernhollow.example'],
  [`/users/${mira}`, 'mira@fernhollow.example'],
  [`/users/${mira.toUpperCase()}`, 'mira@fernhollow.example'],
  [`/users('${mira}')`, 'mira@fernhollow.example'],
  [`/users(%27${mira}%27)`, 'mira@fernhollow.example'],
  [`/users(id='${mira}')`, 'mira@fernhollow.example'],
  ["/users(userPrincipalName='mira@fernhollow.example')", 'mira@fernhollow.example'],
  [`/users/${mira}/`, 'mira@fernhollow.example'],
  [`/users/${encodeURIComponent(guest)}`, guest],
  [`/users('${encodeURIComponent(guest)}')`, guest],
];

testScenarios(
  () => kith,
  ways.map(([path, userPrincipalName]) => ({
    name: `${path} is ${userPrincipalName}`,
    path: `/v1.0${path}`,
    body: { city: 'Found' },
    status: 200,
    has: { userPrincipalName, city: 'Found' },
    afterwards: { has: { userPrincipalName } },
  })),
);

const renamed = { userPrincipalName: "o'neil@fernhollow.example" };
testScenarios(
  () => kith,
  ["/users('o''neil@fernhollow.example')", "/users/o'neil@fernhollow.example"].map((path) => ({
    name: `an apostrophe in a name: ${path}`,
    path: '/v1.0/me',
    body: renamed,
    status: 200,
    afterwards: { path: `/v1.0${path}`, has: renamed },
  })),
);

testScenarios(
  () => kith,
  [null, ''].map((mail) => ({
    name: `a mail of ${JSON.stringify(mail)} leaves no primary address behind`,
    path: '/localtest/me',
    body: { mail },
    status: 200,
    has: { mail },
    hasNot: ['SMTP:'],
  })),
);

const malformed: Scenario[] = ["users('x", "users('o'neil')", 'users()', "users('a')x"].map(
  (path) => ({
    name: `a malformed key is 400: ${path}`,
    path: `/v1.0/${path}`,
    status: 400,
  }),
);

/** Paths to what is there, but not for Mira, or not there at all: GET and PATCH are 404. */
const absent = [
  `/users/${unknown}`,
  '/users/nobody@fernhollow.example',
  `/users/${unknown}/profile`,
  `/user/${unknown}/profile`,
  `/users/${unknown}/photo`,
  `/groups/${unknown}/photo`,
  `/teams/${unknown}/photo`,
  `/teams/${seeded.securityGroup}/photo`,
  `/decoratedProfileConnections/${connectionOfOthers}/profile`,
  `/decoratedProfileConnections/${unknown}/profile`,
  `/decoratedProfileConnections/${ingrid}/profile`,
  `/me/joinedGroups/${seeded.groupOfOthers}/photo`,
  `/me/joinedGroups/${seeded.groupOfOthers}/team/photo`,
  `/me/joinedGroups/${seeded.groupOfOthers}/photos/48x48`,
  `/me/joinedGroups/${seeded.securityGroup}/photo`,
  `/me/joinedGroups/${unknown}/photo`,
  `/me/contacts/${seeded.contactOfAnother}/photo`,
  `/me/contacts/${unknown}/photo`,
];

testScenarios(
  () => kith,
  [
    ...malformed,
    ...absent.flatMap((path): Scenario[] => [
      { name: `GET ${path} is 404`, path: `/localtest${path}`, status: 404 },
      { name: `PATCH ${path} is 404`, path: `/localtest${path}`, body: {}, status: 404 },
    ]),
    {
      name: 'a refusal of an absent person names them as they were written, and nobody else',
      path: '/v1.0/users/nobody@fernhollow.example',
      status: 404,
      has: { code: 'Request_ResourceNotFound' },
      hasNot: [mira, 'userPrincipalName'],
    },
    {
      name: 'a connection shows the other member, as the caller sees them',
      path: `/v1.0/decoratedProfileConnections/${connection}/profile`,
      status: 200,
      has: { id: seeded.connected, connected: true, connectionDegree: 'DISTANCE_1' },
    },
    {
      name: 'an application sees every connection, and nothing that depends on a viewer',
      as: app,
      path: `/v1.0/decoratedProfileConnections/${connectionOfOthers}/profile`,
      status: 200,
      has: {
        id: connectionOfOthersMembers[1],
        connected: null,
        connectionDegree: null,
        viewerCanConnectViewee: null,
        viewerCanFollowViewee: null,
        invitationSentFromViewer: null,
        pendingInvitationSentFromViewee: null,
      },
    },
    {
      name: 'an application may write the profile behind a connection',
      as: app,
      path: `/v1.0/decoratedProfileConnections/${connectionOfOthers}/profile`,
      body: { headline: 'Written by an application', connected: true },
      status: 200,
      has: { headline: 'Written by an application', connected: null },
    },
    {
      name: 'computed members in a body are neither checked nor stored',
      path: `/v1.0/decoratedProfileConnections/${connection}/profile`,
      body: { connected: { any: 'thing' }, totalPositionCount: 'Integer', recentPositions: 'x' },
      status: 200,
      has: { connected: true, '@odata.etag': 'W/"1"' },
    },
    {
      name: 'null is refused for a stored member of a decorated profile that is never null',
      path: `/v1.0/decoratedProfileConnections/${connection}/profile`,
      body: { firstName: null },
      status: 400,
      has: { target: 'firstName' },
    },
    {
      name: 'both dialects of a profile are one person',
      path: '/beta/me/profile',
      status: 200,
      has: { id: mira },
      afterwards: { path: `/beta/user/${mira}/profile`, has: { id: mira } },
    },
    {
      name: 'deletedDateTime is stored and shown without moving the person',
      path: '/localtest/me',
      body: { deletedDateTime: '2020-02-02T02:02:02Z' },
      status: 200,
      afterwards: { has: { deletedDateTime: '2020-02-02T02:02:02Z' } },
    },
  ],
);
