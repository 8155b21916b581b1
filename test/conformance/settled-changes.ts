import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Tenant } from '#plan/caller.ts';
import type { ChangeEvent, Store } from '#plan/store.ts';

const WAIT_MS = 20_000;
/** A store on PostgreSQL gives no event that an older transaction of the server may still precede. */
const SETTLED =
  'SELECT coalesce(max(xact::text::bigint), 0) < ' +
  'pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS settled FROM kith_change';

const urls = new WeakMap<Store, string>();

/** Remembers the database of a store whose changes a test is going to read. */
export function rememberDatabase<Opened extends Store>(
  store: Opened,
  url: string | undefined,
): Opened {
  if (url !== undefined) urls.set(store, url);
  return store;
}

/**
 * The changes of a tenant once none is held back by somebody else's transaction on the same
 * server, such as the making of another test's database.
 */
export async function settledChanges(
  store: Store,
  tenant: Tenant,
  after: string | undefined,
  limit: number,
): Promise<ChangeEvent[]> {
  const url = urls.get(store);
  if (url !== undefined) await settle(url);
  return store.changes(tenant, after, limit);
}

async function settle(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const late = AbortSignal.timeout(WAIT_MS);
    for (;;) {
      const { rows } = await client.query(SETTLED);
      if (rows[0].settled) return;
      if (late.aborted) throw new Error(`Changes were held back for ${WAIT_MS} ms.`);
      await sleep(5);
    }
  } finally {
    await client.end();
  }
}
