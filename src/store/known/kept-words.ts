import { Refusal } from '#errors.ts';
import type { Model } from '#model/model.ts';
import { type Document, TYPE } from '#plan/document.ts';
import type { Database, SqlRow, SqlValue, Statement } from '../database.ts';
import type { Dialect } from '../dialect.ts';
import { plain } from '../query-indexes.ts';
import { findTypeAt } from '../stored-type.ts';
import { keepVariants, pauses } from './keep-variants.ts';
import { wordsOfUser } from './known-words.ts';
import { WORD_INDEX } from './word-index.ts';
import {
  insertVariants,
  insertWords,
  isKnownBy,
  type KnownOf,
  newTokens,
  type TenantToken,
  wordsOfPart,
} from './write-known.ts';

/** What words are kept in, and of what. */
interface KeptIn {
  readonly database: Database;
  readonly dialect: Dialect;
  readonly model: Model;
}

/** What is noted of the words: that there are none, that they are being gathered, or by which rules. */
const NONE = 'none';
const FILLING = 'filling';
/** Changes with the rules by which words are kept: then all are kept anew. */
const RULES = '2';
const NAME = 'known';
/** People whose words are written in one transaction. */
const PEOPLE = 100;
const USER = 'microsoft.graph.user';
/** How long a search waits for words that have never been kept. */
const PATIENCE_MS = 30_000;

/** Where people are, and whether nobody finds them there: then what is kept is that of no tenant. */
interface Place {
  readonly table: string;
  readonly sign: 1 | -1;
}

/** Words whose variants are to be kept, by names and as they are. */
interface Gathered {
  readonly varied: Set<string>;
  readonly tokens: TenantToken[];
}

const places: readonly Place[] = [
  { table: 'set_users', sign: 1 },
  { table: 'set_deletedItems', sign: -1 },
];

const READ = 'SELECT value FROM kith_kept WHERE name = ?';

/**
 * The words by which the people of a store are found. They cost every write, and a large first load
 * several times what it takes otherwise: so they are kept from the first search on, which gathers
 * those of all that is there by then.
 */
export class KeptWords {
  private readonly into: KeptIn;
  private noted: string;
  private filling: Promise<void> | undefined;

  private constructor(into: KeptIn, noted: string) {
    this.into = into;
    this.noted = noted;
  }

  static async open(into: KeptIn): Promise<KeptWords> {
    const [kept] = await into.database.query(READ, [NAME]);
    if (kept) return new KeptWords(into, String(kept.value));
    const words = new KeptWords(into, NONE);
    const sql = 'INSERT INTO kith_kept (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING';
    await words.commit([{ sql, params: [NAME, NONE], expects: 'any' }]);
    // Another process may have noted something first.
    await words.look();
    return words;
  }

  /** Whether what is written now has to be kept. */
  get areKept(): boolean {
    return this.noted === RULES || this.noted === FILLING;
  }

  /**
   * What a transaction that keeps no words holds on to, so that nobody begins to gather them behind
   * its back; undefined where no other process could.
   */
  get guard(): Statement | undefined {
    const { database, dialect } = this.into;
    if (!database.isShared || this.areKept) return undefined;
    const sql = `SELECT 1 FROM kith_kept WHERE name = ? AND value = ?${dialect.holdRow}`;
    return { sql, params: [NAME, this.noted], expects: 'one' };
  }

  /** Learns what other processes have noted meanwhile. */
  async look(): Promise<void> {
    const [kept] = await this.into.database.query(READ, [NAME]);
    this.noted = String(kept?.value ?? NONE);
  }

  /** Resolves when all words are there; refuses with 503 what would have to wait for too long. */
  async ready(): Promise<void> {
    if (this.noted === RULES) return;
    this.filling ??= this.fill().finally(() => {
      this.filling = undefined;
    });
    const { promise, reject } = Promise.withResolvers<never>();
    const message = 'What people know is being gathered. Try again later.';
    const late = new Refusal('unavailable', message, { headers: { 'Retry-After': '10' } });
    const timer = setTimeout(() => reject(late), PATIENCE_MS);
    await Promise.race([this.filling, promise]).finally(() => clearTimeout(timer));
  }

  private fill(): Promise<void> {
    const { database, dialect } = this.into;
    return database.exclusively(NAME, async () => {
      await this.look();
      if (this.noted === RULES) return;
      await this.note(FILLING);
      // Transactions that keep no words yet are committed before this one is.
      await this.commit([
        plain('DROP INDEX IF EXISTS kith_known_word'),
        ...['kith_known', 'kith_near'].map((table) => plain(`DELETE FROM ${table}`)),
      ]);
      const varied = new Set<string>();
      const tokens: TenantToken[] = [];
      for (const place of places) await this.fillFrom(place, { varied, tokens });
      await keepVariants(tokens, (rows) => this.commit([insertVariants(dialect, rows)]));
      await this.commit([plain(WORD_INDEX)]);
      await this.note(RULES);
    });
  }

  private async note(value: string): Promise<void> {
    this.noted = value;
    const sql = 'UPDATE kith_kept SET value = ? WHERE name = ?';
    await this.commit([{ sql, params: [value, NAME], expects: 'one' }]);
  }

  /** Keeps the words of everybody in a place: those of some are written while the next are read. */
  private async fillFrom(place: Place, into: Gathered): Promise<void> {
    let writing: Promise<void> = Promise.resolve();
    let people = await this.readPeople(place, 0);
    while (people.length > 0) {
      const statements = await this.gather(place, people, into);
      await writing;
      writing = this.write(place, people, { statements, into });
      writing.catch(() => undefined);
      people = await this.readPeople(place, people.at(-1)!.num!);
    }
    await writing;
  }

  /** Commits the words of some people; of whom has changed since they were read, those of now. */
  private async write(
    place: Place,
    people: readonly SqlRow[],
    { statements, into }: { readonly statements: readonly Statement[]; readonly into: Gathered },
  ): Promise<void> {
    const [first, last] = [people[0]!.num!, people.at(-1)!.num!];
    for (let next = statements; !(await this.commit(next)); ) {
      const now = await this.readPeople(place, Number(first) - 1, last);
      if (now.length === 0) return;
      next = await this.gather(place, now, into);
    }
  }

  /** What keeps the words of these people, as long as they are as they were read. */
  private async gather(
    { table, sign }: Place,
    people: readonly SqlRow[],
    into: Gathered,
  ): Promise<Statement[]> {
    const { dialect } = this.into;
    const parts = await this.readParts(people);
    const held = parts.length > 0 ? [holdsParts(dialect, parts)] : [];
    const known = await this.wordsOf(people, parts, sign);
    for (const each of newTokens(known, into.varied)) into.tokens.push(each);
    return [holds(dialect, table, people), ...held, ...insertWords(dialect, known)];
  }

  private async readPeople(
    { table }: Place,
    after: SqlValue,
    upTo: SqlValue = Number.MAX_SAFE_INTEGER,
  ): Promise<readonly SqlRow[]> {
    return this.into.database.query(
      `SELECT num, tenant, version, doc FROM "${table}"
        WHERE num > ? AND num <= ? ORDER BY num LIMIT ${PEOPLE}`,
      [after, upTo],
    );
  }

  private async readParts(people: readonly SqlRow[]): Promise<readonly SqlRow[]> {
    const { database, dialect } = this.into;
    const tenants = Map.groupBy(people, ({ tenant }) => tenant!);
    const found: SqlRow[] = [];
    for (const [tenant, owners] of tenants) {
      const rows = await database.query(
        `SELECT tenant, owner, path, key, version, doc FROM kith_part
          WHERE tenant = ? AND ${dialect.inList('owner')}`,
        [tenant, JSON.stringify(owners.map(({ num }) => num))],
      );
      found.push(...rows.filter(({ path }) => isKnownBy('users', String(path))));
    }
    return found;
  }

  /** What comes meanwhile is answered between one of them and the next. */
  private async wordsOf(
    people: readonly SqlRow[],
    parts: readonly SqlRow[],
    sign: number,
  ): Promise<KnownOf[]> {
    const known: KnownOf[] = [];
    const pause = pauses();
    for (const { num, tenant, doc } of people) {
      await pause();
      const members = JSON.parse(String(doc)) as Document;
      if (sign < 0 && members[TYPE] !== USER) continue;
      known.push({ tenant: sign * Number(tenant), owner: num!, words: wordsOfUser(members) });
    }
    for (const { owner, tenant, path, key, doc } of parts) {
      await pause();
      const type = findTypeAt(this.into.model, 'users', String(path));
      if (!type) continue;
      const members = JSON.parse(String(doc)) as Document;
      const words = wordsOfPart({ path: String(path), key: String(key) }, type, members);
      known.push({ tenant: sign * Number(tenant), owner: owner!, words });
    }
    return known;
  }

  /** Whether it was committed; not, if what it rests upon has changed. Throws where it fails. */
  private async commit(statements: readonly Statement[]): Promise<boolean> {
    const outcome = await this.into.database.commit(statements);
    if (outcome.kind === 'committed' || outcome.kind === 'stale')
      return outcome.kind === 'committed';
    const reason = 'message' in outcome ? outcome.message : outcome.kind;
    throw new Error(`The words of people could not be kept: ${reason}`);
  }
}

/** A statement that finds a row as long as all these people are as they were read. */
function holds(dialect: Dialect, table: string, people: readonly SqlRow[]): Statement {
  const list = people.map(({ num, version }) => [num, version]);
  return heldTogether(
    `SELECT count(*) FROM ${dialect.eachOf('?', 'one')} JOIN "${table}" kept
      ON kept.num = CAST(one.value ->> 0 AS BIGINT)
        AND kept.version = CAST(one.value ->> 1 AS BIGINT)`,
    list,
  );
}

function holdsParts(dialect: Dialect, parts: readonly SqlRow[]): Statement {
  const list = parts.map((each) => [each.tenant, each.owner, each.path, each.key, each.version]);
  return heldTogether(
    `SELECT count(*) FROM ${dialect.eachOf('?', 'one')} JOIN kith_part kept
      ON kept.tenant = CAST(one.value ->> 0 AS BIGINT)
        AND kept.owner = CAST(one.value ->> 1 AS BIGINT)
        AND kept.path = one.value ->> 2 AND kept.key = one.value ->> 3
        AND kept.version = CAST(one.value ->> 4 AS BIGINT)`,
    list,
  );
}

function heldTogether(count: string, list: readonly unknown[]): Statement {
  const sql = `SELECT 1 AS held WHERE (${count}) = CAST(? AS BIGINT)`;
  return { sql, params: [JSON.stringify(list), list.length], expects: 'one' };
}
