import type { Tenant } from '#plan/caller.ts';
import type { Document } from '#plan/document.ts';
import type { DocumentText } from '#plan/document-text.ts';
import type { CollectionQuery, FoundPage, Source } from '#plan/query.ts';
import type {
  Address,
  ChangeEvent,
  FoundEntity,
  Reader,
  Store,
  StoredRecord,
  Wanted,
  Writer,
} from '#plan/store.ts';
import type { Statement } from './database.ts';
import { JoinedWrites } from './joined-writes.ts';
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

  constructor(base: Store, source: WriterSource) {
    this.base = base;
    this.source = source;
    this.written = new JoinedWrites(source);
  }

  /** What has to be committed, in the order in which it was written. */
  statements(): readonly Statement[] {
    return this.gathered;
  }

  reader(tenant: Tenant): Reader {
    return new JoinedReader(this.base.reader(tenant), this.written, tenant.num);
  }

  transact<Result>(tenant: Tenant, work: (tx: Writer) => Promise<Result>): Promise<Result> {
    return this.run(tenant, work, true);
  }

  import<Result>(tenant: Tenant, work: (tx: Writer) => Promise<Result>): Promise<Result> {
    return this.run(tenant, work, false);
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

  count(tenant: Tenant, set: string): Promise<number> {
    return this.base.count(tenant, set);
  }

  keep(name: string, make: () => Promise<string>): Promise<string> {
    return this.base.keep(name, make);
  }

  ping(): Promise<void> {
    return this.base.ping();
  }

  /** The store that it is made from stays open. */
  async close(): Promise<void> {}

  /** What the work writes counts from its end on; what it throws leaves nothing of it behind. */
  private async run<Result>(
    tenant: Tenant,
    work: (tx: Writer) => Promise<Result>,
    recordsChanges: boolean,
  ): Promise<Result> {
    const base = new SqlWriter(this.source, tenant.num, recordsChanges);
    const tx = new JoinedWriter(base, this.written, tenant.num);
    const result = await work(tx);
    tx.finish();
    this.gathered.push(...base.statements());
    return result;
  }
}

/** Reads what the database holds, and above it what earlier transactions of the join write. */
class JoinedReader implements Reader {
  protected readonly base: Reader;
  protected readonly written: JoinedWrites;
  protected readonly tenant: number;

  constructor(base: Reader, written: JoinedWrites, tenant: number) {
    this.base = base;
    this.written = written;
    this.tenant = tenant;
  }

  async find(
    set: string,
    property: string,
    value: string,
    wanted: Wanted,
  ): Promise<FoundEntity | undefined> {
    const { tenant, written } = this;
    const now = written.find({ tenant, set, property, value }, wanted);
    if (now) return now;
    // What the database finds by its former value has another one now.
    const isFormer = await written.hidesFound({ tenant, set, property, value });
    return isFormer ? undefined : this.base.find(set, property, value, wanted);
  }

  document(set: string, text: string): DocumentText {
    return this.base.document(set, text);
  }

  async findMany(set: string, owners: readonly number[]): Promise<FoundEntity[]> {
    const now = owners.map((owner) => this.written.entity(this.tenant, set, owner));
    const others = owners.filter((_, place) => !now[place]);
    const stored = await this.base.findMany(set, others);
    const known = new Map(
      [...now, ...stored].flatMap((each) => (each ? [[each.owner, each]] : [])),
    );
    return owners.flatMap((owner) => known.get(owner) ?? []);
  }

  async read(address: Address): Promise<StoredRecord | undefined> {
    return this.written.record(this.tenant, address) ?? this.base.read(address);
  }

  async list(
    set: string,
    owner: number,
    path: string,
  ): Promise<(StoredRecord & { key: string })[]> {
    const now = this.written.parts(this.tenant, owner, path);
    const stored = await this.base.list(set, owner, path);
    if (now.length === 0) return stored;
    const keys = new Set(now.map(({ key }) => key));
    const all = [...now, ...stored.filter(({ key }) => !keys.has(key))];
    return all.sort((one, other) => (one.key < other.key ? -1 : 1));
  }

  query(source: Source, query: CollectionQuery, wanted: Wanted): Promise<FoundPage> {
    return this.base.query(source, query, wanted);
  }

  async isLinked(relation: string, source: number, target: number): Promise<boolean> {
    const now = this.written.linked(this.tenant, relation, source);
    return now.has(target) || this.base.isLinked(relation, source, target);
  }

  async linked(relation: string, source: number, limit: number): Promise<number[]> {
    const now = this.written.linked(this.tenant, relation, source);
    const stored = await this.base.linked(relation, source, limit);
    return [...new Set([...stored, ...now])].sort((one, other) => one - other).slice(0, limit);
  }

  async countLinked(relation: string, source: number): Promise<number> {
    const now = [...this.written.linked(this.tenant, relation, source)];
    const known = await Promise.all(now.map((to) => this.base.isLinked(relation, source, to)));
    const added = known.filter((isKnown) => !isKnown).length;
    return added + (await this.base.countLinked(relation, source));
  }

  shared(
    relation: string,
    one: number,
    other: number,
    limit: number,
  ): Promise<{ owners: number[]; count: number }> {
    return this.base.shared(relation, one, other, limit);
  }

  isReachable(relation: string, from: number, to: number, steps: number): Promise<boolean> {
    return this.base.isReachable(relation, from, to, steps);
  }
}

/** One transaction of a join; its writes show to the next ones when it has finished. */
class JoinedWriter extends JoinedReader implements Writer {
  private readonly writer: Writer;
  private readonly unfinished: (() => void)[] = [];

  constructor(base: Writer, written: JoinedWrites, tenant: number) {
    super(base, written, tenant);
    this.writer = base;
  }

  finish(): void {
    for (const show of this.unfinished) show();
  }

  async insert(set: string, members: Document): Promise<number> {
    const { tenant, written } = this;
    const owner = await this.writer.insert(set, members);
    const address = { set, owner, path: '', key: String(members.id) };
    this.unfinished.push(() => written.keep(tenant, address, members, 1));
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
    const version = (previous?.version ?? 0) + 1;
    this.unfinished.push(() => written.keep(tenant, address, members, version));
  }

  writeSecret(owner: number, name: string, value: string): void {
    this.writer.writeSecret(owner, name, value);
  }

  link(relation: string, source: number, target: number): void {
    const { tenant, written } = this;
    this.writer.link(relation, source, target);
    this.unfinished.push(() => written.link(tenant, relation, source).add(target));
  }

  clear(): void {
    throw new Error('A tenant is cleared by a transaction of its own.');
  }
}
