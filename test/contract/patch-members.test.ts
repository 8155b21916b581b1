import { after, before } from 'node:test';
import { type RunningKith, startKith } from '../running-kith.ts';
import { testScenarios } from './scenario.ts';
import { findSeeded } from './seeded.ts';

const { miraLine } = findSeeded();
const path = '/localtest/me';
const seededSettings = miraLine.mailboxSettings as Record<string, object>;
const hours = seededSettings.workingHours as Record<string, unknown>;
const replies = seededSettings.automaticRepliesSetting as Record<string, unknown>;
/** What Mira's mailbox settings hold beside the working hours. */
const { workingHours: _, ...otherSettings } = seededSettings;

const custom = {
  '@odata.type': '#microsoft.graph.customTimeZone',
  name: 'Ship time',
  bias: -90,
  standardOffset: { time: '02:00:00.0000000', dayOccurrence: 1, month: 11, year: 0 },
};
const zone = (timeZone: unknown) => ({ mailboxSettings: { workingHours: { timeZone } } });

let kith: RunningKith;
before(async () => {
  kith = await startKith();
});
after(() => kith?.close());

testScenarios(
  () => kith,
  [
    {
      name: 'members that a body does not name keep their values',
      path,
      body: { city: 'Tórshavn' },
      status: 200,
      has: {
        city: 'Tórshavn',
        displayName: miraLine.displayName,
        accountEnabled: true,
        deviceEnrollmentLimit: miraLine.deviceEnrollmentLimit,
        birthday: miraLine.birthday,
        skills: miraLine.skills,
        mailboxSettings: seededSettings,
      },
      afterwards: { has: { city: 'Tórshavn', skills: miraLine.skills } },
    },
    {
      name: 'an empty body changes nothing',
      path,
      body: {},
      status: 200,
      has: { '@odata.etag': 'W/"1"', city: miraLine.city },
    },
    {
      name: 'null clears nullable members of every kind',
      path,
      body: { city: null, accountEnabled: null, mailboxSettings: null, createdDateTime: null },
      status: 200,
      has: { city: null, accountEnabled: null, mailboxSettings: null, createdDateTime: null },
      afterwards: { has: { city: null, accountEnabled: null, mailboxSettings: null } },
    },
    {
      name: 'null clears a member of a complex value and leaves the others',
      path,
      body: { mailboxSettings: { workingHours: { startTime: null } } },
      status: 200,
      has: {
        mailboxSettings: { ...otherSettings, workingHours: { ...hours, startTime: null } },
      },
    },
    {
      name: 'a complex value that was null takes what is sent',
      path,
      before: [{ mailboxSettings: null }],
      body: { mailboxSettings: { language: { locale: 'fo-FO' } } },
      status: 200,
      has: { mailboxSettings: { language: { locale: 'fo-FO' } } },
      hasNot: ['archiveFolder'],
    },
    {
      name: 'the name of the time zone alone is changed, and everything around it stays',
      path,
      body: zone({ name: 'Faroe Standard Time' }),
      status: 200,
      has: {
        mailboxSettings: {
          ...otherSettings,
          workingHours: { ...hours, timeZone: { name: 'Faroe Standard Time' } },
        },
      },
      afterwards: {
        has: {
          mailboxSettings: {
            ...otherSettings,
            workingHours: { ...hours, timeZone: { name: 'Faroe Standard Time' } },
          },
        },
      },
    },
    {
      name: 'changes at several depths merge at once',
      path,
      body: {
        mailboxSettings: {
          dateFormat: 'd.M.yyyy',
          automaticRepliesSetting: { internalReplyMessage: 'Gone fishing' },
          workingHours: { daysOfWeek: ['monday'] },
        },
      },
      status: 200,
      has: {
        mailboxSettings: {
          ...otherSettings,
          dateFormat: 'd.M.yyyy',
          automaticRepliesSetting: { ...replies, internalReplyMessage: 'Gone fishing' },
          workingHours: { ...hours, daysOfWeek: ['monday'] },
        },
      },
    },
    {
      name: 'a derived type replaces the value of another type',
      path,
      body: zone(custom),
      status: 200,
      has: zone({
        ...custom,
        '@odata.type': 'microsoft.graph.customTimeZone',
        standardOffset: {
          '@odata.type': 'microsoft.graph.standardTimeZoneOffset',
          ...custom.standardOffset,
        },
      }),
      afterwards: {
        path: '/v1.0/me?$select=mailboxSettings',
        has: zone(custom),
      },
    },
    {
      name: 'a body without a type merges into a value of a derived type',
      path,
      before: [zone(custom)],
      body: zone({ name: 'Watch below' }),
      status: 200,
      has: zone({
        '@odata.type': 'microsoft.graph.customTimeZone',
        name: 'Watch below',
        bias: -90,
      }),
    },
    {
      name: 'the same derived type merges',
      path,
      before: [zone(custom)],
      body: zone({ '@odata.type': 'microsoft.graph.customTimeZone', bias: 60 }),
      status: 200,
      has: zone({ name: 'Ship time', bias: 60 }),
    },
    {
      name: 'naming the base type replaces a value of the derived type',
      path,
      before: [zone(custom)],
      body: zone({ '@odata.type': '#microsoft.graph.timeZoneBase', name: 'UTC' }),
      status: 200,
      has: zone({ '@odata.type': 'microsoft.graph.timeZoneBase', name: 'UTC' }),
      hasNot: ['bias', 'standardOffset'],
    },
    {
      name: 'a collection of texts is replaced',
      path,
      body: { skills: ['Knots', 'Knots', ''] },
      status: 200,
      has: { skills: ['Knots', 'Knots', ''], interests: miraLine.interests },
      afterwards: { has: { skills: ['Knots', 'Knots', ''] } },
    },
    {
      name: 'an empty collection empties',
      path,
      body: { skills: [], assignedLicenses: [] },
      status: 200,
      has: { skills: [], assignedLicenses: [] },
    },
    {
      name: 'a collection of complex values is replaced, not merged element by element',
      path,
      body: { assignedPlans: [{ service: 'Lighthouse' }] },
      status: 200,
      has: {
        assignedPlans: [{ '@odata.type': 'microsoft.graph.assignedPlan', service: 'Lighthouse' }],
      },
    },
  ],
);

/** Null where there has to be a value: the body and the target of the refusal. */
const refusedNulls: readonly (readonly [unknown, string])[] = [
  [{ id: null }, 'id'],
  [{ deviceEnrollmentLimit: null }, 'deviceEnrollmentLimit'],
  [{ birthday: null }, 'birthday'],
  [{ hireDate: null }, 'hireDate'],
  [{ skills: null }, 'skills'],
  [{ skills: ['a', null] }, 'skills'],
  [{ assignedLicenses: [null] }, 'assignedLicenses'],
  [
    {
      mailboxSettings: { automaticRepliesSetting: { scheduledStartDateTime: { dateTime: null } } },
    },
    'mailboxSettings/automaticRepliesSetting/scheduledStartDateTime/dateTime',
  ],
];

testScenarios(
  () => kith,
  refusedNulls.map(([body, target]) => ({
    name: `null is refused with its target: ${JSON.stringify(body)}`,
    path,
    body: { ...(body as object), city: 'Nowhere' },
    status: 400,
    has: { target },
    afterwards: { has: { '@odata.etag': 'W/"1"', city: miraLine.city } },
  })),
);
