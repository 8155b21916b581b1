import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Root } from '#model/schema.ts';
import type { Seeded } from './seeded.ts';

/** A page's example: the request's body as it is printed, and the response it shows. */
export interface Page {
  readonly name: string;
  /** The root in the example's URL. */
  readonly root: Root;
  readonly request: string;
  readonly response: Readonly<Record<string, unknown>>;
}

/** One of the 17 PATCH routes of the pages. */
export interface Route {
  /** The route as the page writes it. */
  readonly printed: string;
  readonly page: Page;
  readonly path: string;
  /** The context URL's fragment. */
  readonly context: string;
  /** Where the updated object is read afterwards, if its id has changed. */
  readonly readPath: string;
}

function readPage(name: string, root: Root): Page {
  const read = (part: string) =>
    readFileSync(join(import.meta.dirname, 'pages', `${name}.${part}.json`), 'utf8');
  return { name, root, request: read('request'), response: JSON.parse(read('response')) };
}

const pages = {
  user: readPage('update-user', 'localtest'),
  profile: readPage('update-profile', 'beta'),
  fastPi: readPage('update-profile-fast-pi', 'beta'),
  decorated: readPage('update-decorated-profile', 'v1.0'),
  photo: readPage('update-profilephoto', 'beta'),
};

/** The routes of the five pages, addressed with ids of the seeded company. */
export function listRoutes(seeded: Seeded): Route[] {
  const { mira, ingrid, group, contact, connection } = seeded;
  const row = (page: Page, printed: string, context: string): Route => {
    const ids: Record<string, string> = {
      usersId: ingrid,
      userId: ingrid,
      teamsId: group,
      groupsId: group,
      groupId: group,
      contactId: contact,
      profilePhotoId: '48x48',
      decoratedProfileConnectionsId: connection,
    };
    const path = printed.replace(/\{(\w+)\}/g, (_, name: string) => ids[name]!);
    // The example asks for 5 by 6 pixels, and a photo's id is its size.
    const readPath = path.replace('/photos/48x48', '/photos/5x6');
    return { printed, page, path, context: `${context}/$entity`, readPath };
  };
  const { user, profile, fastPi, decorated, photo } = pages;
  return [
    row(user, '/me', 'users'),
    row(user, '/users/{usersId}', 'users'),
    row(profile, '/me/profile', `users('${mira}')/profile`),
    row(profile, '/users/{usersId}/profile', `users('${ingrid}')/profile`),
    row(fastPi, '/user/{userId}/profile', `user('${ingrid}')/profile`),
    row(
      decorated,
      '/decoratedProfileConnections/{decoratedProfileConnectionsId}/profile',
      `decoratedProfileConnections('${connection}')/profile`,
    ),
    row(photo, '/me/photo', `users('${mira}')/photo`),
    row(photo, '/users/{usersId}/photo', `users('${ingrid}')/photo`),
    row(photo, '/teams/{teamsId}/photo', `teams('${group}')/photo`),
    row(photo, '/groups/{groupsId}/photo', `groups('${group}')/photo`),
    row(photo, '/me/photos/{profilePhotoId}', `users('${mira}')/photos`),
    row(photo, '/me/contacts/{contactId}/photo', `users('${mira}')/contacts('${contact}')/photo`),
    row(photo, '/me/joinedGroups/{groupId}/photo', `groups('${group}')/photo`),
    row(photo, '/me/joinedGroups/{groupId}/team/photo', `groups('${group}')/team/photo`),
    row(photo, '/users/{usersId}/photos/{profilePhotoId}', `users('${ingrid}')/photos`),
    row(photo, '/groups/{groupsId}/photos/{profilePhotoId}', `groups('${group}')/photos`),
    row(photo, '/me/joinedGroups/{groupId}/photos/{profilePhotoId}', `groups('${group}')/photos`),
  ];
}
