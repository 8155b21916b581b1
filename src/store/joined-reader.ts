import type { Media } from '#plan/blobs.ts';
import type { ConnectionGraph } from '#plan/connection-graph.ts';
import type { DocumentText } from '#plan/document-text.ts';
import type {
  CollectionQuery,
  EvaluatedPage,
  FoundMember,
  FoundPage,
  Source,
} from '#plan/query.ts';
import type {
  Address,
  Evaluation,
  FoundEntity,
  Reader,
  StoredRecord,
  Wanted,
} from '#plan/store.ts';
import type { JoinedWrites, Now } from './joined-writes.ts';

/** What a reader of a join reads from, and whose transaction it is. */
export interface JoinedSource {
  /** The database, as the transaction reads it. */
  readonly base: Reader;
  /** The same, for what is only looked at, of which nothing is remembered. */
  readonly plain: Reader;
  readonly written: JoinedWrites;
  readonly tenant: number;
}

/** Reads what the database holds, and above it what earlier transactions of the join write. */
export class JoinedReader implements Reader {
  protected readonly base: Reader;
  protected readonly plain: Reader;
  protected readonly written: JoinedWrites;
  protected readonly tenant: number;

  constructor({ base, plain, written, tenant }: JoinedSource) {
    this.base = base;
    this.plain = plain;
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
    // So it is in most joins: they are one transaction.
    if (written.isEmpty) return this.base.find(set, property, value, wanted);
    const now = written.find({ tenant, set, property, value }, wanted);
    if (now) return now;
    const stored = await this.plain.find(set, property, value, 'nothing');
    // What the database finds by its former value has another one now, or is gone.
    if (!stored || this.entity(set, stored.owner, 'nothing')) return undefined;
    return this.base.find(set, property, value, wanted);
  }

  document(set: string, text: string): DocumentText {
    return this.base.document(set, text);
  }

  async findMany(set: string, owners: readonly number[], wanted: Wanted): Promise<FoundEntity[]> {
    const now = new Map(owners.map((owner) => [owner, this.entity(set, owner, wanted)]));
    const others = owners.filter((owner) => !now.get(owner));
    const stored = await this.base.findMany(set, others, wanted);
    for (const each of stored) now.set(each.owner, { value: each });
    return owners.flatMap((owner) => now.get(owner)?.value ?? []);
  }

  async read(address: Address): Promise<StoredRecord | undefined> {
    const now = this.written.record(this.tenant, address);
    return now ? now.value : this.base.read(address);
  }

  async list(
    set: string,
    owner: number,
    path: string,
  ): Promise<(StoredRecord & { key: string })[]> {
    const now = this.written.parts(this.tenant, owner, path);
    const stored = await this.base.list(set, owner, path);
    const others = stored.filter(
      ({ key }) => !this.written.record(this.tenant, { set, owner, path, key }),
    );
    const all = [...now, ...others];
    return all.sort((one, other) => (one.key < other.key ? -1 : 1));
  }

  async listBelow(
    set: string,
    owner: number,
    path: string,
  ): Promise<(StoredRecord & { path: string; key: string })[]> {
    const now = this.written.partsBelow(this.tenant, owner, path);
    const stored = await this.base.listBelow(set, owner, path);
    const others = stored.filter(
      ({ path: at, key }) => !this.written.record(this.tenant, { set, owner, path: at, key }),
    );
    const place = ({ path: at, key }: { path: string; key: string }) => `${at}/${key}`;
    return [...now, ...others].sort((one, other) => (place(one) < place(other) ? -1 : 1));
  }

  async media(address: Address, name: string): Promise<Media | undefined> {
    const now = this.written.media({ tenant: this.tenant, address, name });
    return now ? now.value : this.base.media(address, name);
  }

  /** Finds by what was before; what it finds is shown as it is now, and left out where it is gone. */
  async query(source: Source, query: CollectionQuery, wanted: Wanted): Promise<FoundPage> {
    const page = await this.plain.query(source, query, wanted);
    const members = page.members.map((member) => {
      const now = this.member(source, member, wanted);
      if (!now) this.relyOn(source, member, wanted);
      return now ?? { value: member };
    });
    return { ...page, members: members.flatMap(({ value }) => value ?? []) };
  }

  evaluate(evaluation: Evaluation): Promise<EvaluatedPage> {
    return this.base.evaluate(evaluation);
  }

  async isLinked(relation: string, source: number, target: number): Promise<boolean> {
    const place = { tenant: this.tenant, relation, source };
    const { links } = this.written;
    if (links.isGone(place)) return false;
    return links.of(place).get(target) ?? this.base.isLinked(relation, source, target);
  }

  async linked(relation: string, source: number, limit: number): Promise<number[]> {
    const place = { tenant: this.tenant, relation, source };
    const { links } = this.written;
    if (links.isGone(place)) return [];
    const now = links.of(place);
    const stored = await this.base.linked(relation, source, limit + now.size);
    const others = stored.filter((target) => !now.has(target));
    const added = [...now].flatMap(([target, isLinked]) => (isLinked ? target : []));
    return [...others, ...added].sort((one, other) => one - other).slice(0, limit);
  }

  async countLinked(relation: string, source: number): Promise<number> {
    const place = { tenant: this.tenant, relation, source };
    const { links } = this.written;
    if (links.isGone(place)) return 0;
    const now = [...links.of(place)];
    const before = await Promise.all(now.map(([to]) => this.base.isLinked(relation, source, to)));
    const grown = now.reduce(
      (sum, [, isLinked], at) => sum + Number(isLinked) - Number(before[at]),
      0,
    );
    return grown + (await this.base.countLinked(relation, source));
  }

  /** What a join has written is seen by itself alone. */
  writesAt(): undefined {
    return undefined;
  }

  get connections(): ConnectionGraph {
    return this.base.connections;
  }

  /** Told of what a query finds in the database as it is. */
  protected relyOn(_source: Source, _member: FoundMember, _wanted: Wanted): void {}

  private entity(set: string, owner: number, wanted: Wanted): Now<FoundEntity> | undefined {
    return this.written.entity(this.tenant, { set, owner }, wanted);
  }

  /** A member that a query has found, if it has been written or removed. */
  private member(
    source: Source,
    member: FoundMember,
    wanted: Wanted,
  ): Now<FoundMember> | undefined {
    const { set, owner, key } = member;
    const now =
      source.kind === 'contained'
        ? this.written.record(this.tenant, { set, owner, path: source.path, key })
        : this.entity(set, owner, wanted);
    if (!now?.value) return now && { value: undefined };
    const { version, text } = now.value;
    return { value: { ...member, version, text } };
  }
}
