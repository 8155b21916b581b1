import { Refusal } from '#errors.ts';
import { isGuid } from '#ids.ts';
import type { EntityType } from '#model/model.ts';
import type { ListAnswer, ShownEntity } from '#plan/answer.ts';
import type { Caller } from '#plan/caller.ts';
import type { Document, Value } from '#plan/document.ts';
import type { SearchExpression } from '#plan/expression.ts';
import { nothingAsked } from '#plan/query.ts';
import type { ListPlan, ReadPlan } from '#plan/request.ts';
import type { Reader } from '#plan/store.ts';
import { answerQuery } from './decorated-profile/search-results.ts';
import { listConnectionsNamed } from './derived/connections.ts';
import type { Owner } from './derived/derivation.ts';
import { type Entries, entriesOfDocuments, entriesOfKept, keptProfile } from './derived/entries.ts';
import { showEntry } from './reading/expand.ts';
import { checkAsked, listEntries } from './reading/list-derived.ts';
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
    const people = [...new Map(found).values()];
    const { search } = plan.query;
    const chosen = search ? await findAmong({ plan, reader }, people, search) : people;
    return entriesOfKept(chosen.map(keptProfile));
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

/** Those of some people whom a search by names finds, in the order in which they were named. */
async function findAmong(
  { plan, reader }: { readonly plan: ListPlan; readonly reader: Reader },
  people: readonly Owner[],
  search: SearchExpression,
): Promise<readonly Owner[]> {
  const { type } = plan.model.resources.get('users')!;
  const owners = JSON.stringify(people.map(({ owner }) => owner));
  const among: SearchExpression = { kind: 'and', operands: [{ kind: 'among', owners }, search] };
  const query = { ...nothingAsked, search: among, pageSize: people.length };
  const page = await reader.query({ kind: 'set', set: 'users', type }, query, 'nothing');
  const found = new Set(page.members.map(({ owner }) => owner));
  return people.filter(({ owner }) => found.has(owner));
}

/** One page of what a function finds among profiles, connections or search results. */
export async function listFound(
  plan: ListPlan,
  called: { readonly name: string; readonly given: Arguments },
  caller: Caller,
  parts: ReadParts,
): Promise<ListAnswer> {
  const { resource } = plan.target;
  checkAsked(plan, caller);
  if (plan.query.search && called.name !== 'viewees') {
    const message = `What '${called.name}' finds is not searched again.`;
    throw new Refusal('badRequest', message, { target: '$search' });
  }
  const reader = parts.store.reader(caller.tenant);
  const entries = await finders[called.name]!({ plan, caller, reader }, called.given);
  const found = { entries, of: { resource }, shown: resource.shown };
  return listEntries(plan, found, { caller, reader, now: parts.clock.now() });
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
