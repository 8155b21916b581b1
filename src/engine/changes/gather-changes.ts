import type { Navigation } from '#model/model.ts';
import type { Tenant } from '#plan/caller.ts';
import { splitKeys } from '#plan/key-text.ts';
import type { KeptSource } from '#plan/query.ts';
import type { ChangeEvent, Store } from '#plan/store.ts';
import { PROFILE } from '../reading/inline-facets.ts';

/** Events read at a time, and at most for one page. */
const CHUNK = 1000;
const EVENTS_MAX = 20_000;

/** What events say of one member. */
export interface MemberChange {
  /** The surrogate of the root entity that it is, or in which it is. */
  readonly owner: number;
  /** Its key, or the keys below its owner, as far as events have said it. */
  key: string | undefined;
  isCreated: boolean;
  /** Whether anything of the member itself has been written. */
  isWritten: boolean;
  /** Names of the properties that have changed. */
  readonly names: Set<string>;
  /** By navigation the surrogates that it has been linked to, or no longer is. */
  readonly links: Map<Navigation, Map<number, boolean>>;
  /** By containing navigation the path and keys of what has changed inside it. */
  readonly parts: Map<Navigation, Map<string, ContainedChange>>;
}

/** A root entity that has been removed. */
export interface GoneEntity {
  readonly set: string;
  readonly key: string;
}

/** What has changed inside a member. */
export interface ContainedChange {
  readonly path: string;
  readonly key: string;
  readonly isRemoved: boolean;
}

/** The changes of one page. */
export interface GatheredChanges {
  readonly members: ReadonlyMap<string, MemberChange>;
  /** Sets and keys of removed root entities, by their surrogates. */
  readonly gone: ReadonlyMap<number, GoneEntity>;
  /** The position of the last event that is taken in. */
  readonly position: string;
  readonly isUnfinished: boolean;
}

/** What to gather, and how much. */
export interface Gathering {
  readonly source: KeptSource;
  readonly links: readonly Navigation[];
  readonly position: string;
  readonly membersMax: number;
}

/**
 * Reads events behind a position and sorts them by the members that they are about, until as many
 * are found as a page has. Undefined where events behind the position are forgotten.
 */
export async function gatherChanges(
  store: Pick<Store, 'changes'>,
  tenant: Tenant,
  gathering: Gathering,
): Promise<GatheredChanges | undefined> {
  const sorter = new ChangeSorter(gathering);
  let { position } = gathering;
  for (let read = 0; read < EVENTS_MAX; read += CHUNK) {
    const events = await store.changes(tenant, position, CHUNK);
    for (const event of events) {
      if (event.kind === 'forgotten') return undefined;
      if (!sorter.take(event)) return sorter.result(position, true);
      position = event.position;
    }
    if (events.length < CHUNK) return sorter.result(position, false);
  }
  return sorter.result(position, true);
}

class ChangeSorter {
  private readonly source: KeptSource;
  private readonly membersMax: number;
  private readonly links: readonly Navigation[];
  private readonly members = new Map<string, MemberChange>();
  private readonly gone = new Map<number, GoneEntity>();

  constructor({ source, links, membersMax }: Gathering) {
    this.source = source;
    this.links = links;
    this.membersMax = membersMax;
  }

  /** Takes an event in; false where that would be one member too many. */
  take(event: ChangeEvent): boolean {
    if (event.path === '' && event.kind === 'deleted') this.gone.set(event.owner, event);
    const { source } = this;
    if (event.set === '') return this.takeLink(event);
    if (event.set !== source.set) return !this.isForGood(event) || this.takeRoot(event);
    if (source.kind === 'contained') return this.takeContained(event, source);
    return event.path === '' ? this.takeRoot(event) : this.takePart(event);
  }

  result(position: string, isUnfinished: boolean): GatheredChanges {
    return { members: this.members, gone: this.gone, position, isUnfinished };
  }

  /** Whether something of the source's type is removed from where it could be restored. */
  private isForGood({ kind, path, names }: ChangeEvent): boolean {
    const { source } = this;
    const isRoot = source.kind === 'set' && kind === 'deleted' && path === '';
    return isRoot && names[0] === source.type.name;
  }

  private takeRoot({ owner, key, kind, names }: ChangeEvent): boolean {
    const member = this.memberAt(String(owner), owner, kind === 'updated' ? undefined : key);
    return member !== undefined && write(member, kind, names);
  }

  private takeContained(
    { owner, path, key, kind, names }: ChangeEvent,
    source: Extract<KeptSource, { kind: 'contained' }>,
  ): boolean {
    if (owner !== source.owner || path !== source.path) return true;
    const keys = splitKeys(key);
    if (source.keys.some((each, index) => each !== keys[index])) return true;
    const member = this.memberAt(key, owner, key);
    return member !== undefined && write(member, kind, names);
  }

  /** What changes inside a member concerns those who ask for the navigation that leads there. */
  private takePart({ owner, path, key, kind }: ChangeEvent): boolean {
    const navigation = this.links.find(
      ({ contains, storedAs }) =>
        contains && (path === storedAs || path.startsWith(`${storedAs}/`)),
    );
    // A profile is written with each of its facets, which not everybody knows of.
    const isFacet = navigation?.target.name === PROFILE && path !== navigation.storedAs;
    if (!navigation || isFacet) return true;
    const member = this.memberAt(String(owner), owner, undefined);
    if (!member) return false;
    const parts = member.parts.get(navigation) ?? new Map<string, ContainedChange>();
    member.parts.set(
      navigation,
      parts.set(`${path} ${key}`, { path, key, isRemoved: kind === 'deleted' }),
    );
    return true;
  }

  private takeLink({ owner, key, kind, names }: ChangeEvent): boolean {
    if (this.source.kind === 'contained') return true;
    const target = Number(key);
    for (const navigation of this.links) {
      if (navigation.contains || navigation.relation !== names[0]) continue;
      const [from, to] = navigation.inverse ? [target, owner] : [owner, target];
      const member = this.memberAt(String(from), from, undefined);
      if (!member) return false;
      const links = member.links.get(navigation) ?? new Map<number, boolean>();
      member.links.set(navigation, links.set(to, kind === 'linked'));
    }
    return true;
  }

  private memberAt(name: string, owner: number, key: string | undefined): MemberChange | undefined {
    const known = this.members.get(name);
    if (known) {
      known.key ??= key;
      return known;
    }
    if (this.members.size >= this.membersMax) return undefined;
    const member: MemberChange = {
      owner,
      key,
      isCreated: false,
      isWritten: false,
      names: new Set(),
      links: new Map(),
      parts: new Map(),
    };
    this.members.set(name, member);
    return member;
  }
}

function write(member: MemberChange, kind: ChangeEvent['kind'], names: readonly string[]): true {
  member.isWritten = true;
  if (kind === 'created') member.isCreated = true;
  for (const name of names) member.names.add(name);
  return true;
}
