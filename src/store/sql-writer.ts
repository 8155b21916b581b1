import type { EntityType } from '#model/model.ts';
import { type Document, renderDocument } from '#plan/document.ts';
import { DocumentText, renderView } from '#plan/document-text.ts';
import type { CollectionQuery, FoundPage, Source } from '#plan/query.ts';
import type { Address, FoundEntity, StoredRecord, Wanted, Writer } from '#plan/store.ts';
import type { SqlValue, Statement } from './database.ts';
import { indexKey } from './index-key.ts';
import { searchedProperties } from './search-words.ts';
import { SqlReader, type SqlSource } from './sql-reader.ts';
import { clearWords, writeWords } from './write-words.ts';

/** What a writer needs beyond reading: fresh surrogates, the time, and the types of what it writes. */
export interface WriterSource extends SqlSource {
  nextOwner(): Promise<number>;
  /** The stored type at a containment path of a set. */
  typeAt(set: string, path: string): EntityType;
}

const RECORD_CHANGE =
  'INSERT INTO kith_change (tenant, set_name, owner, path, key, kind, names, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)';

/**
 * One run of a transaction's work. Reads are remembered as guards and writes as statements; the
 * store commits both together, so that nothing is written on what is no longer true.
 */
export class SqlWriter extends SqlReader implements Writer {
  private readonly guards = new Map<string, Statement>();
  private readonly writes: Statement[] = [];
  private readonly inserted = new Map<string, number>();
  private readonly writerSource: WriterSource;
  private readonly recordsChanges: boolean;

  constructor(source: WriterSource, tenant: number, recordsChanges: boolean) {
    super(source, tenant);
    this.writerSource = source;
    this.recordsChanges = recordsChanges;
  }

  /** What has to be committed: guards first, so that a stale transaction ends early. */
  statements(): readonly Statement[] {
    const counters = [...this.inserted].map(([set, added]) => ({
      sql:
        'INSERT INTO kith_counter (tenant, set_name, total) VALUES (?, ?, ?) ' +
        'ON CONFLICT (tenant, set_name) DO UPDATE SET total = kith_counter.total + excluded.total',
      params: [this.tenant, set, added],
      expects: 'one' as const,
    }));
    return [...this.guards.values(), ...this.writes, ...counters];
  }

  override async find(
    set: string,
    property: string,
    value: string,
    wanted: Wanted,
  ): Promise<FoundEntity | undefined> {
    const found = await super.find(set, property, value, wanted);
    // Whoever wants nothing of an entity relies on its being there, not on its version.
    if (found) this.guardEntity(set, found.owner, wanted === 'nothing' ? undefined : found.version);
    return found;
  }

  override async read(address: Address): Promise<StoredRecord | undefined> {
    const record = await super.read(address);
    if (record && address.path === '') {
      this.guardEntity(address.set, address.owner, record.version);
    } else if (record) this.guardPart(address, record.version);
    return record;
  }

  /** Guards what it finds; that nothing more comes to meet the query is not guarded. */
  override async query(source: Source, query: CollectionQuery, wanted: Wanted): Promise<FoundPage> {
    const page = await super.query(source, query, wanted);
    for (const { set, owner, key, version } of page.members) {
      if (source.kind === 'contained') {
        this.guardPart({ set, owner, path: source.path, key }, version);
      } else this.guardEntity(set, owner, wanted === 'nothing' ? undefined : version);
    }
    return page;
  }

  async insert(set: string, members: Document): Promise<number> {
    const { table, type, indexes } = this.layout(set);
    const owner = await this.writerSource.nextOwner();
    const { doc, view } = renderDocument(type, members);
    const id = String(members.id);
    const keys = indexes.map(({ property }) => indexKey(property.type, members[property.name]));
    const columns = [
      'num',
      'tenant',
      'id',
      'version',
      'view',
      ...indexes.map((i) => i.column),
      'doc',
    ];
    this.push(
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
      [owner, this.tenant, id, 1, view, ...keys, doc],
    );
    this.keepWords(set, owner, members, true);
    this.inserted.set(set, (this.inserted.get(set) ?? 0) + 1);
    this.recordChange({ set, owner, path: '', key: id }, 'created', []);
    return owner;
  }

  write(
    address: Address,
    members: Document | DocumentText,
    previous: StoredRecord | undefined,
    changed: readonly string[],
  ): void {
    const { set, owner, path, key } = address;
    if (path === '') {
      if (!previous) throw new Error('A root entity is made by insert.');
      this.updateEntity(address, members, previous.version, changed);
      this.recordChange(address, 'updated', changed);
      return;
    }
    if (members instanceof DocumentText) throw new Error('A part is written whole.');
    const { doc } = renderDocument(this.writerSource.typeAt(set, path), members);
    if (previous) {
      this.release(`${owner}/${path}/${key}`, previous.version);
      this.push(
        `UPDATE kith_part SET version = version + 1, doc = ?
          WHERE tenant = ? AND owner = ? AND path = ? AND key = ? AND version = ?`,
        [doc, this.tenant, owner, path, key, previous.version],
      );
    } else {
      this.push(
        `INSERT INTO kith_part (tenant, owner, path, key, version, doc) VALUES (?, ?, ?, ?, 1, ?)
          ON CONFLICT (tenant, owner, path, key) DO NOTHING`,
        [this.tenant, owner, path, key, doc],
      );
    }
    this.recordChange(address, previous ? 'updated' : 'created', changed);
  }

  writeSecret(owner: number, name: string, value: string): void {
    this.push(
      `INSERT INTO kith_secret (tenant, owner, name, value) VALUES (?, ?, ?, ?)
        ON CONFLICT (tenant, owner, name) DO UPDATE SET value = excluded.value`,
      [this.tenant, owner, name, value],
    );
  }

  link(relation: string, source: number, target: number): void {
    this.writes.push({
      sql: `INSERT INTO kith_link (tenant, relation, source, target) VALUES (?, ?, ?, ?)
        ON CONFLICT (tenant, relation, source, target) DO NOTHING`,
      params: [this.tenant, relation, source, target],
      expects: 'any',
    });
    const address = { set: '', owner: source, path: '', key: String(target) };
    this.recordChange(address, 'linked', [relation]);
  }

  clear(): void {
    const frame = ['kith_part', 'kith_secret', 'kith_link', 'kith_change', 'kith_counter'];
    const sets = [...this.source.layouts.values()].map(({ table }) => table);
    const removals = [...frame, ...sets].map((table) => ({
      sql: `DELETE FROM ${table} WHERE tenant = ?`,
      params: [this.tenant],
      expects: 'any' as const,
    }));
    const { dialect, layouts } = this.source;
    const words = [...layouts.values()].map((each) => clearWords(dialect, each, this.tenant));
    this.writes.unshift(...words, ...removals);
  }

  private updateEntity(
    address: Address,
    members: Document | DocumentText,
    version: number,
    changed: readonly string[],
  ): void {
    const { table, type, indexes } = this.layout(address.set);
    const document =
      members instanceof DocumentText
        ? members
        : new DocumentText(type, renderDocument(type, members).doc);
    const assignments = ['doc = ?'];
    const params: SqlValue[] = [document.text];
    if (type.defaultSet?.some((name) => changed.includes(name))) {
      assignments.push('view = ?');
      params.push(renderView(type, document));
    }
    // Only the columns that change: SQLite rewrites every index that an UPDATE names.
    for (const { property, column } of indexes) {
      if (!changed.includes(property.name)) continue;
      assignments.push(`${column} = ?`);
      params.push(indexKey(property.type, document.read(property.name)));
    }
    this.release(`${address.set}/${address.owner}`, version);
    this.push(
      `UPDATE ${table} SET version = version + 1, ${assignments.join(', ')}
        WHERE tenant = ? AND num = ? AND version = ?`,
      [...params, this.tenant, address.owner, version],
    );
    if (searchedProperties(type).some((name) => changed.includes(name))) {
      this.keepWords(address.set, address.owner, document.parse(), false);
    }
  }

  private keepWords(set: string, num: number, members: Document, isNew: boolean): void {
    const { dialect } = this.source;
    this.writes.push(...writeWords({ dialect, layout: this.layout(set), num, members, isNew }));
  }

  private guardEntity(set: string, owner: number, version: number | undefined): void {
    const where = `tenant = ? AND num = ?${version === undefined ? '' : ' AND version = ?'}`;
    const params = [this.tenant, owner, ...(version === undefined ? [] : [version])];
    this.guard(`${set}/${owner}`, version, { table: this.layout(set).table, where, params });
  }

  private guardPart({ owner, path, key }: Address, version: number): void {
    this.guard(`${owner}/${path}/${key}`, version, {
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
    version: number | undefined,
    { table, where, params }: { table: string; where: string; params: SqlValue[] },
  ): void {
    const sql = `SELECT 1 AS held FROM ${table} WHERE ${where}${this.source.dialect.holdRow}`;
    this.guards.set(`${name} ${version}`, { sql, params, expects: 'one' });
  }

  /** A write that names the version is its own guard. */
  private release(name: string, version: number): void {
    this.guards.delete(`${name} ${version}`);
  }

  private push(sql: string, params: SqlValue[]): void {
    this.writes.push({ sql, params, expects: 'one' });
  }

  private recordChange(address: Address, kind: string, names: readonly string[]): void {
    if (!this.recordsChanges) return;
    const { set, owner, path, key } = address;
    this.push(RECORD_CHANGE, [
      this.tenant,
      set,
      owner,
      path,
      key,
      kind,
      JSON.stringify(names),
      this.source.now(),
    ]);
  }
}
