import { Refusal } from '#errors.ts';
import { isGuid } from '#ids.ts';
import type { ListAnswer, ReferencesAnswer, ShownEntity } from '#plan/answer.ts';
import type { Caller } from '#plan/caller.ts';
import type { Document, Value } from '#plan/document.ts';
import { nothingAsked } from '#plan/query.ts';
import type { ListPlan, ReadPlan } from '#plan/request.ts';
import { answerQuery } from './decorated-profile/search-results.ts';
import { listConnectionsNamed } from './derived/connections.ts';
import { type Derived, derive, wayBehind } from './derived/derive.ts';
import { type Entries, entriesOfDocuments, entriesOfKept, keptProfile } from './derived/entries.ts';
import { showKey } from './place.ts';
import { showEntry } from './reading/expand.ts';
import { findStanding, listEntries, referToEntries } from './reading/list-derived.ts';
import type { ReadParts } from './reading/read.ts';

/** The values of a function's parameters by name. */
export type Arguments = ReadonlyMap<string, Value>;

/** The ids that one call may ask for. */
const IDS_MAX = 1_000;

/** On which collection a function is called, and for whom. */
interface Calling {
  readonly plan: Pick<ListPlan, 'model' | 'target'>;
  readonly of: Derived['of'];
  readonly by: Pick<Derived, 'caller' | 'reader' | 'now'>;
}

type Find = (calling: Calling, given: Arguments) => Promise<Entries>;

/** The functions that give a collection, by their names. */
const finders: Readonly<Record<string, Find>> = {
  async viewees(calling, given) {
    const asked = await findPeople(calling, given.get('viewees'));
    const found = asked.flatMap(({ person }) => (person ? [[person.id, person] as const] : []));
    return entriesOfKept([...new Map(found).values()].map(keptProfile));
  },
  viewer({ plan, by }, given) {
    const { type } = plan.target;
    return listConnectionsNamed({ ...by, type }, given.get('name') ?? null);
  },
  async batchQuery({ plan, by }, given) {
    const search = { model: plan.model, ...by };
    const results: Document[] = [];
    for (const query of given.get('queries') as Document[]) {
      results.push(await answerQuery(search, query));
    }
    return entriesOfDocuments(results);
  },
};

/** What is called to find profiles, connections or search results. */
export interface Called {
  readonly name: string;
  readonly given: Arguments;
}

/** One page of what a function finds among profiles, connections or search results. */
export async function listFound(
  plan: ListPlan,
  called: Called,
  caller: Caller,
  parts: ReadParts,
): Promise<ListAnswer> {
  const { found, by } = await find(plan, called, caller, parts);
  return listEntries(plan, found, by);
}

/** The references to the members of such a page. */
export async function referToFound(
  plan: ListPlan,
  called: Called,
  caller: Caller,
  parts: ReadParts,
): Promise<ReferencesAnswer> {
  const { found, by } = await find(plan, called, caller, parts);
  return referToEntries(plan, found, by);
}

async function find(plan: ListPlan, { name, given }: Called, caller: Caller, parts: ReadParts) {
  const { of, shown, by } = await findStanding(plan, caller, parts);
  const entries = await finders[name]!({ plan, of, by }, given);
  return { found: { entries, of, shown }, by };
}

/** The profile with an id as it was asked for; undefined where nobody has the id. */
export interface AskedProfile {
  readonly key: string;
  readonly profile: ShownEntity | undefined;
}

/** The profiles with these ids, each once. */
export async function readProfiles(
  plan: ReadPlan,
  ids: Value | undefined,
  caller: Caller,
  parts: ReadParts,
): Promise<readonly AskedProfile[]> {
  const { model, target, selection, languages } = plan;
  const { type } = target;
  const asking = { ...plan, query: { ...nothingAsked, pageSize: IDS_MAX } };
  const { of, shown, by } = await findStanding(asking, caller, parts);
  const viewer = { ...by, model, languages };
  const shape = { model, type, selection };
  const asked = await findPeople({ plan, of, by }, ids);
  return Promise.all(
    asked.map(async ({ key, person }) => {
      if (!person) return { key, profile: undefined };
      const { id } = person;
      const entry = { id, mark: 0, held: { kept: keptProfile(person) } };
      const placed = { entry, way: wayBehind(of), path: `${shown}${showKey(type, id)}` };
      return { key, profile: await showEntry(shape, placed, viewer) };
    }),
  );
}

/**
 * Whom ids mean, each as it is written once, perhaps behind the prefix of the type's keys: of
 * everybody, or of those in the collection on which the function is called.
 */
async function findPeople(calling: Calling, ids: Value | undefined) {
  const { keyPrefix = '' } = calling.plan.target.type;
  const keys = [...new Set(ids as string[])];
  if (keys.length > IDS_MAX) {
    throw new Refusal('badRequest', `At most ${IDS_MAX} ids can be asked for at once.`);
  }
  const members = await membersOf(calling);
  return Promise.all(
    keys.map(async (key) => {
      const id = key.startsWith(keyPrefix) ? key.slice(keyPrefix.length) : key;
      const found = isGuid(id)
        ? await calling.by.reader.find('users', 'id', id.toLowerCase(), 'nothing')
        : undefined;
      const isMember = found && (!members || members.has(found.id));
      return { key, person: isMember ? { owner: found.owner, id: found.id } : undefined };
    }),
  );
}

/** The ids of those in a collection behind an entity; undefined where it is the set of all. */
async function membersOf({ plan, of, by }: Calling): Promise<ReadonlySet<string> | undefined> {
  if ('resource' in of) return undefined;
  const entries = await derive({ model: plan.model, ...by, of });
  const all = await entries.read({ after: undefined, skip: 0 }, Number.MAX_SAFE_INTEGER);
  return new Set(all.map(({ id }) => id));
}
