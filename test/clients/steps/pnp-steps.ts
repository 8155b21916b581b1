import { contoso } from '../contoso-seed.ts';
import { dot } from './dot.ts';
import type { Step } from './step.ts';

const { ada, ben, engineers } = contoso;
const graphAt = 'https://graph.microsoft.com/v1.0';
const namesOf = (list: readonly { displayName: string }[]) => {
  return list.map(({ displayName }) => displayName).sort();
};

const people: readonly Step[] = [
  ['me', async ({ pnp }) => (await pnp.me()).id, ada.id],
  ['a person by name', async ({ pnp }) => (await pnp.users.getById(ben.name)()).id, ben.id],
  ['groups', async ({ pnp }) => namesOf(await pnp.me.memberOf()), ['Engineers']],
  [
    'groups, through groups',
    async ({ pnp }) => namesOf(await pnp.me.transitiveMemberOf()),
    ['Engineers'],
  ],
  ['people around', async ({ pnp }) => (await pnp.me.people.top(1)()).length, 1],
  ['a manager', async ({ pnp }) => (await pnp.users.getById(ben.id).manager()).id, ada.id],
  ['reports', async ({ pnp }) => namesOf(await pnp.me.directReports()), ['Ben Lister']],
  [
    'groups of those named',
    ({ pnp }) => pnp.users.getById(ada.id).checkMemberGroups([engineers.id]),
    [engineers.id],
  ],
  ['security groups', ({ pnp }) => pnp.users.getById(ada.id).getMemberGroups(true), []],
  ['a photo is sent', ({ pnp }) => pnp.me.photo.setContent(dot)],
  ['and is read, as a blob', async ({ pnp }) => (await pnp.me.photo.getBlob()).size > 0, true],
  ['and as bytes', async ({ pnp }) => (await pnp.me.photo.getBuffer()).byteLength > 0, true],
  ['and has a size', async ({ pnp }) => (await pnp.me.photo()).height, 1],
  [
    'people by a search of the service',
    async ({ pnp }) =>
      (await pnp.query({ entityTypes: ['person'], query: { queryString: 'ben' } })).length,
    1,
  ],
  [
    'a guest is invited',
    async ({ pnp }) => {
      const made = await pnp.invitations.create('pia@fabrikam.example', 'https://contoso.example/');
      return (made.data ?? made).status;
    },
    'PendingAcceptance',
  ],
  ['subscriptions', ({ pnp }) => pnp.subscriptions(), []],
];

const groups: readonly Step[] = [
  [
    'a group is made',
    async ({ pnp, kept }) => {
      const owners = { 'owners@odata.bind': [`${graphAt}/users/${ada.id}`] };
      await pnp.groups.add('Docks', 'docks', 0, owners);
      const [made] = await pnp.groups.filter("mailNickname eq 'docks'")();
      kept.set('docks', made.id);
      return made.groupTypes;
    },
    ['Unified'],
  ],
  ['a security group, too', async ({ pnp }) => void (await pnp.groups.add('Doors', 'doors', 2))],
  [
    'it is changed',
    ({ pnp, kept }) => pnp.groups.getById(kept.get('docks')).update({ description: 'x' }),
  ],
  ...[
    'addFavorite',
    'removeFavorite',
    'subscribeByMail',
    'unsubscribeByMail',
    'resetUnseenCount',
  ].map((name): Step => [name, ({ pnp, kept }) => pnp.groups.getById(kept.get('docks'))[name]()]),
  [
    'it gets a member',
    async ({ pnp, kept }) => {
      const { members } = pnp.groups.getById(kept.get('docks'));
      await members.add(`${graphAt}/directoryObjects/${ben.id}`);
      return namesOf(await pnp.groups.getById(kept.get('docks')).members());
    },
    ['Ben Lister'],
  ],
  [
    'who leaves',
    ({ pnp, kept }) => pnp.groups.getById(kept.get('docks')).members.getById(ben.id).remove(),
  ],
  [
    'and an owner',
    ({ pnp, kept }) =>
      pnp.groups.getById(kept.get('docks')).owners.add(`${graphAt}/directoryObjects/${ben.id}`),
  ],
  ['and a photo', ({ pnp, kept }) => pnp.groups.getById(kept.get('docks')).photo.setContent(dot)],
  ['it is deleted', ({ pnp, kept }) => pnp.groups.getById(kept.get('docks')).delete()],
];

const contacts: readonly Step[] = [
  [
    'a contact is made as PnP writes it',
    async ({ pnp }) => {
      const addresses = [{ address: 'pavel@docks.example', name: 'Pavel' }];
      return (await pnp.me.contacts.add('Pavel', 'Quay', addresses, ['+1 555 0102'])).surname;
    },
    'Quay',
  ],
  [
    'a folder with a folder in it',
    async ({ pnp }) => {
      const made = await pnp.me.contactFolders.add('Outer');
      const folder = pnp.me.contactFolders.getById(made.id);
      await folder.contacts.add('Pia', 'Quay', [], []);
      await folder.update({ displayName: 'Renamed' });
      await folder.childFolders.add('Inner', made.id);
      const inside = namesOf(await folder.childFolders());
      await folder.delete();
      return inside;
    },
    ['Inner'],
  ],
];

/** What applications do by `@pnp/graph`. */
export const pnpSteps: readonly Step[] = [...people, ...groups, ...contacts];
