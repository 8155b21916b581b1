import type { EntityType } from '#model/model.ts';
import type { Document, Value } from '#plan/document.ts';
import { type CollectionQuery, nothingAsked } from '#plan/query.ts';
import { type Derived, derive, wayBehind } from '../derived/derive.ts';
import { findEntries } from '../derived/find-entries.ts';
import { wayTo } from '../place.ts';
import type { ShowContext } from '../type-rules.ts';
import type { EntriesQuery } from './page-entries.ts';
import { loadEntry, placeOfEntry } from './show-entry.ts';

/** Entities behind a navigation that are looked at for one entity. */
const BEHIND_MAX = 10_000;

type Viewer = Omit<ShowContext, 'place'>;

/** A collection that is worked out, and what is asked of it. */
export interface DerivedQuery {
  readonly type: EntityType;
  readonly query: CollectionQuery;
  readonly of: Derived['of'];
}

/** The same as entries are asked. */
export function entriesQuery({ type, query, of }: DerivedQuery, viewer: Viewer): EntriesQuery {
  const { model, reader, caller, now, languages, once } = viewer;
  return {
    type,
    query,
    reader,
    find: (entries, search) => findEntries({ model, caller, reader, type }, entries, search),
    async load(entry, paths) {
      const place = placeOfEntry(entry, wayBehind(of), '');
      const wanted = new Set(paths.map((path) => path.split('/', 1)[0]!));
      const context = { model, place, reader, caller, now, languages, wanted, once };
      const { members } = await loadEntry(type, entry, context);
      const behind = [...wanted].flatMap((name) => type.navigation.get(name) ?? []);
      if (behind.length === 0) return members;
      const held: { [name: string]: Value | undefined } = { ...members };
      const owner = { owner: place.address.owner, id: place.ownerId, members };
      for (const navigation of behind.filter(({ derived }) => derived)) {
        const inside = { navigation, way: wayTo(place), owner };
        held[navigation.name] = await loadBehind(inside, paths, viewer);
      }
      return held as Document;
    },
  };
}

/** What is worked out behind a navigation of an entity, as far as these paths of it lead there. */
async function loadBehind(
  of: Extract<Derived['of'], { navigation: unknown }>,
  paths: readonly string[],
  viewer: Viewer,
): Promise<Value> {
  const { model, caller, reader, now } = viewer;
  const { name, target, collection } = of.navigation;
  const entries = await derive({ model, caller, reader, of, now });
  const all = await entries.read({ after: undefined, skip: 0 }, BEHIND_MAX);
  const { load } = entriesQuery(
    { type: target, query: { ...nothingAsked, pageSize: 0 }, of },
    viewer,
  );
  const start = `${name}/`;
  const rest = paths.flatMap((path) => (path.startsWith(start) ? path.slice(start.length) : []));
  const values: Document[] = [];
  for (const entry of all) values.push(await load(entry, rest));
  return collection ? values : (values[0] ?? null);
}
