import { connectionPair } from '#plan/connection-graph.ts';
import type { Document, Value } from '#plan/document.ts';
import { nothingAsked } from '#plan/query.ts';
import type { FoundEntity, Reader } from '#plan/store.ts';
import { tokenise } from '#plan/tokenise.ts';
import { needsUser } from '../access/grants.ts';
import { isCalled } from '../decorated-profile/search-people.ts';
import type { DerivationContext, Owner } from './derivation.ts';
import { type Entries, type Entry, entriesOfKept, type Kept, keptProfile } from './entries.ts';

/** One's connections with others whose names hold words that begin so; all of them without any. */
export async function listConnectionsNamed(context: Asking, name: Value): Promise<Entries> {
  const { caller, reader } = context;
  if (caller.user === undefined) throw needsUser();
  const words = tokenise(typeof name === 'string' ? name : '');
  const all = await listConnections(context);
  if (words.length === 0) return all;
  const viewer = await reader.find('users', 'id', caller.user, 'nothing');
  const found: Kept[] = [];
  for (let after = 0; viewer; ) {
    const owners = await reader.connections.neighbours(viewer.owner, after, CHUNK);
    if (owners.length === 0) break;
    after = owners.at(-1)!;
    for (const other of await reader.findMany('users', owners, 'doc')) {
      if (!(await isCalled(reader, other, words))) continue;
      const { id, held } = await entryOf(reader, viewer, other);
      if ('kept' in held) found.push({ ...held.kept, id });
    }
  }
  return entriesOfKept(found);
}

/** Who asks for connections. */
type Asking = Pick<DerivationContext, 'caller' | 'reader' | 'type'>;

/** The type by which the store knows connections; no root shows it. */
const KEPT_AS = 'kith.connection';
/** Neighbours that are looked at together. */
const CHUNK = 100;

/**
 * The caller's connections, in the order in which the other members came to the directory; an
 * application sees those of everybody.
 */
export async function listConnections(context: Asking): Promise<Entries> {
  const { caller, reader, type } = context;
  if (caller.user === undefined) return connectionsOfAll(reader, type);
  const viewer = await reader.find('users', 'id', caller.user, 'nothing');
  return viewer ? connectionsOf(reader, viewer) : { read: () => [], count: () => 0 };
}

function connectionsOf(reader: Reader, viewer: Owner): Entries {
  const neighbours = async (after: number, limit: number) => {
    const owners = await reader.connections.neighbours(viewer.owner, after, limit);
    return reader.findMany('users', owners, 'nothing');
  };
  return {
    async read({ after = 0, skip }, limit) {
      const entries: Entry[] = [];
      let last = after;
      for (let left = skip; entries.length < limit; ) {
        const others = await neighbours(last, CHUNK);
        if (others.length === 0) break;
        last = others.at(-1)!.owner;
        const wanted = others.slice(left).slice(0, limit - entries.length);
        left = Math.max(0, left - others.length);
        entries.push(...(await Promise.all(wanted.map((each) => entryOf(reader, viewer, each)))));
      }
      return entries;
    },
    count: () => reader.connections.count(viewer.owner),
  };
}

async function entryOf(reader: Reader, viewer: Owner, other: FoundEntity): Promise<Entry> {
  const pair = connectionPair(viewer.id, other.id);
  const found = await reader.find('connections', 'pair', pair, 'nothing');
  if (!found) throw new Error(`The connection '${pair}' has no entity.`);
  const { owner } = other;
  return { id: found.id, mark: owner, person: owner, held: { kept: keptConnection(found) } };
}

function connectionsOfAll(reader: Reader, type: DerivationContext['type']): Entries {
  const source = { kind: 'set', set: 'connections', type: { ...type, name: KEPT_AS } } as const;
  return {
    async read({ after, skip }, limit) {
      const mark = after === undefined ? undefined : { keys: [], last: after, shown: 0 };
      const query = { ...nothingAsked, pageSize: limit, skip, after: mark };
      const { members } = await reader.query(source, query, 'nothing');
      return members.map(({ owner, key: id }) => {
        return { id, mark: owner, held: { kept: keptConnection({ owner, id }) } };
      });
    },
    async count() {
      const query = { ...nothingAsked, pageSize: 0, count: true };
      return (await reader.query(source, query, 'nothing')).count ?? 0;
    },
  };
}

function keptConnection({ owner, id }: Owner): Kept {
  return { set: 'connections', owner, id, path: '' };
}

/**
 * The profile of the other member of the caller's connection. An application sees every
 * connection, and by it the second member. Of somebody else's connection nobody is there.
 */
export async function otherMember(
  context: Pick<DerivationContext, 'reader' | 'caller' | 'owner'>,
): Promise<readonly Kept[]> {
  const { reader, caller, owner } = context;
  const address = { set: 'connections', owner: owner!.owner, path: '', key: '' };
  const record = await reader.read(address);
  const { members } = JSON.parse(record?.text ?? '{}') as Document;
  const ids = (members ?? []) as string[];
  const isOutsider = caller.user !== undefined && !ids.includes(caller.user);
  if (isOutsider) return [];
  const other = caller.user === undefined ? ids[1] : ids.find((id) => id !== caller.user);
  const found =
    other === undefined ? undefined : await reader.find('users', 'id', other, 'nothing');
  return found ? [keptProfile({ owner: found.owner, id: found.id })] : [];
}
