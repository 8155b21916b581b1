import type { Media } from '#plan/blobs.ts';
import type { CollectionQuery, FoundMember, FoundPage, Source } from '#plan/query.ts';
import {
  type Address,
  type FoundEntity,
  hasText,
  type StoredRecord,
  type Wanted,
} from '#plan/store.ts';
import type { SqlValue, Statement } from './database.ts';
import { MEDIA, placeOf } from './media-statements.ts';
import { SqlReader } from './sql-reader.ts';

/**
 * Reads as a reader does, and remembers what was found as guards: statements that find a row as
 * long as what was read still holds.
 */
export class GuardedReader extends SqlReader {
  private readonly guards = new Map<string, Statement>();
  /** The version that each part was last read in; 0 for one that was not there. */
  private readonly parts = new Map<string, number>();

  override async find(
    set: string,
    property: string,
    value: string,
    wanted: Wanted,
  ): Promise<FoundEntity | undefined> {
    const found = await super.find(set, property, value, wanted);
    if (found) this.guardEntity(set, found.owner, hasText(wanted) ? found.version : undefined);
    return found;
  }

  override async findMany(
    set: string,
    owners: readonly number[],
    wanted: Wanted,
  ): Promise<FoundEntity[]> {
    const found = await super.findMany(set, owners, wanted);
    for (const { owner, version } of found) this.guardEntity(set, owner, version);
    return found;
  }

  override async read(address: Address): Promise<StoredRecord | undefined> {
    const record = await super.read(address);
    if (record && address.path === '') {
      this.guardEntity(address.set, address.owner, record.version);
    } else {
      // No row has the version 0: what was missing before and is there now makes the work stale.
      if (record && this.versionRead(address) === 0) this.guardPart(address, 0);
      this.parts.set(partName(address), record?.version ?? 0);
      if (record) this.guardPart(address, record.version);
    }
    return record;
  }

  override async media(address: Address, name: string): Promise<Media | undefined> {
    const media = await super.media(address, name);
    if (media) {
      const place = placeOf({ tenant: this.tenant, address, name });
      const where = `${MEDIA} AND blob = ?`;
      const params = [...place, media.blob];
      this.guard(JSON.stringify(place), media.blob, { table: 'kith_media', where, params });
    }
    return media;
  }

  /** Guards what it finds; that nothing more comes to meet the query is not guarded. */
  override async query(source: Source, query: CollectionQuery, wanted: Wanted): Promise<FoundPage> {
    const page = await super.query(source, query, wanted);
    this.guardMembers(source, page.members, wanted);
    return page;
  }

  /** What it reads is as of its commit. */
  override writesAt(): undefined {
    return undefined;
  }

  /** Guards members that a query has found. */
  guardMembers(source: Source, members: readonly FoundMember[], wanted: Wanted): void {
    for (const { set, owner, key, version } of members) {
      if (source.kind === 'contained') {
        this.guardPart({ set, owner, path: source.path, key }, version);
      } else this.guardEntity(set, owner, hasText(wanted) ? version : undefined);
    }
  }

  protected guardStatements(): readonly Statement[] {
    return [...this.guards.values()];
  }

  /** The version in which this transaction has read a part: 0 if it was missing. */
  protected versionRead(address: Address): number | undefined {
    return this.parts.get(partName(address));
  }

  /** Takes back the guard of a version, for a write that names it and so is its own. */
  protected release(address: Address, version: number): void {
    const { set, owner, path } = address;
    const name = path === '' ? `${set}/${owner}` : partName(address);
    this.guards.delete(`${name} ${version}`);
  }

  private guardEntity(set: string, owner: number, version: number | undefined): void {
    const where = `tenant = ? AND num = ?${version === undefined ? '' : ' AND version = ?'}`;
    const params = [this.tenant, owner, ...(version === undefined ? [] : [version])];
    this.guard(`${set}/${owner}`, version, { table: this.layout(set).table, where, params });
  }

  private guardPart(address: Address, version: number): void {
    const { owner, path, key } = address;
    this.guard(partName(address), version, {
      table: 'kith_part',
      where: 'tenant = ? AND owner = ? AND path = ? AND key = ? AND version = ?',
      params: [this.tenant, owner, path, key, version],
    });
  }

  /**
   * Remembers what was read. A second read that finds another version has a guard of its own, and
   * then the transaction is stale, as it must be.
   */
  private guard(
    name: string,
    version: number | string | undefined,
    { table, where, params }: { table: string; where: string; params: SqlValue[] },
  ): void {
    const sql = `SELECT 1 AS held FROM ${table} WHERE ${where}${this.source.dialect.holdRow}`;
    this.guards.set(`${name} ${version}`, { sql, params, expects: 'one' });
  }
}

function partName({ owner, path, key }: Address): string {
  return `${owner}/${path}/${key}`;
}
