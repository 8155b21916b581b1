import type { Address } from '#plan/store.ts';
import type { SqlRow, Statement } from './database.ts';

const HERE = 'tenant = ? AND owner = ? AND path = ? AND key = ?';

/** A statement that notes that something of an entity is still to be made, or no longer is. */
export function writeTask(
  tenant: number,
  { set, owner, path, key }: Address,
  isOpen: boolean,
): Statement {
  const place = [tenant, owner, path, key];
  if (!isOpen) {
    return { sql: `DELETE FROM kith_task WHERE ${HERE}`, params: place, expects: 'any' };
  }
  return {
    sql: `INSERT INTO kith_task (tenant, owner, path, key, set_name) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (tenant, owner, path, key) DO NOTHING`,
    params: [...place, set],
    expects: 'any',
  };
}

/** The columns of `addressOf`, and the table that they are in. */
export const TASKS = 'SELECT tenant, owner, path, key, set_name FROM kith_task';

/** Of which entity of which tenant a row speaks. */
export function taskOf(row: SqlRow): { readonly tenant: number; readonly address: Address } {
  const { tenant, owner, path, key, set_name: set } = row;
  return {
    tenant: tenant as number,
    address: {
      set: set as string,
      owner: owner as number,
      path: path as string,
      key: key as string,
    },
  };
}
