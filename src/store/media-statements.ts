import type { Media } from '#plan/blobs.ts';
import type { Address } from '#plan/store.ts';
import type { SqlList, SqlValue, Statement } from './database.ts';

/** Where a tenant keeps one media stream. */
export interface MediaPlace {
  readonly tenant: number;
  readonly address: Address;
  readonly name: string;
}

/** The condition that picks a media stream; its parameters are those of `placeOf`. */
export const MEDIA = 'tenant = ? AND owner = ? AND path = ? AND key = ? AND name = ?';

/** The values that `MEDIA` binds. */
export function placeOf({ tenant, address, name }: MediaPlace): SqlValue[] {
  const { owner, path, key } = address;
  // Under a root entity's own number there is nothing but that entity.
  return [tenant, owner, path, path === '' ? '' : key, name];
}

/** A statement that reads a media stream. */
export function selectMedia(place: MediaPlace): { sql: string; params: SqlValue[] } {
  return {
    sql: `SELECT blob, content_type, length FROM kith_media WHERE ${MEDIA}`,
    params: placeOf(place),
  };
}

/** The media stream of a row. */
export function mediaOf(row: SqlList): Media {
  const [blob, contentType, length] = row as [string, string, number];
  return { blob, contentType, length };
}

/** A statement that takes away all media streams of an entity. */
export function clearStreams(place: MediaPlace): Statement {
  const sql = 'DELETE FROM kith_media WHERE tenant = ? AND owner = ? AND path = ? AND key = ?';
  return { sql, params: placeOf(place).slice(0, 4), expects: 'any' };
}

/** A statement that sets a media stream, or takes it away. */
export function writeStream(place: MediaPlace, media: Media | undefined): Statement {
  if (!media) {
    const sql = `DELETE FROM kith_media WHERE ${MEDIA}`;
    return { sql, params: placeOf(place), expects: 'any' };
  }
  return {
    sql: `INSERT INTO kith_media (tenant, owner, path, key, name, blob, content_type, length)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (tenant, owner, path, key, name) DO UPDATE SET blob = excluded.blob,
        content_type = excluded.content_type, length = excluded.length`,
    params: [...placeOf(place), media.blob, media.contentType, media.length],
    expects: 'one',
  };
}
