import type { AuthorityStore, Grant, GrantChange, KeptGrant } from '#plan/authority-store.ts';
import type { Tenant } from '#plan/caller.ts';
import type { Database, SqlList, Statement } from './database.ts';
import { refuseOutcome } from './refuse-outcome.ts';

const COLUMNS = 'kind, key, subject, family, value, expires_at, version';
const INSERT = `INSERT INTO kith_grant (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, 1)`;

/** What the authority keeps, in one table of either database. */
export class SqlAuthorityStore implements AuthorityStore {
  private readonly database: Database;
  private written = 0;

  constructor(database: Database) {
    this.database = database;
  }

  get isShared(): boolean {
    return this.database.isShared;
  }

  writes(): number {
    return this.written;
  }

  /** Takes note that what may change the standing of somebody has been committed. */
  noteWrite(): void {
    this.written += 1;
  }

  async find(kind: string, key: string): Promise<KeptGrant | undefined> {
    const sql = `SELECT ${COLUMNS} FROM kith_grant WHERE kind = ? AND key = ?`;
    const row = await this.database.first(sql, [kind, key]);
    return row && keptGrant(row);
  }

  async list(kind: string, subject?: string): Promise<KeptGrant[]> {
    const where = subject === undefined ? 'kind = ?' : 'subject = ? AND kind = ?';
    const params = subject === undefined ? [kind] : [subject, kind];
    const sql = `SELECT ${COLUMNS} FROM kith_grant WHERE ${where} ORDER BY key`;
    return (await this.database.list(sql, params)).map(keptGrant);
  }

  add(...grants: readonly Grant[]): Promise<boolean> {
    return this.commit(grants.map(insert));
  }

  replace(found: KeptGrant, change: GrantChange, ...added: readonly Grant[]): Promise<boolean> {
    const { kind, key, version } = found;
    const { value = found.value, expiresAt = found.expiresAt } = change;
    const sql = `UPDATE kith_grant SET value = ?, expires_at = ?, version = version + 1
      WHERE kind = ? AND key = ? AND version = ?`;
    const params = [value, expiresAt, kind, key, version];
    return this.commit([{ sql, params, expects: 'one' }, ...added.map(insert)]);
  }

  async remove(kind: string, key: string): Promise<void> {
    await this.removeWhere('kind = ? AND key = ?', [kind, key]);
  }

  async removeFamily(family: string): Promise<void> {
    await this.removeWhere('family = ?', [family]);
  }

  async removeSubject(subject: string, kinds: readonly string[]): Promise<void> {
    const places = kinds.map(() => '?').join(', ');
    await this.removeWhere(`subject = ? AND kind IN (${places})`, [subject, ...kinds]);
  }

  async sweep(before: number): Promise<void> {
    await this.removeWhere('expires_at < ?', [before]);
  }

  async secret(tenant: Tenant, owner: number, name: string): Promise<string | undefined> {
    const sql = 'SELECT value FROM kith_secret WHERE tenant = ? AND owner = ? AND name = ?';
    const row = await this.database.first(sql, [tenant.num, owner, name]);
    return row?.[0] as string | undefined;
  }

  private async removeWhere(where: string, params: readonly (string | number)[]): Promise<void> {
    await this.commit([{ sql: `DELETE FROM kith_grant WHERE ${where}`, params, expects: 'any' }]);
  }

  /** False where a row is there already, or is not as it was found. */
  private async commit(statements: readonly Statement[]): Promise<boolean> {
    const outcome = await this.database.commit(statements);
    this.noteWrite();
    if (outcome.kind === 'committed') return true;
    if (outcome.kind === 'stale' || outcome.kind === 'duplicate') return false;
    throw refuseOutcome(outcome);
  }
}

function insert({ kind, key, subject, family, value, expiresAt }: Grant): Statement {
  return { sql: INSERT, params: [kind, key, subject, family, value, expiresAt], expects: 'one' };
}

/** The row of a grant, in the order of `COLUMNS`. */
function keptGrant(row: SqlList): KeptGrant {
  const [kind, key, subject, family, value] = row as readonly string[] as Texts;
  return { kind, key, subject, family, value, expiresAt: Number(row[5]), version: Number(row[6]) };
}

type Texts = [kind: string, key: string, subject: string, family: string, value: string];
