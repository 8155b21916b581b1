import { splitKeys } from '#plan/key-text.ts';
import type { ChangeEvent, Reader } from '#plan/store.ts';
import type { Told } from './encode-notifications.ts';
import type { Seen, Watch } from './watch.ts';

/** Where entities lie that are deleted and may be restored. */
const DELETED = 'deletedItems';

/** The ids of root entities, as far as they are known. */
export class RootIds {
  private readonly reader: Reader;
  private readonly sets: ReadonlySet<string>;
  private readonly known = new Map<string, string>();
  private readonly gone = new Map<number, string>();

  constructor(reader: Reader, sets: ReadonlySet<string>) {
    this.reader = reader;
    this.sets = sets;
  }

  /** Remembers what events say of ids that cannot be read any more. */
  learn(events: readonly ChangeEvent[]): void {
    for (const { kind, path, owner, key } of events) {
      if (kind === 'deleted' && path === '') this.gone.set(owner, key);
    }
  }

  /** The id of a root entity of a set; undefined where there is none. */
  async find(set: string, owner: number): Promise<string | undefined> {
    const name = `${set} ${owner}`;
    if (!this.known.has(name)) {
      const [found] = await this.reader.findMany(set, [owner], 'nothing');
      if (found) this.known.set(name, found.id);
    }
    return this.known.get(name) ?? this.gone.get(owner);
  }

  /** Whether an entity is deleted in such a way that it may be restored. */
  async mayBeRestored(id: string): Promise<boolean> {
    if (!this.sets.has(DELETED)) return false;
    return (await this.reader.find(DELETED, 'id', id, 'nothing')) !== undefined;
  }
}

/**
 * What is told of what a watch has seen; undefined where the subscription is for no such change.
 * Graph tells of a new person or group as of an updated one, and so of one that is deleted and may
 * be restored, to those who did not ask for that itself.
 */
export async function tell(
  watch: Watch,
  seen: Seen,
  types: ReadonlySet<string>,
  ids: RootIds,
): Promise<Told | undefined> {
  const { set, path } = watch;
  const id = (path === undefined && seen.key) || (await ids.find(set, seen.owner));
  if (id === undefined) return undefined;
  const isRoot = path === undefined && !seen.part;
  const isSoft = isRoot && seen.kind === 'deleted' && (await ids.mayBeRestored(id));
  const changeType = typeFor(seen.kind, types, isSoft);
  if (!changeType) return undefined;
  const told = { changeType, type: watch.type, path: [set, id], id };
  if (seen.part) {
    const { part } = seen;
    return { ...told, type: part.type, path: [set, id, part.path] };
  }
  if (path !== undefined) {
    const keys = [...(watch.keys ?? []), ...(seen.key ? splitKeys(seen.key) : [])];
    const way = path.split('/').flatMap((step, index) => [step, ...keys.slice(index, index + 1)]);
    return { ...told, path: [set, id, ...way], id: seen.key || id };
  }
  if (!seen.member) return told;
  const { owner, isRemoved } = seen.member;
  const key = (await ids.find('users', owner)) ?? (await ids.find('groups', owner));
  return key === undefined ? told : { ...told, members: [{ key, isRemoved }] };
}

function typeFor(
  kind: Seen['kind'],
  types: ReadonlySet<string>,
  isSoft: boolean,
): Told['changeType'] | undefined {
  if (isSoft && types.has('updated')) return 'updated';
  if (types.has(kind)) return kind;
  return kind === 'created' && types.has('updated') ? 'updated' : undefined;
}
