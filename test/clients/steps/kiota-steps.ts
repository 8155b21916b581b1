import type { User } from '@microsoft/msgraph-sdk/models/index.js';
import { contoso } from '../contoso-seed.ts';
import { dot } from './dot.ts';
import { refusal, type Step } from './step.ts';

const { ada, ben, engineers } = contoso;
const sku = '06ebc4ee-1bb5-47dd-8120-11324bc54e06';
const bytes = dot.buffer.slice(dot.byteOffset, dot.byteOffset + dot.length) as ArrayBuffer;

/** What applications do by `@microsoft/msgraph-sdk`. */
export const kiotaSteps: readonly Step[] = [
  [
    'a function with its parentheses',
    async ({ kiota }) => {
      const queryParameters = { select: ['displayName'] };
      return (await kiota.users.delta.get({ queryParameters }))?.value?.length;
    },
    4,
  ],
  ['a photo is sent as a stream', ({ kiota }) => kiota.me.photo.content.put(bytes)],
  [
    'and is read',
    async ({ kiota }) => ((await kiota.me.photo.content.get())?.byteLength ?? 0) > 0,
    true,
  ],
  ['a photo has a size', async ({ kiota }) => (await kiota.me.photo.get())?.width, 1],
  [
    'sizes of a photo',
    async ({ kiota }) => Array.isArray((await kiota.me.photos.get())?.value),
    true,
  ],
  [
    'a cast by its method',
    async ({ kiota }) => (await kiota.me.memberOf.graphGroup.get())?.value?.[0]?.displayName,
    'Engineers',
  ],
  [
    'groups of those named',
    async ({ kiota }) =>
      (await kiota.me.checkMemberGroups.post({ groupIds: [engineers.id] }))?.value,
    [engineers.id],
  ],
  [
    'every group',
    async ({ kiota }) => {
      const asked = { securityEnabledOnly: true };
      return (await kiota.users.byUserId(ada.id).getMemberObjects.post(asked))?.value;
    },
    [],
  ],
  [
    'a licence',
    async ({ kiota }) => {
      const one = kiota.users.byUserId(ben.id);
      await one.patch({ usageLocation: 'US' });
      const addLicenses = [{ skuId: sku as never, disabledPlans: [] }];
      await one.assignLicense.post({ addLicenses, removeLicenses: [] });
      return String((await one.licenseDetails.get())?.value?.[0]?.skuId);
    },
    sku,
  ],
  [
    'a folder of contacts',
    async ({ kiota }) => {
      const made = await kiota.me.contactFolders.post({ displayName: 'Kiota' });
      const folder = kiota.me.contactFolders.byContactFolderId(made!.id!);
      const birthday = new Date('2000-01-01T00:00:00Z');
      await folder.contacts.post({ givenName: 'Zoe', birthday, homeAddress: { city: 'Bonn' } });
      const contact = (await folder.contacts.get())?.value?.[0];
      await folder.delete();
      return [contact?.homeAddress?.city, contact?.birthday?.toISOString()];
    },
    ['Bonn', '2000-01-01T00:00:00.000Z'],
  ],
  [
    'people around',
    async ({ kiota }) => ((await kiota.me.people.get())?.value?.length ?? 0) > 0,
    true,
  ],
  [
    'settings of a mailbox',
    async ({ kiota }) => {
      await kiota.me.mailboxSettings.patch({ timeZone: 'W. Europe Standard Time' });
      return (await kiota.me.mailboxSettings.get())?.timeZone;
    },
    'W. Europe Standard Time',
  ],
  [
    'memberships through groups, counted',
    async ({ kiota }) => {
      const headers = { ConsistencyLevel: 'eventual' };
      const asked = { queryParameters: { count: true }, headers };
      return (await kiota.me.transitiveMemberOf.get(asked))?.odataCount;
    },
    1,
  ],
  [
    'what somebody owns',
    async ({ kiota }) => (await kiota.me.ownedObjects.get())?.value?.[0]?.id,
    engineers.id,
  ],
  [
    'an open extension',
    async ({ kiota }) => {
      const { extensions } = kiota.users.byUserId(ben.id);
      const additionalData = { extensionName: 'kiota.x', shelf: 3 };
      const odataType = '#microsoft.graph.openTypeExtension';
      await extensions.post({ odataType, additionalData } as never);
      return (await extensions.get())?.value?.length;
    },
    1,
  ],
  [
    'sessions end',
    async ({ kiota }) => (await kiota.users.byUserId(ben.id).revokeSignInSessions.post())?.value,
    true,
  ],
  [
    'nested values and dates',
    async ({ kiota }) => {
      const one = kiota.users.byUserId(ben.id);
      const employeeHireDate = new Date('2020-02-03T00:00:00Z');
      await one.patch({
        employeeHireDate,
        employeeOrgData: { costCenter: '17', division: 'Docks' },
        onPremisesExtensionAttributes: { extensionAttribute3: 'quay' },
      });
      const select = ['employeeHireDate', 'employeeOrgData', 'onPremisesExtensionAttributes'];
      const read = await one.get({ queryParameters: { select } });
      const { costCenter } = read?.employeeOrgData ?? {};
      return [costCenter, read?.employeeHireDate?.toISOString().slice(0, 10)];
    },
    ['17', '2020-02-03'],
  ],
  [
    'notes about oneself',
    async ({ kiota }) => void (await kiota.me.patch({ aboutMe: 'At the quay.' })),
  ],
  [
    'roles that are assigned',
    async ({ kiota }) =>
      (await kiota.users.byUserId(ben.id).appRoleAssignments.get())?.value?.length,
    0,
  ],
  [
    'scopes that are granted',
    async ({ kiota }) =>
      (await kiota.users.byUserId(ben.id).oauth2PermissionGrants.get())?.value?.length,
    0,
  ],
  [
    'sponsors',
    async ({ kiota }) => (await kiota.users.byUserId(ben.id).sponsors.get())?.value?.length,
    0,
  ],
  [
    'the chain of managers',
    async ({ kiota }) => {
      const expand = ['manager($levels=max;$select=id,displayName)'];
      const queryParameters = { expand, select: ['id'], count: true };
      const headers = { ConsistencyLevel: 'eventual' };
      const read = await kiota.users.byUserId(ben.id).get({ queryParameters, headers } as never);
      return (read?.manager as User | undefined)?.displayName;
    },
    'Ada Lovelace',
  ],
  ['nobody', ({ kiota }) => refusal(kiota.users.byUserId('nobody@contoso.example').get()), 404],
];
