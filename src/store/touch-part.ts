import type { Address } from '#plan/store.ts';
import type { Statement } from './database.ts';
import type { StoredText } from './stored-text.ts';

/**
 * A statement that moves the version of a part. Of the version that was read it moves that one, or
 * finds nothing to move; with 0, which says that none was there, it adds the row, or nothing where
 * somebody else has. Without a version it does either.
 */
export function touchPart(
  tenant: number,
  { owner, path, key }: Address,
  text: StoredText,
  version: number | undefined,
): Statement {
  const place = [tenant, owner, path, key];
  if (version) {
    const sql = `UPDATE kith_part SET version = version + 1
      WHERE tenant = ? AND owner = ? AND path = ? AND key = ? AND version = ?`;
    return { sql, params: [...place, version], expects: 'one' };
  }
  const otherwise = version === 0 ? 'NOTHING' : 'UPDATE SET version = kith_part.version + 1';
  const sql = `INSERT INTO kith_part (tenant, owner, path, key, version, doc)
    VALUES (?, ?, ?, ?, 1, ?) ON CONFLICT (tenant, owner, path, key) DO ${otherwise}`;
  return { sql, params: [...place, text], expects: 'one' };
}
