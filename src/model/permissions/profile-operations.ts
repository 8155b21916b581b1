import { profile as fastPiProfile } from '../fast-pi/profile.ts';
import { profile } from '../profile/profile.ts';
import type { TypeDeclaration } from '../schema.ts';
import { own, type PermissionRow, people, shared } from './permission-row.ts';

const read = ['User.ReadBasic.All', 'User.Read.All', 'User.ReadWrite.All'];
const readOwn = ['User.Read', 'User.ReadWrite', ...read];
const readAsApp = ['User.Read.All', 'User.ReadWrite.All'];
const write = ['User.ReadWrite.All'];
const writeOwn = ['User.ReadWrite', ...write];
/** Graph publishes these for names and notes: its permission to read lets people add their own. */
const writeOwnNotes = ['User.Read', 'User.ReadWrite', ...read];

function facetsOf([declaration]: readonly TypeDeclaration[]): readonly string[] {
  return declaration?.kind === 'entity' ? Object.keys(declaration.navigation) : [];
}

/** A profile and each of its facets, below one of the places where profiles stand. */
function profileAt(
  path: string,
  facets: readonly string[],
  row: (method: string, rest: string, isRead: boolean) => PermissionRow,
): readonly PermissionRow[] {
  return [
    row('GET', path, true),
    row('PATCH', path, false),
    row('DELETE', path, false),
    ...facets.flatMap((facet) => [
      row('GET', `${path}/${facet}`, true),
      row('POST', `${path}/${facet}`, false),
      row('GET', `${path}/${facet}/{id}`, true),
      row('PATCH', `${path}/${facet}/{id}`, false),
      row('DELETE', `${path}/${facet}/{id}`, false),
    ]),
  ];
}

const ofCaller = (method: string, path: string, isRead: boolean) =>
  own(`${method} ${path}`, isRead ? readOwn : writeOwnAt(method, path));
const ofPerson = (method: string, path: string, isRead: boolean) =>
  isRead
    ? people(`${method} ${path}`, readOwn, read, readAsApp)
    : people(`${method} ${path}`, writeOwnAt(method, path), write);

function writeOwnAt(method: string, path: string): readonly string[] {
  const isPublished = method === 'POST' ? path.endsWith('/names') : path.endsWith('/notes/{id}');
  return isPublished ? writeOwnNotes : writeOwn;
}

const ofConnection = (operation: string) => people(operation, readOwn, readOwn, readAsApp);

const ofEverybody = (operation: string) => shared(operation, read, readAsApp);
const readable = (operation: string) => people(operation, readOwn, read, readAsApp);

/** A decorated profile with its skills at one place; who endorses them are others, wherever it is. */
function decoratedAt(
  path: string,
  row: (operation: string) => PermissionRow,
): readonly PermissionRow[] {
  const endorsers = `GET ${path}/endorsedSkills/{id}/endorsers`;
  return [
    row(`GET ${path}`),
    row(`GET ${path}/endorsedSkills`),
    row(`GET ${path}/endorsedSkills/{id}`),
    path.startsWith('/me') ? own(endorsers, read) : ofEverybody(endorsers),
    path.startsWith('/me') ? own(`${endorsers}/{id}`, read) : ofEverybody(`${endorsers}/{id}`),
  ];
}

/** Profiles in both dialects with their facets, and decorated profiles. */
export const profileOperations: readonly PermissionRow[] = [
  ...profileAt('/me/profile', facetsOf(profile), ofCaller),
  ...profileAt('/users/{id}/profile', facetsOf(profile), ofPerson),
  ...profileAt('/user/{id}/profile', facetsOf(fastPiProfile), ofPerson),

  ofConnection('GET /decoratedProfileConnections'),
  ofConnection('GET /decoratedProfileConnections/viewer'),
  ofConnection('GET /decoratedProfileConnections/{id}'),
  shared('PATCH /decoratedProfileConnections/{id}', write),
  people('DELETE /decoratedProfileConnections/{id}', writeOwn, writeOwn, write),
  ...decoratedAt('/decoratedProfileConnections/{id}/profile', ofConnection),
  shared('PATCH /decoratedProfileConnections/{id}/profile', write),
  ...decoratedAt('/me/decoratedProfile', (operation) => own(operation, readOwn)),
  own('PATCH /me/decoratedProfile', writeOwn),
  ...decoratedAt('/users/{id}/decoratedProfile', readable),
  people('PATCH /users/{id}/decoratedProfile', writeOwn, write),
  ofEverybody('GET /decoratedProfiles'),
  ofEverybody('GET /decoratedProfiles/viewees'),
  ofEverybody('GET /decoratedProfiles/batchGet'),
  ...decoratedAt('/decoratedProfiles/{id}', readable),
  people('PATCH /decoratedProfiles/{id}', writeOwn, write),
  ofEverybody('GET /decoratedProfileSearchResults'),
  ofEverybody('GET /decoratedProfileSearchResults/batchQuery'),
  ofEverybody('GET /decoratedProfileSearchResults/{id}'),
  ofEverybody('GET /decoratedProfileSearchResults/{id}/profiles'),
  ofEverybody('GET /decoratedProfileSearchResults/{id}/profiles/viewees'),
  ofEverybody('GET /decoratedProfileSearchResults/{id}/profiles/batchGet'),
  ...decoratedAt('/decoratedProfileSearchResults/{id}/profiles/{id}', ofEverybody),
];
