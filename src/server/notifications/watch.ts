import { splitKeys } from '#plan/key-text.ts';
import type { ChangeEvent } from '#plan/store.ts';

/** What a subscription looks at, as it is kept. */
export interface Watch {
  readonly set: string;
  /** Qualified name of what changes are of. */
  readonly type: string;
  /** One root entity; all of the set without it. */
  readonly owner?: number;
  /** What the root entity contains, and the keys that lead to it. */
  readonly path?: string;
  readonly keys?: readonly string[];
  /** Links of the root entity. */
  readonly relation?: string;
  /** What root entities contain: only changes of these parts are told. */
  readonly parts?: readonly WatchedPart[];
}

/** A part of root entities. */
export interface WatchedPart {
  readonly path: string;
  readonly type: string;
}

/** What an event means to a watch. */
export interface Seen {
  readonly kind: 'created' | 'updated' | 'deleted';
  readonly owner: number;
  /** The key of a root entity where the event says it; of a contained one its last key. */
  readonly key: string | undefined;
  readonly part?: WatchedPart;
  /** A link that has come or gone, by the surrogate of its end. */
  readonly member?: { readonly owner: number; readonly isRemoved: boolean };
}

/** The relation whose changes are changes of a group. */
const MEMBERS = 'members';

/** What an event means to a watch; undefined where nothing. */
export function see(watch: Watch, event: ChangeEvent): Seen | undefined {
  if (event.kind === 'linked' || event.kind === 'unlinked') return seeLink(watch, event);
  if (event.kind === 'forgotten' || event.set !== watch.set) return undefined;
  if (watch.owner !== undefined && watch.owner !== event.owner) return undefined;
  if (watch.path !== undefined) return seeContained(watch, event, event.kind);
  const { kind, owner, path, key } = event;
  if (path === '') {
    if (watch.relation || watch.parts) return undefined;
    return { kind, owner, key: key === '' ? undefined : key };
  }
  const part = watch.parts?.find((each) => isAtOrBelow(path, each.path));
  return part && { kind: 'updated', owner, key: undefined, part };
}

function seeLink(watch: Watch, { owner, key, kind, names }: ChangeEvent): Seen | undefined {
  const isGroup = watch.set === 'groups' && !watch.parts;
  const relation = watch.relation ?? (isGroup ? MEMBERS : undefined);
  if (watch.path !== undefined || relation === undefined || names[0] !== relation) return undefined;
  if (watch.owner !== undefined && watch.owner !== owner) return undefined;
  const member = { owner: Number(key), isRemoved: kind === 'unlinked' };
  return { kind: 'updated', owner, key: undefined, member };
}

function seeContained(
  { path = '', keys = [] }: Watch,
  event: ChangeEvent,
  kind: Seen['kind'],
): Seen | undefined {
  const { owner } = event;
  const written = splitKeys(event.key);
  if (keys.some((each, index) => written[index] !== each)) return undefined;
  if (event.path === path) return { kind, owner, key: written.at(-1) ?? '' };
  // What lies deeper is a change of the one thing that is watched.
  const isDeeper = isAtOrBelow(event.path, path) && written.length === keys.length;
  return isDeeper ? { kind: 'updated', owner, key: '' } : undefined;
}

function isAtOrBelow(path: string, above: string): boolean {
  return path === above || path.startsWith(`${above}/`);
}
