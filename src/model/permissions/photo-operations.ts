import { readContacts, writeContacts } from './mailbox-operations.ts';
import {
  none,
  own,
  type PermissionLists,
  type PermissionRow,
  people,
  shared,
} from './permission-row.ts';

const readUsers = [
  'ProfilePhoto.Read.All',
  'User.ReadBasic.All',
  'User.Read.All',
  'User.ReadWrite.All',
  'ProfilePhoto.ReadWrite.All',
];
const readOwn = ['User.Read', 'User.ReadWrite', ...readUsers];
const readUsersAsApp = [
  'ProfilePhoto.Read.All',
  'ProfilePhoto.ReadWrite.All',
  'User.Read.All',
  'User.ReadBasic.All',
  'User.ReadWrite.All',
];
const writeUsers = ['ProfilePhoto.ReadWrite.All', 'User.ReadWrite.All'];
const writeOwn = ['User.ReadWrite', ...writeUsers];
const readGroups = [
  'ProfilePhoto.Read.All',
  'Group.Read.All',
  'ProfilePhoto.ReadWrite.All',
  'Group.ReadWrite.All',
];
const writeGroups = ['ProfilePhoto.ReadWrite.All', 'Group.ReadWrite.All'];
const readTeams = [
  'TeamSettings.Read.All',
  'TeamSettings.ReadWrite.All',
  'Group.Read.All',
  'Group.ReadWrite.All',
];
const writeTeams = ['TeamSettings.ReadWrite.All', 'Group.ReadWrite.All'];

type Lists = (operation: string) => PermissionRow;

/** Whose photo it is: where it stands, and who reads and writes it. */
interface Owner {
  readonly path: string;
  readonly reads: Lists;
  readonly writes: Lists;
  /** Whether the sizes of the photo have addresses of their own. */
  readonly hasSizes: boolean;
  readonly isDeletable: boolean;
}

const everything = { hasSizes: true, isDeletable: true };
const replaced = { hasSizes: false, isDeletable: false };
const mine = (lists: readonly string[]) => (operation: string) => own(operation, lists);
const everybodys = (lists: readonly string[]) => (operation: string) => shared(operation, lists);
const of =
  ({ self, delegated, application }: PermissionLists) =>
  (operation: string) =>
    people(operation, self, delegated, application);

const contactsOfOne = {
  reads: of({ self: readContacts, delegated: none, application: readContacts }),
  writes: of({ self: writeContacts, delegated: none, application: writeContacts }),
  ...replaced,
};
const contactsOfCaller = { reads: mine(readContacts), writes: mine(writeContacts), ...replaced };
const teams = { reads: everybodys(readTeams), writes: everybodys(writeTeams), ...replaced };

const owners: readonly Owner[] = [
  { path: '/me', reads: mine(readOwn), writes: mine(writeOwn), ...everything },
  {
    path: '/users/{id}',
    reads: of({ self: readOwn, delegated: readUsers, application: readUsersAsApp }),
    writes: of({ self: writeOwn, delegated: writeUsers, application: writeUsers }),
    ...everything,
  },
  {
    path: '/groups/{id}',
    reads: everybodys(readGroups),
    writes: everybodys(writeGroups),
    ...everything,
  },
  { path: '/teams/{id}', ...teams },
  { path: '/groups/{id}/team', ...teams },
  ...['/contacts/{id}', '/contactFolders/{id}/contacts/{id}'].flatMap((path) => [
    { path: `/me${path}`, ...contactsOfCaller },
    { path: `/users/{id}${path}`, ...contactsOfOne },
  ]),
  {
    path: '/me/joinedGroups/{id}',
    reads: mine(readGroups),
    writes: mine(writeGroups),
    ...everything,
  },
  {
    path: '/me/joinedGroups/{id}/team',
    reads: mine(readTeams),
    writes: mine(writeTeams),
    ...replaced,
  },
];

function photosOf({ path, reads, writes, hasSizes, isDeletable }: Owner): readonly PermissionRow[] {
  const photo = `${path}/photo`;
  const sizes = `${path}/photos`;
  const written = [`PATCH ${photo}`, `PUT ${photo}/$value`, `PATCH ${photo}/$value`];
  const removed = isDeletable ? [`DELETE ${photo}`, `DELETE ${photo}/$value`] : [];
  const rows = [
    reads(`GET ${photo}`),
    ...[...written, ...removed].map(writes),
    reads(`GET ${photo}/{id}`),
    writes(`PATCH ${photo}/{id}`),
  ];
  if (!hasSizes) return rows;
  return [
    ...rows,
    ...[`GET ${sizes}`, `GET ${sizes}/{id}`].map(reads),
    writes(`PATCH ${sizes}/{id}`),
  ];
}

/** The same photos behind Fast.PI's door: read there, written in Graph's dialect. */
const fastPiPhotos = ['photo', 'photos', 'photos/{id}'].map((path) =>
  people(`GET /user/{id}/${path}`, readOwn, readUsers, readUsersAsApp),
);

/** Photos of everything that has one, with their sizes; `$value` is the bytes. */
export const photoOperations: readonly PermissionRow[] = [
  ...owners.flatMap(photosOf),
  ...fastPiPhotos,
];
