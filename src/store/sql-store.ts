import { Refusal } from '#errors.ts';
import type { Model } from '#model/model.ts';
import type { Tenant } from '#plan/caller.ts';
import { foldText } from '#plan/compare.ts';
import type { Loader, LoadingStore, MakeReady } from '#plan/load.ts';
import type { Address, ChangeEvent, Reader, Store, Writer } from '#plan/store.ts';
import { ChangeLog } from './change-log.ts';
import { conflictOf } from './conflict.ts';
import type { Database, Outcome, SqlRow, Statement } from './database.ts';
import type { Dialect } from './dialect.ts';
import type { GraphChange } from './graph/connection-writes.ts';
import { KeptGraphs } from './graph/kept-graphs.ts';
import { JoinedStore } from './joined-transaction.ts';
import type { KeptWords } from './known/kept-words.ts';
import type { SetLayout } from './layout.ts';
import { readyMaker } from './ready-entities.ts';
import { refuseOutcome } from './refuse-outcome.ts';
import { SqlLoader } from './sql-loader.ts';
import { SqlReader } from './sql-reader.ts';
import { SqlWriter, type WriterSource } from './sql-writer.ts';
import { typeAt } from './stored-type.ts';
import { TASKS, taskOf } from './task-statements.ts';
import { WrittenPlaces } from './written-places.ts';

/**
 * Surrogates reserved at a time, at first; who needs more takes twice as many each time, so that a
 * large import seldom waits for them. A crash loses the rest of a block, which nobody misses.
 */
const OWNER_BLOCK = 1000;
const OWNER_BLOCK_MAX = 16_000;
/** Runs of a transaction's work before the caller is asked to try again later. */
const ATTEMPTS_MAX = 30;
/** Statements of imports after which PostgreSQL is asked to count rows; then at each doubling. */
const ANALYZED_FIRST = 2000;

/** What a transaction has gathered, to be committed. */
interface Gathering {
  statements(): readonly Statement[];
  concernsStanding(): boolean;
  /** Whether what the work throws may come from a duplicate that nobody has looked for. */
  trustsItsValues(): boolean;
  graphChanges(): ReadonlyMap<number, readonly GraphChange[]>;
  writtenPlaces(): readonly (readonly [tenant: number, places: ReadonlySet<string>])[];
}

/** The store, on either database. */
export class SqlStore implements Omit<LoadingStore, 'indexes'> {
  readonly makeReady: MakeReady;
  private readonly source: WriterSource;
  /** The same for transactions. */
  private readonly writing: WriterSource;
  private readonly database: Database;
  private readonly dialect: Dialect;
  private readonly layouts: ReadonlyMap<string, SetLayout>;
  private readonly onStanding: () => void;
  private readonly log: ChangeLog;
  private readonly graphs: KeptGraphs;
  private readonly places = new WrittenPlaces();
  private tenants: Promise<readonly Tenant[]> | undefined;
  private owners: { next: number; end: number } = { next: 0, end: 0 };
  private ownerBlock = OWNER_BLOCK;
  private reserving: Promise<void> | undefined;
  /** Statements of imports, and at how many the database counts its rows the next time. */
  private imported = 0;
  private analyzedAt = ANALYZED_FIRST;
  /** Transactions that went stale once run one after another, so that each soon succeeds. */
  private lane: Promise<unknown> = Promise.resolve();

  constructor(options: {
    database: Database;
    dialect: Dialect;
    layouts: ReadonlyMap<string, SetLayout>;
    model: Model;
    known: KeptWords;
    now: () => number;
    /** Told of each commit that may have changed the standing of somebody. */
    onStanding: () => void;
  }) {
    const { database, dialect, layouts, model, known, now, onStanding } = options;
    this.database = database;
    this.dialect = dialect;
    this.layouts = layouts;
    this.onStanding = onStanding;
    this.log = new ChangeLog(database, dialect);
    this.graphs = new KeptGraphs({ database, dialect, layouts }, this.log);
    this.source = {
      database,
      dialect,
      layouts,
      model,
      known,
      now,
      nextOwner: () => this.nextOwner(),
      typeAt: (set, path) => typeAt(model, set, path),
      connectionsOf: (tenant) => this.graphs.of(tenant),
      places: this.places,
    };
    this.writing = { ...this.source, database: database.whileWriting };
    this.makeReady = readyMaker(this.source);
  }

  async findTenant(idOrDomain?: string): Promise<Tenant | undefined> {
    const wanted = idOrDomain === undefined ? undefined : foldText(idOrDomain);
    const isIt = ({ id, domains }: Tenant) =>
      wanted === undefined || id === wanted || domains.includes(wanted);
    this.tenants ??= this.readTenants();
    const known = (await this.tenants).find(isIt);
    if (known) return known;
    // Another process may have made it since.
    this.tenants = this.readTenants();
    return (await this.tenants).find(isIt);
  }

  async createTenant(tenant: Omit<Tenant, 'num'>): Promise<Tenant> {
    const num = await this.nextOwner();
    const id = foldText(tenant.id);
    const domains = tenant.domains.map(foldText);
    await this.commit([
      {
        sql: 'INSERT INTO kith_tenant (num, id, display_name, domains) VALUES (?, ?, ?, ?)',
        params: [num, id, tenant.displayName, JSON.stringify(domains)],
        expects: 'one',
      },
    ]);
    this.tenants = undefined;
    return { num, id, displayName: tenant.displayName, domains };
  }

  reader(tenant: Tenant): Reader {
    return new SqlReader(this.source, tenant.num);
  }

  transact<Result>(tenant: Tenant, work: (tx: Writer) => Promise<Result>): Promise<Result> {
    return this.run(() => new SqlWriter(this.writing, tenant.num, true), work);
  }

  async import<Result>(tenant: Tenant, work: (tx: Loader) => Promise<Result>): Promise<Result> {
    let writer = new SqlLoader(this.source, tenant.num);
    const open = () => {
      writer = new SqlLoader(this.source, tenant.num);
      return writer;
    };
    const result = await this.run(open, work);
    const { analyze } = this.dialect;
    if (analyze === undefined) return result;
    this.imported += writer.statements().length;
    if (this.imported >= this.analyzedAt) {
      this.analyzedAt = this.imported * 2;
      await this.database.query(analyze, []);
    }
    return result;
  }

  join<Result>(work: (joined: Store) => Promise<Result>): Promise<Result> {
    return this.run<JoinedStore, Result>(
      (looks) => new JoinedStore(this, this.writing, looks),
      work,
    );
  }

  changes(tenant: Tenant, after: string | undefined, limit: number): Promise<ChangeEvent[]> {
    return this.log.read(tenant, after, limit);
  }

  latestChange(tenant: Tenant): Promise<string> {
    return this.log.latest(tenant);
  }

  async forgetChanges(before: number): Promise<void> {
    for (const tenant of await this.readTenants()) await this.log.forget(tenant, before);
  }

  async tenantsWith(set: string): Promise<readonly Tenant[]> {
    const sql = 'SELECT tenant FROM kith_counter WHERE set_name = ? AND total > 0';
    const rows = await this.database.query(sql, [set]);
    if (rows.length === 0) return [];
    const nums = new Set(rows.map(({ tenant }) => tenant));
    return (await this.readTenants()).filter(({ num }) => nums.has(num));
  }

  whileAlone(name: string, work: (lost: AbortSignal) => Promise<void>): Promise<boolean> {
    return this.database.whileAlone(name, work);
  }

  atOnce<Result>(work: () => Result): Result {
    return this.database.atOnce(work);
  }

  async count(tenant: Tenant, set: string): Promise<number> {
    const rows = await this.database.query(
      'SELECT total FROM kith_counter WHERE tenant = ? AND set_name = ?',
      [tenant.num, set],
    );
    return Number(rows[0]?.total ?? 0);
  }

  async tasks(limit: number): Promise<{ tenant: Tenant; address: Address }[]> {
    const rows = await this.database.query(`${TASKS} LIMIT ${this.rows(limit)}`, [limit]);
    this.tenants ??= this.readTenants();
    const tenants = await this.tenants;
    return rows.flatMap((row) => {
      const { tenant: num, address } = taskOf(row);
      const tenant = tenants.find((each) => each.num === num);
      return tenant ? { tenant, address } : [];
    });
  }

  async usedBlobs(names: readonly string[]): Promise<ReadonlySet<string>> {
    if (names.length === 0) return new Set();
    const marks = names.map(() => '?').join(', ');
    const sql = `SELECT DISTINCT blob FROM kith_media WHERE blob IN (${marks})`;
    const rows = await this.database.query(sql, names);
    return new Set(rows.map(({ blob }) => blob as string));
  }

  async keep(name: string, make: () => Promise<string>): Promise<string> {
    const read = () => this.database.query('SELECT value FROM kith_kept WHERE name = ?', [name]);
    const [kept] = await read();
    if (kept) return kept.value as string;
    return this.database.exclusively(name, async () => {
      const [meanwhile] = await read();
      if (meanwhile) return meanwhile.value as string;
      const value = await make();
      const sql = 'INSERT INTO kith_kept (name, value) VALUES (?, ?)';
      await this.commit([{ sql, params: [name, value], expects: 'one' }]);
      return value;
    });
  }

  async ping(): Promise<void> {
    await this.database.query('SELECT 1 AS alive', []);
  }

  close(): Promise<void> {
    return this.database.close();
  }

  private rows(limit: number): string {
    return this.dialect.words.rows(limit).text;
  }

  private async run<Gathered extends Gathering, Result>(
    open: (looksForDuplicates: boolean) => Gathered,
    work: (gathering: Gathered) => Promise<Result>,
  ): Promise<Result> {
    let looksForDuplicates = false;
    const attempt = async (): Promise<{ result: Result } | undefined> => {
      const gathering = open(looksForDuplicates);
      let result: Result;
      try {
        result = await work(gathering);
      } catch (error) {
        if (!gathering.trustsItsValues()) throw error;
        looksForDuplicates = true;
        return undefined;
      }
      const statements = gathering.statements();
      if (statements.length === 0) return { result };
      const outcome = await this.database.commit(statements);
      if (gathering.concernsStanding()) this.onStanding();
      if (outcome.kind === 'committed') {
        for (const [num, places] of gathering.writtenPlaces()) this.places.note(num, places);
        await this.graphs.apply(gathering.graphChanges());
      }
      if (outcome.kind === 'stale') {
        if (this.database.isShared) await this.source.known.look();
        return undefined;
      }
      // What has come since the work looked for it in vain, it finds when it looks again.
      if (outcome.kind === 'duplicate' && !looksForDuplicates) {
        looksForDuplicates = true;
        return undefined;
      }
      return accept(outcome, this.layouts) && { result };
    };
    const first = await attempt();
    if (first) return first.result;
    const again = async (): Promise<Result> => {
      for (let run = 1; run < ATTEMPTS_MAX; run++) {
        const next = await attempt();
        if (next) return next.result;
      }
      const headers = { 'Retry-After': '1' };
      throw new Refusal('unavailable', 'The entity is changing too often. Try again.', { headers });
    };
    const turn = this.lane.then(again, again);
    this.lane = turn.catch(() => undefined);
    return turn;
  }

  private async commit(statements: readonly Statement[]): Promise<readonly SqlRow[]> {
    const outcome = await this.database.commit(statements);
    if (outcome.kind === 'stale') throw new Error('A write that stands alone cannot be stale.');
    return accept(outcome, this.layouts);
  }

  private async readTenants(): Promise<readonly Tenant[]> {
    const rows = await this.database.query(
      'SELECT num, id, display_name, domains FROM kith_tenant ORDER BY num',
      [],
    );
    return rows.map((row) => ({
      num: row.num as number,
      id: row.id as string,
      displayName: row.display_name as string,
      domains: JSON.parse(row.domains as string) as string[],
    }));
  }

  private async nextOwner(): Promise<number> {
    while (this.owners.next === this.owners.end) {
      this.reserving ??= this.reserve().finally(() => {
        this.reserving = undefined;
      });
      await this.reserving;
    }
    return this.owners.next++;
  }

  private async reserve(): Promise<void> {
    const count = this.ownerBlock;
    this.ownerBlock = Math.min(count * 2, OWNER_BLOCK_MAX);
    const rows = await this.commit([
      {
        sql: `UPDATE kith_sequence SET next = next + ? WHERE name = 'owner' RETURNING next`,
        params: [count],
        expects: 'one',
      },
    ]);
    const end = rows[0]!.next as number;
    this.owners = { next: end - count, end };
  }
}

/** The rows of a committed outcome; a refusal for every other. */
function accept(
  outcome: Exclude<Outcome, { kind: 'stale' }>,
  layouts: ReadonlyMap<string, SetLayout>,
): readonly SqlRow[] {
  if (outcome.kind === 'committed') return outcome.rows;
  if (outcome.kind === 'duplicate') throw conflictOf(outcome.constraint, layouts);
  throw refuseOutcome(outcome);
}
