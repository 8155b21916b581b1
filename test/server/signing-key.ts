import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { RunningKith } from '../running-kith.ts';

/** The private key by which a server on SQLite signs its tokens: PEM. */
export function readSigningKey({ dataDir }: RunningKith): string {
  const database = new DatabaseSync(join(dataDir, 'kith.sqlite'), { readOnly: true });
  try {
    const kept = database.prepare("SELECT value FROM kith_kept WHERE name = 'signing-key'").get();
    return String(kept?.value);
  } finally {
    database.close();
  }
}
