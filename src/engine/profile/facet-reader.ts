import type { Model } from '#model/model.ts';
import { facetNames } from '#model/profile/facet-members.ts';
import { FAST_PI, GRAPH } from '#model/schema.ts';
import type { Media } from '#plan/blobs.ts';
import type { Caller } from '#plan/caller.ts';
import type { ConnectionGraph } from '#plan/connection-graph.ts';
import { type Document, renderDocument } from '#plan/document.ts';
import type { DocumentText } from '#plan/document-text.ts';
import { type MaybePromise, proceed } from '#plan/maybe-promise.ts';
import type {
  CollectionQuery,
  EvaluatedPage,
  FoundMember,
  FoundPage,
  MemberStart,
  Source,
} from '#plan/query.ts';
import type {
  Address,
  Evaluation,
  FoundEntity,
  Reader,
  Store,
  StoredRecord,
  Wanted,
} from '#plan/store.ts';
import type { Facet } from './combine-facets.ts';
import { type FacetsByName, readFacets } from './person-facets.ts';
import { EXTENSIONS, readExtensions } from './profile-extensions.ts';
import { profileVersion } from './profile-version.ts';
import { isFound } from './search-facets.ts';

const ALL = Number.MAX_SAFE_INTEGER;
const FACET = /^profile\/(\w+)$/;

/** For whom is read, and by which model. */
interface Reading {
  readonly model: Model;
  readonly caller: Caller;
}

/**
 * What reads for a caller. Of a person's facets it finds those that reach the caller, kept or from
 * the directory's user, so that nothing that is asked of them depends on any other.
 */
export function readerFor(store: Pick<Store, 'reader'>, model: Model, caller: Caller): Reader {
  const reader = store.reader(caller.tenant);
  return model.isForeign ? reader : new FacetReader(reader, { model, caller });
}

/** Facets of one person that have been read. */
interface Known {
  has(facet: string): boolean;
  readonly reading: Promise<FacetsByName>;
}

/** Whether what is kept there are a person's facets, of whom each caller sees others. */
export function isOfFacets(source: Source): boolean {
  return source.kind === 'contained' && facetAt(source.set, source.path) !== undefined;
}

class FacetReader implements Reader {
  private readonly inner: Reader;
  private readonly reading: Reading;
  private readonly known = new Map<number, Known>();

  constructor(inner: Reader, reading: Reading) {
    this.inner = inner;
    this.reading = reading;
  }

  find(set: string, property: string, value: string, wanted: Wanted) {
    return this.inner.find(set, property, value, wanted);
  }

  document(set: string, text: string): DocumentText {
    return this.inner.document(set, text);
  }

  findMany(set: string, owners: readonly number[], wanted: Wanted): Promise<FoundEntity[]> {
    return this.inner.findMany(set, owners, wanted);
  }

  read(address: Address): MaybePromise<StoredRecord | undefined> {
    const { set, owner, path } = address;
    if (set === 'users' && path === 'profile') return this.profile(owner);
    const facet = facetAt(set, path);
    if (facet === undefined) return this.inner.read(address);
    return this.facets(owner, facet).then((all) => {
      const found = all.find(({ key }) => key === address.key);
      return found && { version: found.version, text: this.textOf(found) };
    });
  }

  list(set: string, owner: number, path: string) {
    return this.inner.list(set, owner, path);
  }

  listBelow(set: string, owner: number, path: string) {
    return this.inner.listBelow(set, owner, path);
  }

  media(address: Address, name: string): MaybePromise<Media | undefined> {
    return this.inner.media(address, name);
  }

  query(
    source: Source,
    query: CollectionQuery,
    wanted: Wanted,
    start?: MemberStart,
  ): MaybePromise<FoundPage> {
    const facet = source.kind === 'contained' ? facetAt(source.set, source.path) : undefined;
    if (facet === undefined || source.kind !== 'contained') {
      return this.inner.query(source, query, wanted, start);
    }
    return this.facets(source.owner, facet).then((all) => this.page(source, query, all));
  }

  evaluate(evaluation: Evaluation): Promise<EvaluatedPage> {
    return this.inner.evaluate(evaluation);
  }

  isLinked(relation: string, source: number, target: number): Promise<boolean> {
    return this.inner.isLinked(relation, source, target);
  }

  linked(relation: string, source: number, limit: number): Promise<number[]> {
    return this.inner.linked(relation, source, limit);
  }

  countLinked(relation: string, source: number): Promise<number> {
    return this.inner.countLinked(relation, source);
  }

  writesAt(places: readonly string[]): number | undefined {
    return this.inner.writesAt(places);
  }

  get connections(): ConnectionGraph {
    return this.inner.connections;
  }

  /** Whoever asks for a second facet of a person asks for more: all are read. */
  private async facets(owner: number, facet: string): Promise<readonly Facet[]> {
    if (facet === EXTENSIONS) {
      return readExtensions({ ...this.reading, reader: this.inner }, owner);
    }
    const before = this.known.get(owner);
    if (before?.has(facet)) return (await before.reading).get(facet) ?? [];
    const asked = { ...this.reading, reader: this.inner, owner };
    const facets = before ? facetNames : [facet];
    const reading = readFacets({ ...asked, facets });
    this.known.set(owner, { has: (name) => facets.includes(name), reading });
    return (await reading).get(facet) ?? [];
  }

  /** Every person has a profile, whether they have written something or not. */
  private profile(owner: number): MaybePromise<StoredRecord | undefined> {
    const address = { set: 'users', owner, path: '', key: '' };
    return proceed(this.inner.read(address), (user) => {
      if (!user) return undefined;
      const { id } = JSON.parse(user.text) as Document;
      const text = JSON.stringify({ id });
      const version = profileVersion(this.inner, { owner, version: user.version });
      return proceed(version, (sum) => ({ version: sum, text }));
    });
  }

  private textOf({ facet, members }: Facet): string {
    const namespace = facet === EXTENSIONS ? FAST_PI : GRAPH;
    const profile = this.reading.model.types.get(`${namespace}.profile`);
    if (profile?.kind !== 'entity') throw new Error('No profile is declared here.');
    return renderDocument(profile.navigation.get(facet)!.target, members).doc;
  }

  private async page(
    source: Extract<Source, { kind: 'contained' }>,
    query: CollectionQuery,
    all: readonly Facet[],
  ): Promise<FoundPage> {
    const { search, filter, orderBy, after, skip, top, pageSize } = query;
    const found = search ? all.filter(({ members }) => isFound(search, members)) : all;
    let chosen = found;
    if (filter || orderBy.length > 0) {
      const whole = { ...query, search: undefined, top: undefined, pageSize: ALL, skip: 0 };
      const values = found.map(({ members }) => members);
      const evaluation = { type: source.type, values, compute: [] };
      const asked = { ...evaluation, query: { ...whole, after: undefined } };
      const { members } = await this.inner.evaluate(asked);
      chosen = members.map(({ place }) => found[place]!);
    }
    const shown = after?.shown ?? 0;
    const size = Math.max(Math.min(pageSize, (top ?? ALL) - shown), 0);
    const start = skip + shown;
    const members = chosen.slice(start, start + size).map((each): FoundMember => {
      const { key, version } = each;
      return { set: source.set, owner: source.owner, key, version, text: this.textOf(each) };
    });
    const end = shown + members.length;
    const isMore = size > 0 && start + size < chosen.length && end < (top ?? ALL);
    const next = isMore ? { keys: [], last: '', shown: end } : undefined;
    return { members, count: query.count ? chosen.length : undefined, next };
  }
}

function facetAt(set: string, path: string): string | undefined {
  const name = set === 'users' ? FACET.exec(path)?.[1] : undefined;
  const isFacet = name !== undefined && (facetNames.includes(name) || name === EXTENSIONS);
  return isFacet ? name : undefined;
}
