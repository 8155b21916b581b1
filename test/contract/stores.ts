import { createDatabase } from '../postgres.ts';
import { type RunningKith, startKith } from '../running-kith.ts';

export interface StoreKind {
  readonly name: string;
  /** Starts a server on an empty store of that kind; closing drops the store too. */
  open(): Promise<RunningKith>;
}

/** Both kinds of store; what the contract says holds on each. */
export const stores: readonly StoreKind[] = [
  { name: 'SQLite', open: () => startKith() },
  { name: 'PostgreSQL', open: () => openOnPostgres((store) => startKith({ store })) },
];

/** Starts a server on a PostgreSQL database of its own, which goes with the server. */
export async function openOnPostgres<Running extends RunningKith>(
  start: (url: string) => Promise<Running>,
): Promise<Running> {
  const database = await createDatabase();
  const kith = await start(database.url);
  const close = async () => {
    try {
      await kith.close();
    } finally {
      await database.drop();
    }
  };
  return { ...kith, close, [Symbol.asyncDispose]: close };
}
