import type { Model } from '#model/model.ts';
import type { Database, Statement } from './database.ts';
import { StoreVersionError } from './store-version-error.ts';

const OWN = 'microsoft.graph.GraphService';

/**
 * Holds a store to the service whose data it keeps, named by its entity container: a model may
 * change, but another's tables are never rendered by it. Gives the statements that remember the
 * name. Throws a StoreVersionError when the store keeps another service's data.
 */
export async function checkModel(
  database: Database,
  { container }: Pick<Model, 'container'>,
): Promise<readonly Statement[]> {
  const name = `${container.namespace}.${container.name}`;
  const [kept] = await database.query(`SELECT value FROM kith_kept WHERE name = 'model'`, []);
  const layouts = await database.query('SELECT set_name FROM kith_layout', []);
  const known = kept ? String(kept.value) : layouts.length > 0 ? OWN : name;
  if (known !== name) {
    throw new StoreVersionError(
      `The store keeps the data of ${known}, not of ${name}. ` +
        'Choose another data folder with --data-dir, or another database with --store.',
    );
  }
  if (kept) return [];
  const sql =
    `INSERT INTO kith_kept (name, value) VALUES ('model', ?) ` + 'ON CONFLICT (name) DO NOTHING';
  return [{ sql, params: [name], expects: 'any' }];
}
