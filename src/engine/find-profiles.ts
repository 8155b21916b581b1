import { Refusal } from '#errors.ts';
import { isGuid } from '#ids.ts';
import type { EntityType } from '#model/model.ts';
import type { ListAnswer, ReferencesAnswer, ShownEntity } from '#plan/answer.ts';
import type { Caller } from '#plan/caller.ts';
import type { Document, Value } from '#plan/document.ts';
import { nothingAsked } from '#plan/query.ts';
import type { ListPlan, ReadPlan } from '#plan/request.ts';
import type { Reader } from '#plan/store.ts';
import { answerQuery } from './decorated-profile/search-results.ts';
import { listConnectionsNamed } from './derived/connections.ts';
import { type Entries, entriesOfDocuments, entriesOfKept, keptProfile } from './derived/entries.ts';
import { showEntry } from './reading/expand.ts';
import { checkAsked, listEntries, referToEntries } from './reading/list-derived.ts';
import type { ReadParts } from './reading/read.ts';

/** The values of a function's parameters by name. */
export type Arguments = ReadonlyMap<string, Value>;

/** The ids that one call may ask for. */
const IDS_MAX = 1_000;

type Find = (
  context: { readonly plan: ListPlan; readonly caller: Caller; readonly reader: Reader },
  given: Arguments,
) => Promise<Entries>;

/** The functions that give a collection, by their names. */
const finders: Readonly<Record<string, Find>> = {
  async viewees({ plan, reader }, given) {
    const asked = await findPeople(reader, plan.target.type, given.get('viewees'));
    const found = asked.flatMap(({ person }) => (person ? [[person.id, person] as const] : []));
    return entriesOfKept([...new Map(found).values()].map(keptProfile));
  },
  viewer({ plan, caller, reader }, given) {
    const { type } = plan.target;
    return listConnectionsNamed({ caller, reader, type }, given.get('name') ?? null);
  },
  async batchQuery({ plan, caller, reader }, given) {
    const search = { model: plan.model, caller, reader };
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
  const { resource } = plan.target;
  checkAsked(plan, caller);
  const reader = parts.store.reader(caller.tenant);
  const entries = await finders[name]!({ plan, caller, reader }, given);
  const found = { entries, of: { resource }, shown: resource.shown };
  return { found, by: { caller, reader, now: parts.clock.now() } };
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
  checkAsked({ ...plan, query: { ...nothingAsked, pageSize: IDS_MAX } }, caller);
  const reader = parts.store.reader(caller.tenant);
  const viewer = { model, caller, reader, languages, now: parts.clock.now() };
  const shape = { model, type: target.type, selection };
  const asked = await findPeople(reader, target.type, ids);
  return Promise.all(
    asked.map(async ({ key, person }) => {
      if (!person) return { key, profile: undefined };
      const entry = { id: person.id, mark: 0, held: { kept: keptProfile(person) } };
      const placed = {
        entry,
        way: target.resource.name,
        path: `${target.resource.shown}('${person.id}')`,
      };
      return { key, profile: await showEntry(shape, placed, viewer) };
    }),
  );
}

/** Whom ids mean, each as it is written once, perhaps behind the prefix of the type's keys. */
async function findPeople(reader: Reader, { keyPrefix = '' }: EntityType, ids: Value | undefined) {
  const keys = [...new Set(ids as string[])];
  if (keys.length > IDS_MAX) {
    throw new Refusal('badRequest', `At most ${IDS_MAX} ids can be asked for at once.`);
  }
  return Promise.all(
    keys.map(async (key) => {
      const id = key.startsWith(keyPrefix) ? key.slice(keyPrefix.length) : key;
      const found = isGuid(id)
        ? await reader.find('users', 'id', id.toLowerCase(), 'nothing')
        : undefined;
      return { key, person: found && { owner: found.owner, id: found.id } };
    }),
  );
}
