import { contoso } from '../contoso-seed.ts';
import { keep, names, refusal, type Step } from './step.ts';

const { ada, ben, engineers, disabled } = contoso;
const all = ['Ada Lovelace', 'Ben Lister', 'Dora Gone'];
const grown = { ConsistencyLevel: 'eventual' };
const password = { password: 'Harbour-light-17', forceChangePasswordNextSignIn: true };
const joe = {
  ...{ accountEnabled: true, displayName: 'Joe Quay', mailNickname: 'joe' },
  ...{ userPrincipalName: 'joe@contoso.example', passwordProfile: password },
};
const sku = '06ebc4ee-1bb5-47dd-8120-11324bc54e06';

/** Filters of people, each with whom it finds. */
const filters: readonly (readonly [filter: string, found: readonly string[]])[] = [
  ["displayName in ('Ada Lovelace','Nobody')", ['Ada Lovelace']],
  [`id in ('${ada.id}','${ben.id}')`, ['Ada Lovelace', 'Ben Lister']],
  ['accountEnabled eq false', ['Dora Gone']],
  ["startswith(givenName,'A') and surname eq 'Lovelace'", ['Ada Lovelace']],
  ["proxyAddresses/any(p:p eq 'SMTP:ada@contoso.example')", []],
  ["otherMails/any(m:m eq 'x@y.example')", []],
  ["createdDateTime ge 2019-01-01T00:00:00Z or displayName eq 'Ben Lister'", ['Ben Lister']],
  ["mail eq 'BEN@contoso.example'", ['Ben Lister']],
];

/** The same of those that need the header and the count. */
const grownFilters: typeof filters = [
  ["endsWith(mail,'@contoso.example')", all],
  ["NOT(startsWith(displayName,'A'))", ['Ben Lister', 'Dora Gone']],
  ["department ne 'Engines'", ['Ben Lister', 'Dora Gone']],
  ['assignedLicenses/$count eq 0', all],
  ['jobTitle eq null', ['Ben Lister', 'Dora Gone']],
];

const found: readonly Step[] = [
  ...filters.map(([filter, expected]): Step => {
    return [
      `people are filtered by ${filter}`,
      async ({ graph }) => names(await graph.api('/users').filter(filter).get()).sort(),
      expected,
    ];
  }),
  ...grownFilters.map(([filter, expected]): Step => {
    return [
      `people are filtered, counting, by ${filter}`,
      async ({ graph }) => {
        const request = graph.api('/users').headers(grown).count(true).filter(filter);
        return names(await request.get()).sort();
      },
      expected,
    ];
  }),
];

const read: readonly Step[] = [
  ['me', async ({ graph }) => (await graph.api('/me').get()).id, ada.id],
  [
    'a selection alone',
    async ({ graph }) => Object.keys(await graph.api('/me').select('id,mail').get()).sort(),
    ['@odata.context', 'id', 'mail'],
  ],
  [
    'a person by name',
    async ({ graph }) => (await graph.api(`/users/${ben.name}`).get()).id,
    ben.id,
  ],
  ['nobody', ({ graph }) => refusal(graph.api("/users/o'brien@contoso.example").get()), 404],
  ['no manager', ({ graph }) => refusal(graph.api('/me/manager').get()), 404],
  ['too large a page', ({ graph }) => refusal(graph.api('/users').top(1000).get()), 400],
  [
    'no filter by notes',
    ({ graph }) => refusal(graph.api('/users').filter("aboutMe eq 'x'").get()),
    400,
  ],
  [
    'no search without the header',
    ({ graph }) => refusal(graph.api('/users').search('"displayName:a"').get()),
    400,
  ],
  [
    'a search for either of two',
    async ({ graph }) => {
      const search = graph.api('/users').headers(grown).search('"displayName:ada" OR "mail:ben"');
      return names(await search.get()).sort();
    },
    ['Ada Lovelace', 'Ben Lister'],
  ],
  [
    'pages of the size that is preferred',
    async ({ graph }) => {
      const list = await graph.api('/users').header('Prefer', 'odata.maxpagesize=1').get();
      return [list.value.length, typeof list['@odata.nextLink']];
    },
    [1, 'string'],
  ],
  [
    'everybody with their manager',
    async ({ graph }) => {
      const list = await graph.api('/users').expand('manager($select=id)').get();
      return list.value.map(({ manager }: { manager?: { id: string } }) => manager?.id);
    },
    [undefined, ada.id, undefined],
  ],
  [
    'the chain of managers',
    async ({ graph }) => {
      const query = { $expand: 'manager($levels=max;$select=id)', $select: 'id', $count: 'true' };
      return (await graph.api(`/users/${ben.id}`).headers(grown).query(query).get()).manager.id;
    },
    ada.id,
  ],
  [
    'groups of a person, cast and counted',
    async ({ graph }) => {
      const path = '/me/transitiveMemberOf/microsoft.graph.group';
      return (await graph.api(path).headers(grown).count(true).get())['@odata.count'];
    },
    1,
  ],
  [
    'groups that a person is in, of those named',
    async ({ graph }) =>
      (await graph.api('/me/checkMemberGroups').post({ groupIds: [engineers.id] })).value,
    [engineers.id],
  ],
  [
    'every group of a person',
    async ({ graph }) =>
      (await graph.api('/me/getMemberObjects').post({ securityEnabledOnly: false })).value,
    [engineers.id],
  ],
  [
    'objects by their ids',
    async ({ app }) => {
      const asked = { ids: [ada.id, engineers.id], types: ['user', 'group', 'device'] };
      return names(await app.api('/directoryObjects/getByIds').post(asked)).sort();
    },
    ['Ada Lovelace', 'Engineers'],
  ],
  [
    'people around',
    async ({ graph }) => names(await graph.api('/me/people').search('ben').get()),
    ['Ben Lister'],
  ],
  [
    'people around, by what they are',
    async ({ graph }) => {
      const filter = "personType/class eq 'Person' and personType/subclass eq 'OrganizationUser'";
      return names(await graph.api('/me/people').filter(filter).get());
    },
    ['Ben Lister'],
  ],
  [
    'people by a search of the service',
    async ({ graph }) => {
      const requests = [{ entityTypes: ['person'], query: { queryString: 'engines' } }];
      const { value } = await graph.api('/search/query').post({ requests });
      return value[0].hitsContainers.length;
    },
    1,
  ],
  ['the whole profile', async ({ beta }) => (await beta.api('/me/profile').get()).skills.length, 1],
  ['the company', async ({ graph }) => names(await graph.api('/organization').get()), ['Contoso']],
];

const written: readonly Step[] = [
  [
    'a person is made',
    async (world) => (await keep(world, 'joe', world.graph.api('/users').post(joe))).displayName,
    'Joe Quay',
  ],
  ['nobody twice', ({ graph }) => refusal(graph.api('/users').post(joe)), 400],
  [
    'a person is changed',
    ({ graph, kept }) =>
      graph.api(`/users/${kept.get('joe')}`).update({
        ...{ jobTitle: 'Pilot', businessPhones: ['+1 555 0100'], usageLocation: 'DE' },
        onPremisesExtensionAttributes: { extensionAttribute1: 'dock' },
      }),
  ],
  [
    'found by an attribute',
    async ({ graph }) => {
      const filter = "onPremisesExtensionAttributes/extensionAttribute1 eq 'dock'";
      return names(await graph.api('/users').headers(grown).count(true).filter(filter).get());
    },
    ['Joe Quay'],
  ],
  [
    'a manager is set by reference',
    ({ graph, kept, origin }) =>
      graph
        .api(`/users/${kept.get('joe')}/manager/$ref`)
        .put({ '@odata.id': `${origin}/v1.0/users/${ada.id}` }),
  ],
  [
    'and by the address of Graph, in the body',
    ({ graph, kept }) =>
      graph
        .api(`/users/${kept.get('joe')}`)
        .patch({ 'manager@odata.bind': `https://graph.microsoft.com/v1.0/users/${ben.id}` }),
  ],
  [
    'the manager is the last one',
    async ({ graph, kept }) => (await graph.api(`/users/${kept.get('joe')}/manager`).get()).id,
    ben.id,
  ],
  ['and goes', ({ graph, kept }) => graph.api(`/users/${kept.get('joe')}/manager/$ref`).delete()],
  [
    'a licence is given',
    async ({ graph, kept }) => {
      const path = `/users/${kept.get('joe')}`;
      const addLicenses = [{ disabledPlans: [], skuId: sku }];
      await graph.api(`${path}/assignLicense`).post({ addLicenses, removeLicenses: [] });
      return (await graph.api(`${path}/licenseDetails`).get()).value[0].skuId;
    },
    sku,
  ],
  [
    'sessions end',
    async ({ graph, kept }) =>
      (await graph.api(`/users/${kept.get('joe')}/revokeSignInSessions`).post(null)).value,
    true,
  ],
  [
    'a password is reset',
    ({ graph, kept }) =>
      graph.api(`/users/${kept.get('joe')}`).patch({
        passwordProfile: { password: 'Another-light-18', forceChangePasswordNextSignIn: false },
      }),
  ],
  ['a person is deleted', ({ graph, kept }) => graph.api(`/users/${kept.get('joe')}`).delete()],
  [
    'and is among the deleted',
    async ({ graph }) =>
      names(await graph.api('/directory/deletedItems/microsoft.graph.user').get()),
    ['Joe Quay'],
  ],
  [
    'and comes back',
    async ({ graph, kept }) =>
      (await graph.api(`/directory/deletedItems/${kept.get('joe')}/restore`).post({})).displayName,
    'Joe Quay',
  ],
  [
    'and goes for good',
    async ({ graph, kept }) => {
      const id = kept.get('joe');
      await graph.api(`/users/${id}`).delete();
      await graph.api(`/directory/deletedItems/${id}`).delete();
      return refusal(graph.api(`/directory/deletedItems/${id}`).get());
    },
    404,
  ],
  [
    'a guest is invited',
    async ({ graph }) => {
      const invitedUserEmailAddress = 'ola@fabrikam.example';
      const asked = { invitedUserEmailAddress, inviteRedirectUrl: 'https://contoso.example/' };
      return (await graph.api('/invitations').post(asked)).status;
    },
    'PendingAcceptance',
  ],
  [
    'disabled people stay',
    async ({ graph }) => (await graph.api(`/users/${disabled.id}`).get()).id,
    disabled.id,
  ],
];

/** What applications do with people by `@microsoft/microsoft-graph-client`. */
export const graphClientPeople: readonly Step[] = [...found, ...read, ...written];
