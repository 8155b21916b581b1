import type { EntityType } from '#model/model.ts';
import { searchedProperties } from '#model/searched-properties.ts';
import { changesStanding } from '#plan/authority-store.ts';
import type { Media } from '#plan/blobs.ts';
import type { Document } from '#plan/document.ts';
import { DocumentText, renderView } from '#plan/document-text.ts';
import type { Address, ChangeEvent, StoredRecord, Writer } from '#plan/store.ts';
import type { SqlValue, Statement, WrittenValue } from './database.ts';
import { ConnectionWrites, type GraphChange, PEOPLE } from './graph/connection-writes.ts';
import { GuardedReader } from './guarded-reader.ts';
import { indexKey } from './index-key.ts';
import { KnownWrites } from './known/known-writes.ts';
import { changesKnown, clearKnown } from './known/write-known.ts';
import type { SetLayout } from './layout.ts';
import { clearStreams, writeStream } from './media-statements.ts';
import { type Moment, recordChange, recordForgotten } from './record-change.ts';
import { removeEntity, removePart, removeRow } from './remove-statements.ts';
import { renderRow, renderText, type WrittenRow } from './render-row.ts';
import { wordsOf } from './search-words.ts';
import type { SqlSource } from './sql-reader.ts';
import type { StoredText } from './stored-text.ts';
import { writeTask } from './task-statements.ts';
import { touchPart } from './touch-part.ts';
import { hideLinks, linkPair, showLinks, unlinkPair } from './write-links.ts';
import { clearWords, writeWords } from './write-words.ts';
import { EVERYWHERE } from './written-places.ts';

/** What a writer needs beyond reading: fresh surrogates, the time, and the types of what it writes. */
export interface WriterSource extends SqlSource {
  nextOwner(): Promise<number>;
  /** The stored type at a containment path of a set. */
  typeAt(set: string, path: string): EntityType;
}

const nothing: ReadonlyMap<number, readonly GraphChange[]> = new Map();

/** Tables of every store that hold rows of a tenant. */
const FRAME = [
  'kith_part',
  'kith_secret',
  'kith_media',
  'kith_task',
  'kith_link',
  'kith_connected',
  'kith_counter',
];

/**
 * One run of a transaction's work. Reads are remembered as guards and writes as statements; the
 * store commits both together, so that nothing is written on what is no longer true.
 */
export class SqlWriter extends GuardedReader implements Writer {
  private readonly writes: Statement[] = [];
  private readonly turns = new Set<string>();
  private readonly known: KnownWrites;
  /** By how many entities each set grows or shrinks. */
  private readonly growth = new Map<string, number>();
  protected readonly writerSource: WriterSource;
  private readonly recordsChanges: boolean;
  private touchesStanding: boolean;
  private readonly connected = new ConnectionWrites();
  private readonly places = new Set<string>();

  constructor(source: WriterSource, tenant: number, recordsChanges: boolean) {
    super(source, tenant);
    this.writerSource = source;
    this.known = new KnownWrites(tenant);
    this.recordsChanges = recordsChanges;
    // What goes unrecorded may be anything.
    this.touchesStanding = !recordsChanges;
    if (!recordsChanges) this.places.add(EVERYWHERE);
  }

  /** What has to be committed: guards first, so that a stale transaction ends early. */
  statements(): readonly Statement[] {
    const counters = [...this.growth].map(([set, added]) => ({
      sql:
        'INSERT INTO kith_counter (tenant, set_name, total) VALUES (?, ?, ?) ' +
        'ON CONFLICT (tenant, set_name) DO UPDATE SET total = kith_counter.total + excluded.total',
      params: [this.tenant, set, added],
      expects: 'one' as const,
    }));
    const connected = this.connected.changes.length > 0 ? this.connectedStatements() : [];
    const known = this.known.statements(this.source.dialect, this.source.known);
    return [...this.guardStatements(), ...this.writes, ...known, ...connected, ...counters];
  }

  private connectedStatements(): readonly Statement[] {
    const { isShared } = this.source.database;
    const notes = { ...this.moment(), records: this.recordsChanges, isShared };
    return this.connected.statements(notes);
  }

  /** Whether what is written may change the standing of somebody. */
  concernsStanding(): boolean {
    return this.touchesStanding;
  }

  /** The commit alone finds what is a duplicate. */
  trustsItsValues(): boolean {
    return false;
  }

  /** Where it writes, by tenant, as `Reader.writesAt` names places. */
  writtenPlaces(): readonly (readonly [tenant: number, places: ReadonlySet<string>])[] {
    return [[this.tenant, this.places]];
  }

  /** What it changes in the graph of connections, by tenant. */
  graphChanges(): ReadonlyMap<number, readonly GraphChange[]> {
    const { changes } = this.connected;
    return changes.length === 0 ? nothing : new Map([[this.tenant, changes]]);
  }

  async insert(set: string, members: Document): Promise<number> {
    return this.insertRow(set, renderRow(this.source, this.layout(set), members));
  }

  /** Adds the row of a new entity, and gives its surrogate. */
  protected async insertRow(set: string, row: WrittenRow): Promise<number> {
    const owner = await this.writerSource.nextOwner();
    this.writeRow(this.layout(set), owner, row);
    if (set === PEOPLE) this.known.keepUser(owner, row.doc, true);
    return owner;
  }

  private writeRow({ set, insertion }: SetLayout, owner: number, row: WrittenRow): void {
    const { id, view, keys, doc, words } = row;
    this.push(insertion, [owner, this.tenant, id, 1, view, ...keys, doc]);
    this.keepWords(set, owner, words, true);
    this.grow(set, 1);
    this.recordChange({ set, owner, path: '', key: id }, 'created', []);
  }

  write(
    address: Address,
    members: Document | DocumentText,
    previous: StoredRecord | undefined,
    changed: readonly string[],
  ): void {
    const { path } = address;
    if (path === '' && !previous) throw new Error('A root entity is made by insert.');
    if (previous) this.release(address, previous.version);
    this.notePlaces(address, changed);
    if (path === '') this.updateEntity(address, members, previous!.version, changed);
    else this.writePart(address, members, previous);
    this.recordChange(address, previous ? 'updated' : 'created', changed);
  }

  async touch(address: Address, members: Document): Promise<void> {
    const { set, path } = address;
    this.notePlaces(address, []);
    const { text } = this.textOf(this.writerSource.typeAt(set, path), members);
    const version = this.versionRead(address);
    if (version) this.release(address, version);
    this.writes.push(touchPart(this.tenant, address, text, version));
    this.recordChange(address, 'updated', []);
  }

  async takeTurn(name: string): Promise<void> {
    const kept = `turn ${this.tenant} ${name}`;
    if (this.turns.has(kept)) return;
    this.turns.add(kept);
    const select = 'SELECT value FROM kith_kept WHERE name = ?';
    const [found] = await this.source.database.query(select, [kept]);
    // Whoever comes second finds nothing to add or change: the transaction is stale.
    if (!found) {
      const sql = 'INSERT INTO kith_kept (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING';
      this.push(sql, [kept, '1']);
    } else {
      const next = String(Number(found.value) + 1);
      const sql = 'UPDATE kith_kept SET value = ? WHERE name = ? AND value = ?';
      this.push(sql, [next, kept, found.value!]);
    }
  }

  writeSecret(owner: number, name: string, value: string | undefined): void {
    if (value === undefined) {
      const sql = 'DELETE FROM kith_secret WHERE tenant = ? AND owner = ? AND name = ?';
      this.writes.push({ sql, params: [this.tenant, owner, name], expects: 'any' });
      return;
    }
    this.push(
      `INSERT INTO kith_secret (tenant, owner, name, value) VALUES (?, ?, ?, ?)
        ON CONFLICT (tenant, owner, name) DO UPDATE SET value = excluded.value`,
      [this.tenant, owner, name, value],
    );
  }

  writeMedia(address: Address, name: string, media: Media | undefined): void {
    this.writes.push(writeStream({ tenant: this.tenant, address, name }, media));
  }

  clearMedia(address: Address): void {
    this.writes.push(clearStreams({ tenant: this.tenant, address, name: '' }));
  }

  setTask(address: Address, isOpen: boolean): void {
    this.writes.push(writeTask(this.tenant, address, isOpen));
  }

  link(relation: string, source: number, target: number): void {
    const link = { relation, source, target };
    this.places.add(relation);
    this.writes.push(...linkPair(this.moment(), link, this.recordsChanges));
  }

  unlink(relation: string, source: number, target: number): void {
    const link = { relation, source, target };
    this.places.add(relation);
    this.writes.push(...unlinkPair(this.moment(), link, this.recordsChanges));
  }

  connect(one: number, other: number): void {
    this.connected.set(one, other, true);
  }

  disconnect(one: number, other: number): void {
    this.connected.set(one, other, false);
  }

  remove(address: Address, { version }: Pick<StoredRecord, 'version'>): void {
    const { set, path } = address;
    this.release(address, version);
    this.places.add(path === '' ? set : `${set}/${path}`);
    const removal = { ...this.moment(), address, version, records: this.recordsChanges };
    this.known.forget(address);
    if (path === '') {
      this.writes.push(...removeEntity(removal, this.layout(set), this.source.dialect));
      this.grow(set, -1);
      if (set === PEOPLE) this.notePresence(address.owner);
    } else this.writes.push(...removePart(removal));
  }

  move(address: Address, set: string, members: Document, previous: { version: number }): void {
    const { owner } = address;
    const from = this.layout(address.set);
    const to = this.layout(set);
    this.release(address, previous.version);
    this.places.add(address.set).add(set);
    const removal = { ...this.moment(), address, ...previous, records: this.recordsChanges };
    this.writes.push(...removeRow(removal, from, this.source.dialect));
    if (to.isApart) this.writes.push(...hideLinks(removal, owner, this.recordsChanges));
    this.grow(address.set, -1);
    const row = renderRow(this.source, to, members);
    this.writeRow(to, owner, row);
    if (from.isApart) this.writes.push(...showLinks(this.moment(), owner, from.table));
    if (address.set === PEOPLE || set === PEOPLE) {
      this.notePresence(owner);
      this.known.hide(owner, to.isApart);
      if (set === PEOPLE) this.known.keepUser(owner, row.doc, false);
    }
  }

  clear(): void {
    const sets = [...this.source.layouts.values()].map(({ table }) => table);
    const removals = [...FRAME, ...sets].map((table) => ({
      sql: `DELETE FROM ${table} WHERE tenant = ?`,
      params: [this.tenant],
      expects: 'any' as const,
    }));
    const { dialect, layouts } = this.source;
    const words = [...layouts.values()].map((each) => clearWords(dialect, each, this.tenant));
    const known = clearKnown(this.tenant);
    // An event has a number behind those of all before it, so that these go after it has come.
    const events: Statement = {
      sql: `DELETE FROM kith_change WHERE tenant = ? AND kind <> 'forgotten'`,
      params: [this.tenant],
      expects: 'any',
    };
    const forgotten = [recordForgotten(this.moment()), events];
    this.writes.unshift(...words, ...known, ...removals, ...forgotten);
    this.touchesStanding = true;
    this.places.add(EVERYWHERE);
    this.connected.note({ kind: 'cleared' });
  }

  private notePlaces({ set, path }: Address, changed: readonly string[]): void {
    if (path !== '') this.places.add(`${set}/${path}`);
    else for (const name of changed) this.places.add(`${set}.${name}`);
  }

  /** Somebody comes to the directory or leaves it. */
  private notePresence(person: number): void {
    this.touchesStanding = true;
    this.connected.note({ kind: 'presence', person });
  }

  private updateEntity(
    address: Address,
    members: Document | DocumentText,
    version: number,
    changed: readonly string[],
  ): void {
    const { table, type: declared, indexes } = this.layout(address.set);
    const document = this.textOf(declared, members);
    const { type } = document;
    const assignments = ['doc = ?'];
    const params: SqlValue[] = [document.text];
    // What is of a derived type may have been of another one before.
    const isPlain = type === declared && !type.defaultSet?.some((name) => changed.includes(name));
    if (!isPlain) {
      assignments.push('view = ?');
      params.push(renderView(type, document));
    }
    // Only the columns that change: SQLite rewrites every index that an UPDATE names.
    for (const { property, column } of indexes) {
      if (!changed.includes(property.name)) continue;
      assignments.push(`${column} = ?`);
      params.push(indexKey(property.type, document.read(property.name)));
    }
    this.push(
      `UPDATE ${table} SET version = version + 1, ${assignments.join(', ')}
        WHERE tenant = ? AND num = ? AND version = ?`,
      [...params, this.tenant, address.owner, version],
    );
    if (changesKnown(address.set, changed)) {
      this.known.keepUser(address.owner, document.text, false);
    }
    if (searchedProperties(declared).some((name) => changed.includes(name))) {
      const words = this.source.dialect.writeWords(wordsOf(declared, document.parse()));
      this.keepWords(address.set, address.owner, words, false);
    }
  }

  private writePart(
    { set, owner, path, key }: Address,
    members: Document | DocumentText,
    previous: StoredRecord | undefined,
  ): void {
    const type = this.writerSource.typeAt(set, path);
    const document = this.textOf(type, members);
    const { text } = document;
    if (previous) {
      this.known.keepPart({ set, owner, path, key }, type, { text, isNew: false });
      this.push(
        `UPDATE kith_part SET version = version + 1, doc = ?
          WHERE tenant = ? AND owner = ? AND path = ? AND key = ? AND version = ?`,
        [text, this.tenant, owner, path, key, previous.version],
      );
      return;
    }
    this.insertPart({ set, owner, path, key }, type, text);
  }

  /** Adds the row of what an entity contains. */
  protected insertPart(address: Address, type: EntityType, text: StoredText): void {
    const { owner, path, key } = address;
    this.known.keepPart(address, type, { text, isNew: true });
    this.push(
      `INSERT INTO kith_part (tenant, owner, path, key, version, doc)
        VALUES (?, ?, ?, ?, 1, CAST(? AS TEXT))`,
      [this.tenant, owner, path, key, text],
    );
  }

  private textOf(declared: EntityType, members: Document | DocumentText): DocumentText {
    if (members instanceof DocumentText) return members;
    return renderText(declared, this.source.model, members);
  }

  private keepWords(set: string, num: number, words: string, isNew: boolean): void {
    const { dialect } = this.source;
    this.writes.push(...writeWords({ dialect, set, num, words, isNew }));
  }

  private grow(set: string, by: number): void {
    this.growth.set(set, (this.growth.get(set) ?? 0) + by);
  }

  private moment(): Moment {
    return { tenant: this.tenant, now: this.source.now(), dialect: this.source.dialect };
  }

  private push(sql: string, params: WrittenValue[]): void {
    this.writes.push({ sql, params, expects: 'one' });
  }

  private recordChange(
    address: Address,
    kind: ChangeEvent['kind'],
    names: readonly string[],
  ): void {
    if (!this.recordsChanges) return;
    this.writes.push(recordChange(this.moment(), address, kind, names));
    this.touchesStanding ||= changesStanding(address.set, names);
  }
}
