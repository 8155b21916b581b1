import type { Media } from '#plan/blobs.ts';
import type { Tenant } from '#plan/caller.ts';
import type { Document, Value } from '#plan/document.ts';
import { DocumentText } from '#plan/document-text.ts';
import type { FoundMember, Source } from '#plan/query.ts';
import type {
  Address,
  ChangeEvent,
  Reader,
  Store,
  StoredRecord,
  Wanted,
  Writer,
} from '#plan/store.ts';
import { sameKey, sameValue } from './conflict.ts';
import type { Statement } from './database.ts';
import type { GraphChange } from './graph/connection-writes.ts';
import { JoinedReader } from './joined-reader.ts';
import { JoinedWrites } from './joined-writes.ts';
import { idOf, type SetLayout } from './layout.ts';
import { SqlReader } from './sql-reader.ts';
import { SqlWriter, type WriterSource } from './sql-writer.ts';

/**
 * A store whose transactions are gathered and committed together by whoever made it. Each sees what
 * the ones before it write, though nothing of that is in the database yet, and begins when the one
 * before it has ended. Queries of collections see the state before the first.
 */
export class JoinedStore implements Store {
  private readonly base: Store;
  private readonly source: WriterSource;
  private readonly written: JoinedWrites;
  private readonly gathered: Statement[] = [];
  private touchesStanding = false;
  private readonly connected = new Map<number, GraphChange[]>();
  private readonly places: (readonly [number, ReadonlySet<string>])[] = [];
  private readonly looksForDuplicates: boolean;

  /**
   * Most joins have no duplicates, and the commit alone tells: only one that runs again looks for
   * them, so that the transaction fails to which it belongs and not the whole join.
   */
  constructor(base: Store, source: WriterSource, looksForDuplicates: boolean) {
    this.base = base;
    this.source = source;
    this.looksForDuplicates = looksForDuplicates;
    this.written = new JoinedWrites(source);
  }

  /** What has to be committed, in the order in which it was written. */
  statements(): readonly Statement[] {
    return this.gathered;
  }

  /** Whether the work may have gone on where a duplicate would have refused it. */
  trustsItsValues(): boolean {
    return !this.looksForDuplicates && this.gathered.length > 0;
  }

  /** Whether what is written may change the standing of somebody. */
  concernsStanding(): boolean {
    return this.touchesStanding;
  }

  /** Where it is written, by tenant. */
  writtenPlaces(): readonly (readonly [tenant: number, places: ReadonlySet<string>])[] {
    return this.places;
  }

  /** What is written changes so much in the graphs of connections, by tenant. */
  graphChanges(): ReadonlyMap<number, readonly GraphChange[]> {
    return this.connected;
  }

  /** What others commit meanwhile is noticed where it matters, at the commit. */
  atOnce<Result>(work: () => Result): Result {
    return work();
  }

  reader(tenant: Tenant): Reader {
    const base = this.base.reader(tenant);
    return new JoinedReader({ base, plain: base, written: this.written, tenant: tenant.num });
  }

  /** What the work writes counts from its end on; what it throws leaves nothing of it behind. */
  async transact<Result>(tenant: Tenant, work: (tx: Writer) => Promise<Result>): Promise<Result> {
    const writer = new SqlWriter(this.source, tenant.num, true);
    const tx = new JoinedWriter(this.source, writer, this.written, tenant.num);
    const result = await work(tx);
    if (this.looksForDuplicates) await tx.refuseDuplicates();
    tx.finish();
    this.gathered.push(...writer.statements());
    this.touchesStanding ||= writer.concernsStanding();
    this.places.push(...writer.writtenPlaces());
    for (const [num, changes] of writer.graphChanges()) {
      this.connected.set(num, (this.connected.get(num) ?? []).concat(changes));
    }
    return result;
  }

  join<Result>(work: (joined: Store) => Promise<Result>): Promise<Result> {
    return work(this);
  }

  findTenant(idOrDomain?: string): Promise<Tenant | undefined> {
    return this.base.findTenant(idOrDomain);
  }

  createTenant(tenant: Omit<Tenant, 'num'>): Promise<Tenant> {
    return this.base.createTenant(tenant);
  }

  changes(tenant: Tenant, after: string | undefined, limit: number): Promise<ChangeEvent[]> {
    return this.base.changes(tenant, after, limit);
  }

  latestChange(tenant: Tenant): Promise<string> {
    return this.base.latestChange(tenant);
  }

  forgetChanges(before: number): Promise<void> {
    return this.base.forgetChanges(before);
  }

  tenantsWith(set: string): Promise<readonly Tenant[]> {
    return this.base.tenantsWith(set);
  }

  whileAlone(name: string, work: (lost: AbortSignal) => Promise<void>): Promise<boolean> {
    return this.base.whileAlone(name, work);
  }

  async count(tenant: Tenant, set: string): Promise<number> {
    return (await this.base.count(tenant, set)) + this.written.grown(tenant.num, set);
  }

  tasks(limit: number) {
    return this.base.tasks(limit);
  }

  usedBlobs(names: readonly string[]): Promise<ReadonlySet<string>> {
    return this.base.usedBlobs(names);
  }

  keep(name: string, make: () => Promise<string>): Promise<string> {
    return this.base.keep(name, make);
  }

  ping(): Promise<void> {
    return this.base.ping();
  }

  /** The store that it is made from stays open. */
  async close(): Promise<void> {}
}

/** A value that no two entities of a set may share. */
interface UniqueValue {
  readonly set: string;
  readonly owner: number;
  /** `id` for the text of the key. */
  readonly property: string;
  readonly value: string;
}

/** One transaction of a join; its writes show to the next ones when it has finished. */
class JoinedWriter extends JoinedReader implements Writer {
  private readonly source: WriterSource;
  private readonly writer: SqlWriter;
  private readonly unfinished: (() => void)[] = [];
  private readonly unique: UniqueValue[] = [];
  /** Root entities that the transaction writes or removes. */
  private readonly touched = new Set<number>();

  constructor(source: WriterSource, writer: SqlWriter, written: JoinedWrites, tenant: number) {
    super({ base: writer, plain: new SqlReader(source, tenant), written, tenant });
    this.source = source;
    this.writer = writer;
  }

  /** Refuses a value that is another entity's already. */
  async refuseDuplicates(): Promise<void> {
    const { plain, written, tenant } = this;
    const before = new JoinedReader({ base: plain, plain, written, tenant });
    for (const { set, owner, property, value } of this.unique) {
      const found = await before.find(set, property, value, 'nothing');
      if (!found || found.owner === owner || this.touched.has(found.owner)) continue;
      throw property === 'id' ? sameKey(this.layout(set)) : sameValue(property);
    }
  }

  /** Shows to the next transactions what this one has written. */
  finish(): void {
    for (const show of this.unfinished) show();
  }

  async insert(set: string, members: Document): Promise<number> {
    const { tenant, written } = this;
    const owner = await this.writer.insert(set, members);
    const address = { set, owner, path: '', key: '' };
    const layout = this.layout(set);
    const { type, indexes } = layout;
    this.unique.push({ set, owner, property: 'id', value: idOf(layout, type, members) });
    const names = indexes.map(({ property }) => property.name);
    this.expectUnique(address, names, (name) => members[name]);
    this.unfinished.push(() => written.insert(tenant, address, members));
    return owner;
  }

  write(
    address: Address,
    members: Document | DocumentText,
    previous: StoredRecord | undefined,
    changed: readonly string[],
  ): void {
    const { tenant, written } = this;
    this.writer.write(address, members, previous, changed);
    if (address.path === '') {
      this.touched.add(address.owner);
      this.expectUnique(address, changed, (name) =>
        members instanceof DocumentText ? members.read(name) : members[name],
      );
    }
    const version = (previous?.version ?? 0) + 1;
    this.unfinished.push(() => written.keep(tenant, address, members, version));
  }

  /** Those that commit together see each other's versions. */
  async touch(address: Address, members: Document): Promise<void> {
    this.write(address, members, await this.read(address), []);
  }

  /** Those that commit together have one turn. */
  async takeTurn(name: string): Promise<void> {
    const { tenant, written } = this;
    const turn = `${tenant} ${name}`;
    if (written.turns.has(turn)) return;
    await this.writer.takeTurn(name);
    this.unfinished.push(() => written.turns.add(turn));
  }

  writeSecret(owner: number, name: string, value: string | undefined): void {
    this.writer.writeSecret(owner, name, value);
  }

  writeMedia(address: Address, name: string, media: Media | undefined): void {
    const { tenant, written } = this;
    this.writer.writeMedia(address, name, media);
    this.unfinished.push(() => written.writeMedia({ tenant, address, name }, media));
  }

  clearMedia(address: Address): void {
    this.writer.clearMedia(address);
    this.unfinished.push(() => this.written.clearMedia(this.tenant, address));
  }

  setTask(address: Address, isOpen: boolean): void {
    this.writer.setTask(address, isOpen);
  }

  link(relation: string, source: number, target: number): void {
    const { tenant, written } = this;
    this.writer.link(relation, source, target);
    this.unfinished.push(() => written.links.set({ tenant, relation, source }, target, true));
  }

  unlink(relation: string, source: number, target: number): void {
    const { tenant, written } = this;
    this.writer.unlink(relation, source, target);
    this.unfinished.push(() => written.links.set({ tenant, relation, source }, target, false));
  }

  connect(one: number, other: number): void {
    this.writer.connect(one, other);
  }

  disconnect(one: number, other: number): void {
    this.writer.disconnect(one, other);
  }

  remove(address: Address, previous: Pick<StoredRecord, 'version'>): void {
    const { tenant, written } = this;
    this.writer.remove(address, previous);
    if (address.path === '') this.touched.add(address.owner);
    this.unfinished.push(() => written.remove(tenant, address));
  }

  move(address: Address, set: string, members: Document, previous: { version: number }): void {
    const { tenant, written } = this;
    this.writer.move(address, set, members, previous);
    const { owner } = address;
    this.touched.add(owner);
    const moved = { set, owner, path: '', key: '' };
    const names = this.layout(set).indexes.map(({ property }) => property.name);
    this.expectUnique(moved, names, (name) => members[name]);
    this.unfinished.push(() => written.move(tenant, address, moved, members));
  }

  clear(): void {
    throw new Error('A tenant is cleared by a transaction of its own.');
  }

  protected override relyOn(source: Source, member: FoundMember, wanted: Wanted): void {
    this.writer.guardMembers(source, [member], wanted);
  }

  private expectUnique(
    { set, owner }: Address,
    names: readonly string[],
    read: (name: string) => Value | undefined,
  ): void {
    for (const { property, unique } of this.layout(set).indexes) {
      if (!unique || !names.includes(property.name)) continue;
      const value = read(property.name);
      if (value === null || value === undefined) continue;
      this.unique.push({ set, owner, property: property.name, value: String(value) });
    }
  }

  private layout(set: string): SetLayout {
    return this.source.layouts.get(set)!;
  }
}
