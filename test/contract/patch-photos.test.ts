import { after, before } from 'node:test';
import { type RunningKith, startKith } from '../running-kith.ts';
import { type Scenario, testScenarios } from './scenario.ts';
import { findSeeded } from './seeded.ts';

const { contactWithoutPhoto, group } = findSeeded();
const photo = '/beta/me/photo';
const example = { height: 6, width: 5 };
const missing = { code: 'ErrorEntityNotFound' };

let kith: RunningKith;
before(async () => {
  kith = await startKith();
});
after(() => kith?.close());

const sizes: Scenario[] = [48, 64, 96, 120, 240, 360, 432, 504, 648].map((edge) => ({
  name: `the photo has the size ${edge}x${edge}`,
  path: `/beta/me/photos/${edge}x${edge}`,
  status: 200,
  has: { id: `${edge}x${edge}`, height: edge, width: edge },
}));

const otherCases: Scenario[] = ['240X240', '48X48'].map((id) => ({
  name: `a size is found in any case: ${id}`,
  path: `/beta/me/photos/${id}`,
  body: { id },
  status: 200,
  has: { id: id.toLowerCase() },
}));

const unknown: Scenario[] = ['999x999', '50x50', '648x647', 'abc', '48', '0x0', '48x48x48'].flatMap(
  (id) => [
    { name: `a GET of the size ${id} is 404`, path: `/beta/me/photos/${id}`, status: 404 },
    {
      name: `a PATCH of the size ${id} is 404`,
      path: `/beta/me/photos/${id}`,
      body: example,
      status: 404,
      has: missing,
      afterwards: { path: photo, has: { id: '648x648', '@odata.etag': 'W/"1"' } },
    },
  ],
);

const misfits: Scenario[] = [0, -1, 2049, 2 ** 31, 5.5, '5', null, true, [], {}].flatMap((value) =>
  ['height', 'width'].map((edge) => ({
    name: `the ${edge} ${JSON.stringify(value)} is refused with its target`,
    path: photo,
    body: { ...example, [edge]: value },
    status: 400,
    has: { target: edge },
    afterwards: { has: { id: '648x648', height: 648, width: 648, '@odata.etag': 'W/"1"' } },
  })),
);

testScenarios(
  () => kith,
  [
    ...sizes,
    ...otherCases,
    ...unknown,
    ...misfits,
    ...[1, 2048].map((edge) => ({
      name: `a photo may be ${edge} pixels wide`,
      path: photo,
      body: { width: edge, height: 1 },
      status: 200,
      has: { id: `${edge}x1`, width: edge, height: 1 },
    })),
    {
      name: 'the height alone may be changed',
      path: photo,
      body: { height: 320 },
      status: 200,
      has: { id: '648x320', height: 320, width: 648 },
    },
    {
      name: 'a size of the photo answers with its new size, under its new id',
      path: '/beta/me/photos/240x240',
      body: example,
      status: 200,
      has: { id: '5x6', height: 6, width: 5 },
      afterwards: { path: '/beta/me/photos/5x6', has: { id: '5x6', height: 6, width: 5 } },
    },
    {
      name: 'a size is changed from its own measures',
      path: '/beta/me/photos/240x240',
      body: { height: 100 },
      status: 200,
      has: { id: '240x100', height: 100, width: 240 },
    },
    {
      name: 'what one size is changed to leaves the photo as it was',
      path: '/beta/me/photos/240x240',
      body: example,
      status: 200,
      afterwards: { path: photo, has: { id: '648x648', height: 648, width: 648 } },
    },
    {
      name: 'what one size is changed to leaves its other sizes as they were',
      path: '/beta/me/photos/240x240',
      body: example,
      status: 200,
      afterwards: { path: '/beta/me/photos/120x120', has: { height: 120, width: 120 } },
    },
    {
      name: 'a photo that nobody uploaded is 404',
      path: `/beta/me/contacts/${contactWithoutPhoto}/photo`,
      status: 404,
      has: missing,
    },
    {
      name: 'a photo that nobody uploaded takes a size',
      path: `/beta/me/contacts/${contactWithoutPhoto}/photo`,
      body: example,
      status: 200,
      has: { id: '5x6', ...example },
      afterwards: { has: { id: '5x6', ...example } },
    },
    {
      name: 'a photo that nobody uploaded needs both measures',
      path: `/beta/me/contacts/${contactWithoutPhoto}/photo`,
      body: { width: 5 },
      status: 400,
      has: { target: 'height' },
    },
    {
      name: 'the id of another size is refused',
      path: photo,
      body: { id: '48x48' },
      status: 400,
      has: { target: 'id' },
    },
    {
      name: 'a group has one photo, whichever way leads to it',
      path: `/beta/me/joinedGroups/${group}/photo`,
      body: example,
      status: 200,
      afterwards: { path: `/beta/groups/${group}/photo`, has: { id: '5x6' } },
    },
    {
      name: 'a team has one photo, whichever way leads to it',
      path: `/beta/me/joinedGroups/${group}/team/photo`,
      body: example,
      status: 200,
      afterwards: { path: `/beta/teams/${group}/photo`, has: { id: '5x6' } },
    },
    { name: 'v1.0 has photos too', path: '/v1.0/me/photo', body: example, status: 200 },
  ],
);
