import {
  BatchRequestContent,
  BatchResponseContent,
  ResponseType,
} from '@microsoft/microsoft-graph-client';
import { contoso } from '../contoso-seed.ts';
import { dot } from './dot.ts';
import { keep, names, refusal, type Step } from './step.ts';

const { ada, ben, daemon, disabled, engineers } = contoso;
const grown = { ConsistencyLevel: 'eventual' };
const extension = { '@odata.type': 'microsoft.graph.openTypeExtension', extensionName: 'com.quay' };

const groups: readonly Step[] = [
  [
    'a group is made with its people',
    async (world) => {
      const at = (id: string) => `${world.origin}/v1.0/users/${id}`;
      const body = {
        ...{ displayName: 'Library', mailNickname: 'library', groupTypes: ['Unified'] },
        ...{ mailEnabled: true, securityEnabled: false },
        ...{ 'owners@odata.bind': [at(ada.id)], 'members@odata.bind': [at(ben.id)] },
      };
      return (await keep(world, 'group', world.graph.api('/groups').post(body))).mail;
    },
    'library@contoso.example',
  ],
  [
    'and gets one more',
    ({ graph, kept, origin }) =>
      graph.api(`/groups/${kept.get('group')}`).patch({
        'members@odata.bind': [`${origin}/v1.0/directoryObjects/${disabled.id}`],
      }),
  ],
  [
    'members are cast, filtered and counted',
    async ({ graph, kept }) => {
      const path = `/groups/${kept.get('group')}/members/microsoft.graph.user`;
      const request = graph
        .api(path)
        .headers(grown)
        .count(true)
        .filter("startswith(displayName,'B')");
      return names(await request.get());
    },
    ['Ben Lister'],
  ],
  [
    'a count of members is a text',
    ({ graph, kept }) =>
      graph
        .api(`/groups/${kept.get('group')}/members/$count`)
        .headers(grown)
        .responseType(ResponseType.TEXT)
        .get(),
    '2',
  ],
  [
    'owners',
    async ({ graph, kept }) => names(await graph.api(`/groups/${kept.get('group')}/owners`).get()),
    ['Ada Lovelace'],
  ],
  [
    'groups by mail',
    async ({ graph }) =>
      names(await graph.api('/groups').filter("mail eq 'engineers@contoso.example'").get()),
    ['Engineers'],
  ],
  [
    'groups by kind',
    async ({ graph }) =>
      (await graph.api('/groups').filter("groupTypes/any(k:k eq 'Unified')").get()).value.length,
    2,
  ],
  [
    'groups of teams',
    async ({ graph }) =>
      names(
        await graph.api('/groups').filter("resourceProvisioningOptions/Any(x:x eq 'Team')").get(),
      ),
    [],
  ],
  [
    'groups by a search',
    async ({ graph }) =>
      names(await graph.api('/groups').headers(grown).search('"displayName:libr"').get()),
    ['Library'],
  ],
  [
    'changes of groups',
    async ({ graph }) =>
      typeof (await graph.api('/groups/delta?$deltatoken=latest').get())['@odata.deltaLink'],
    'string',
  ],
  [
    'a photo of a group',
    async ({ graph, kept }) => {
      const path = `/groups/${kept.get('group')}/photo`;
      await graph.api(`${path}/$value`).header('Content-Type', 'image/png').put(dot);
      return (await graph.api(path).get())['@odata.mediaContentType'];
    },
    'image/jpeg',
  ],
  [
    'no team',
    ({ graph, kept }) => refusal(graph.api(`/groups/${kept.get('group')}/team`).get()),
    404,
  ],
  [
    'a batch over all of it',
    async ({ graph, kept, origin }) => {
      const to = (path: string) => new Request(`${origin}${path}`);
      const content = new BatchRequestContent([
        { id: 'me', request: to('/me?$select=id') },
        { id: 'photo', request: to(`/groups/${kept.get('group')}/photo/$value`) },
        { id: 'delta', request: to('/users/delta?$deltatoken=latest') },
        { id: 'nobody', request: to('/users/nobody') },
      ]);
      const answers = new BatchResponseContent(
        await graph.api('/$batch').post(await content.getContent()),
      );
      return ['me', 'photo', 'delta', 'nobody'].map((id) => answers.getResponseById(id).status);
    },
    [200, 200, 200, 404],
  ],
  ['a group is deleted', ({ graph, kept }) => graph.api(`/groups/${kept.get('group')}`).delete()],
  [
    'teams that are joined',
    async ({ graph }) => names(await graph.api('/me/joinedTeams').get()),
    [],
  ],
  [
    'a group by its id',
    async ({ graph }) => (await graph.api(`/groups/${engineers.id}`).get()).visibility,
    'Private',
  ],
];

const contacts: readonly Step[] = [
  [
    'a folder is made',
    async (world) =>
      (
        await keep(
          world,
          'folder',
          world.graph.api('/me/contactFolders').post({ displayName: 'Docks' }),
        )
      ).displayName,
    'Docks',
  ],
  [
    'a contact is made in it',
    async (world) => {
      const body = { givenName: 'Pia', emailAddresses: [{ address: 'pia@docks.example' }] };
      const path = `/me/contactFolders/${world.kept.get('folder')}/contacts`;
      return (await keep(world, 'contact', world.graph.api(path).post(body))).displayName;
    },
    'Pia',
  ],
  [
    'and is found by an address',
    async ({ graph, kept }) => {
      const path = `/me/contactFolders/${kept.get('folder')}/contacts`;
      const filter = "emailAddresses/any(a:a/address eq 'pia@docks.example')";
      return names(await graph.api(path).filter(filter).get());
    },
    ['Pia'],
  ],
  [
    'and has a photo',
    ({ graph, kept }) =>
      graph
        .api(
          `/me/contactFolders/${kept.get('folder')}/contacts/${kept.get('contact')}/photo/$value`,
        )
        .header('Content-Type', 'image/jpeg')
        .put(dot),
  ],
  [
    'and an extension',
    async ({ graph, kept }) => {
      const path = `/me/contactFolders/${kept.get('folder')}/contacts/${kept.get('contact')}`;
      await graph.api(`${path}/extensions`).post({ ...extension, lead: 7 });
      return (await graph.api(path).expand('extensions').get()).extensions[0].lead;
    },
    7,
  ],
  [
    'changes of a folder are told',
    async ({ graph, kept }) =>
      names(await graph.api(`/me/contactFolders/${kept.get('folder')}/contacts/delta`).get()),
    ['Pia'],
  ],
  [
    'the folder goes',
    ({ graph, kept }) => graph.api(`/me/contactFolders/${kept.get('folder')}`).delete(),
  ],
  [
    'an extension of a person is expanded',
    async ({ graph }) => {
      await graph.api('/me/extensions').post({ ...extension, theme: 'dark' });
      const { extensions } = await graph.api('/me').select('id').expand('extensions').get();
      await graph.api('/me/extensions/com.quay').delete();
      return extensions[0].theme;
    },
    'dark',
  ],
];

const applications: readonly Step[] = [
  [
    'an application by its client id',
    async ({ app }) => (await app.api(`/applications(appId='${daemon.id}')`).get()).displayName,
    'Daemon',
  ],
  [
    'an application is registered',
    async (world) => {
      const web = {
        redirectUris: ['https://quay.example/back'],
        implicitGrantSettings: { enableIdTokenIssuance: true },
      };
      const body = { displayName: 'Quay', signInAudience: 'AzureADMyOrg', web };
      const made = await keep(world, 'application', world.app.api('/applications').post(body));
      world.kept.set('appId', (made as unknown as { appId: string }).appId);
      return (made as unknown as { displayName: string }).displayName;
    },
    'Quay',
  ],
  [
    'gets a secret',
    async ({ app, kept }) => {
      const path = `/applications/${kept.get('application')}/addPassword`;
      return typeof (await app.api(path).post({ passwordCredential: {} })).secretText;
    },
    'string',
  ],
  [
    'says what it asks for',
    ({ app, kept }) =>
      app.api(`/applications/${kept.get('application')}`).patch({
        info: { supportUrl: 'https://quay.example/help' },
        optionalClaims: { idToken: [{ name: 'email', essential: false }] },
      }),
  ],
  [
    'has an owner',
    async ({ app, kept, origin }) => {
      const path = `/applications/${kept.get('application')}/owners`;
      await app.api(`${path}/$ref`).post({ '@odata.id': `${origin}/v1.0/users/${ada.id}` });
      return names(await app.api(path).get());
    },
    ['Ada Lovelace'],
  ],
  [
    'has a principal',
    async ({ app, kept }) =>
      (await app.api('/servicePrincipals').post({ appId: kept.get('appId') })).displayName,
    'Quay',
  ],
  ['and goes', ({ app, kept }) => app.api(`/applications/${kept.get('application')}`).delete()],
  [
    'what is no JSON is refused',
    ({ graph }) =>
      refusal(graph.api('/users').header('content-type', 'application/json').post('{bad')),
    400,
  ],
];

/** What applications do with groups, contacts and applications by the same client. */
export const graphClientGroups: readonly Step[] = [...groups, ...contacts, ...applications];
