import { Refusal } from '#errors.ts';
import { type EntityType, isKindOf, type Model } from '#model/model.ts';
import type {
  Expanded,
  NextOfExpanded,
  OneOrMany,
  ShownEntity,
  ShownReference,
} from '#plan/answer.ts';
import { holderOf } from '#plan/caller.ts';
import { type Document, type Value, writtenTypeOf } from '#plan/document.ts';
import { splitKeys } from '#plan/key-text.ts';
import type { MaybePromise } from '#plan/maybe-promise.ts';
import type { CollectionQuery, Expansion, FoundMember, FoundPage, Source } from '#plan/query.ts';
import type { Address } from '#plan/store.ts';
import { isReadAlone } from '../access/standpoint.ts';
import { maskMembers, viewOf } from '../access/view.ts';
import { derive, wayBehind } from '../derived/derive.ts';
import type { Entry } from '../derived/entries.ts';
import { notServed, type Place, showKey, wayTo } from '../place.ts';
import { rulesOf } from '../rules.ts';
import type { ShowContext } from '../type-rules.ts';
import { entriesQuery } from './entries-query.ts';
import { fillOuter } from './fill-outer.ts';
import { pageEntries } from './page-entries.ts';
import { actualType, type Shape, shownContent, shownMembers } from './show.ts';
import { loadEntry, placeOfEntry, wantedBy } from './show-entry.ts';
import { sourceOf } from './sources.ts';

/** For whom something is shown, and when. */
export type Viewer = Omit<ShowContext, 'place'> & {
  /** The entity of the resource path, where what it leads to is shown. */
  readonly outer?: Document;
};

/** A member of a collection as the store has found it. */
export interface Found {
  readonly member: FoundMember;
  readonly source: Source;
  /** Where the collection stands, if it is contained. */
  readonly within: string;
}

/** How deep `$levels=max` follows one navigation: a chain of managers is shorter. */
const LEVELS_MAX = 100;
/** Members of one expanded collection, at most. */
const EXPANDED_MAX = 10_000;

/** Where a member of a collection stands. */
export function memberPath(type: EntityType, { member, source, within }: Found): string {
  if (source.kind === 'union' && source.singletons.has(member.set)) return member.set;
  if (source.kind !== 'contained') return `${member.set}${showKey(type, member.key)}`;
  return `${within}${showKey(type, splitKeys(member.key).at(-1) ?? '')}`;
}

/** An entity whose navigations are shown inline. */
export interface Expandable {
  readonly place: Place;
  /** Where it stands. */
  readonly path: string;
  readonly actualType: EntityType;
  readonly members: Document;
}

/** The navigations of a selection, for an entity; `checkVisible` has let the caller ask for them. */
export function expand(
  shape: Shape,
  entity: Expandable,
  viewer: Viewer,
): MaybePromise<readonly Expanded[]> {
  const { expand } = shape.selection;
  if (expand.length === 0) return [];
  const around = { ...viewer, ...entity, outer: viewer.outer ?? entity.members };
  const expanded = expand.flatMap((each) =>
    followWay(each, around).map((within) => expandOne(shape, each, { ...around, within })),
  );
  return Promise.all(expanded);
}

/** A member of a collection as the caller sees it, with what is expanded. */
export async function showMember(shape: Shape, found: Found, viewer: Viewer): Promise<ShownEntity> {
  const { member, source } = found;
  const document = JSON.parse(member.text) as Document;
  const actual = actualType(shape.model, shape.type, document);
  const path = memberPath(actual, found);
  const place = placeOf(member, source, path);
  const all = rulesOf(actual.name).decorate
    ? await shownMembers(actual, member.text, { ...viewer, place })
    : document;
  const members = maskMembers(viewOf(shape.model, viewer.caller, actual, false), all);
  return showAt(shape, { place, path, actualType: actual, members }, viewer, member.version);
}

/** An entity as it is shown, with what is expanded. */
async function showAt(
  shape: Shape,
  entity: Expandable,
  viewer: Viewer,
  version: number,
): Promise<ShownEntity> {
  const { place, path, actualType, members } = entity;
  const at = { reader: viewer.reader, address: place.address };
  const { selection } = shape;
  const [content, expanded] = await Promise.all([
    shownContent({ model: shape.model, type: actualType, selection }, members, at),
    expand(shape, entity, viewer),
  ]);
  return { type: shape.type, actualType, version, path, ...content, expanded };
}

type Around = Viewer & Expandable & { readonly outer: Document };

async function expandOne(
  shape: Shape,
  expansion: Expansion,
  around: Around & { readonly within: readonly string[] },
): Promise<Expanded> {
  const { navigation, type, kind } = expansion;
  const { place, within } = around;
  const where = [around.path, ...within, navigation.name].join('/');
  if (navigation.derived) return expandDerived(shape, expansion, { ...around, within, where });
  const inside: Shape = { model: shape.model, type, selection: nextLevel(expansion) };
  if (!navigation.collection && navigation.contains) {
    const value = await expandPart(inside, expansion, { ...around, within, where });
    const shown = { navigation, within, count: undefined };
    if (kind === 'references') return { ...shown, kind, value: value && { path: value.path } };
    return { ...shown, kind: 'entities', value };
  }
  const source = sourceOf(navigation, { ...place.address, inside: within }, type);
  const page = await readMembers(expansion, { shape, source, where, around });
  const shown = { navigation, within, count: page.count, next: page.next };
  if (kind === 'count') return { ...shown, kind };
  if (kind === 'references') {
    const paths = page.members.map(
      (member): ShownReference => ({
        path: memberPath(type, { member, source, within: where }),
      }),
    );
    return { ...shown, kind, value: oneOrMany(navigation.collection, paths) };
  }
  const members = await Promise.all(
    page.members.map((member) => showMember(inside, { member, source, within: where }, around)),
  );
  return { ...shown, kind, value: oneOrMany(navigation.collection, members) };
}

/** What is worked out behind the navigation of an entity, without further pages. */
async function expandDerived(
  { model }: Shape,
  expansion: Expansion,
  around: Around & { readonly within: readonly string[]; readonly where: string },
): Promise<Expanded> {
  const { navigation, type, kind } = expansion;
  const { reader, caller, place, members, where, within } = around;
  const owner = { owner: place.address.owner, id: place.ownerId, members };
  const of = { navigation, way: wayTo(place), owner };
  const filled = fillOuter(expansion.query, around.outer);
  const query = kind === 'count' ? { ...filled, count: true, pageSize: 0 } : filled;
  const entries = await derive({ model, caller, reader, of, now: around.now });
  const page = await pageEntries(entries, entriesQuery({ type, query, of }, around));
  const shown = { navigation, within, count: page.count };
  if (kind === 'count') return { ...shown, kind };
  const paths = page.entries.map(({ id }) => (navigation.collection ? showKey(type, id) : ''));
  if (kind === 'references') {
    const value = paths.map((key): ShownReference => ({ path: `${where}${key}` }));
    return { ...shown, kind, value: oneOrMany(navigation.collection, value) };
  }
  const inside: Shape = { model, type, selection: nextLevel(expansion) };
  const value = await Promise.all(
    page.entries.map((entry, at) => {
      return showEntry(inside, { entry, way: wayBehind(of), path: `${where}${paths[at]}` }, around);
    }),
  );
  return { ...shown, kind, value: oneOrMany(navigation.collection, value) };
}

/** An entry, the way to it, and where it stands. */
export interface PlacedEntry {
  readonly entry: Entry;
  readonly way: string;
  readonly path: string;
}

/** A member of a collection that is worked out as the caller sees it, with what is expanded. */
export async function showEntry(
  shape: Shape,
  { entry, way, path }: PlacedEntry,
  viewer: Viewer,
): Promise<ShownEntity> {
  const place = placeOfEntry(entry, way, path);
  const context = { ...viewer, place, wanted: wantedBy(shape.selection) };
  const { members: all, version } = await loadEntry(shape.type, entry, context);
  const actual = actualType(shape.model, shape.type, all);
  const members = maskMembers(viewOf(shape.model, viewer.caller, actual, false), all);
  return showAt(shape, { place, path, actualType: actual, members }, viewer, version);
}

function oneOrMany<Shown>(isCollection: boolean, all: readonly Shown[]): OneOrMany<Shown> {
  return isCollection ? all : all[0];
}

/** A collection that is expanded, where it stands. */
interface ExpandedCollection {
  readonly shape: Shape;
  readonly source: Source;
  readonly where: string;
  readonly around: Around;
}

type ExpandedPage = Pick<FoundPage, 'members' | 'count'> & {
  readonly next?: NextOfExpanded | undefined;
};

/**
 * The members that are shown inline, and where the rest of them is (OData Protocol 4.01, section
 * 11.2.6.7). What cannot be asked for alone comes whole.
 */
async function readMembers(
  expansion: Expansion,
  { shape, source, where, around }: ExpandedCollection,
): Promise<ExpandedPage> {
  const { kind, navigation, type } = expansion;
  const isCount = kind === 'count';
  const filled = fillOuter(expansion.query, around.outer);
  const asked = isCount ? { ...filled, count: true, pageSize: 0 } : filled;
  const wanted = kind === 'entities' ? 'doc' : 'nothing';
  const query = optionsAlone(shape.model, expansion, around.place);
  if (!query) return readAll(around.reader, source, asked, wanted);
  const { members, count, next: mark } = await around.reader.query(source, asked, wanted);
  const cast = type === navigation.target ? [] : [type.name];
  const path = [where, ...cast, ...(kind === 'references' ? ['$ref'] : [])].join('/');
  const holder = holderOf(around.caller);
  return { members, count, next: mark && { path, query, holder, mark } };
}

/** The options with which the collection can be asked for alone; undefined where it cannot. */
function optionsAlone(
  model: Model,
  { navigation, levels, written, path = [] }: Expansion,
  place: Place,
): readonly string[] | undefined {
  // No URL leads to one value of a collection.
  const isElement = path.some((step) => step.kind === 'property' && step.property.collection);
  const isOne = levels === 1 && !isElement;
  const isPaged = navigation.collection && isOne && isReadAlone(model, place, navigation);
  return isPaged ? written : undefined;
}

/** Every member, where clients can be told of no further pages. */
async function readAll(
  reader: Viewer['reader'],
  source: Source,
  query: CollectionQuery,
  wanted: 'doc' | 'nothing',
): Promise<Pick<FoundPage, 'members' | 'count'>> {
  const first = await reader.query(source, query, wanted);
  const members = [...first.members];
  for (let after = first.next; after && query.pageSize > 0; ) {
    if (members.length >= EXPANDED_MAX) {
      const message = `At most ${EXPANDED_MAX} members are expanded. Ask for less by $top.`;
      throw new Refusal('badRequest', message, { target: '$expand' });
    }
    const page = await reader.query(source, { ...query, count: false, after }, wanted);
    members.push(...page.members);
    after = page.next;
  }
  return { members, count: first.count };
}

/** The one entity that another contains; undefined where nobody has made it. */
async function expandPart(
  shape: Shape,
  { navigation, type }: Expansion,
  around: Around & { readonly within: readonly string[]; readonly where: string },
): Promise<ShownEntity | undefined> {
  const { model, reader, caller, now, languages, outer, within, where } = around;
  const { address, ownerId } = around.place;
  const part = partAddress(address, within, navigation.storedAs);
  const record = await reader.read(part);
  const rules = rulesOf(type.name);
  if (!record && (rules.missing || !rules.initial)) return undefined;
  const place: Place = {
    address: part,
    ownerId,
    inside: [],
    shown: where,
    key: undefined,
    found: undefined,
  };
  const viewer = { model, reader, caller, now, languages, outer };
  const members = await shownMembers(type, record?.text, { ...viewer, place });
  const actual = actualType(shape.model, type, members);
  if (!isKindOf(actual, type)) return undefined;
  const entity = { place, path: where, actualType: actual, members };
  return showAt(shape, entity, viewer, record?.version ?? 0);
}

function partAddress(address: Address, within: readonly string[], storedAs: string): Address {
  const path = [...(address.path === '' ? [] : address.path.split('/')), ...within];
  for (const part of storedAs.split('/')) {
    if (part === '..') path.pop();
    else path.push(part);
  }
  return { ...address, path: path.join('/') };
}

/**
 * The complex properties before a navigation, and the places of values in collections; none where
 * the way leads nowhere, since a value is null or of another type.
 */
function followWay(
  { path = [] }: Expansion,
  { actualType: type, members }: Around,
): readonly (readonly string[])[] {
  let ways: { readonly names: readonly string[]; readonly value: Value }[] = [
    { names: [], value: members },
  ];
  for (const step of path) {
    if (step.kind === 'cast') {
      ways = ways.filter(({ names, value }) => {
        const isEntity = names.length === 0;
        if (isEntity) return isKindOf(type, step.type);
        return step.type.kinds.has(writtenTypeOf(value as Document));
      });
      continue;
    }
    if (step.kind !== 'property') throw notServed();
    const { name, collection } = step.property;
    ways = ways
      .flatMap(({ names, value }) => {
        const held = (value as Document)[name] ?? null;
        const way = [...names, name];
        if (!collection) return [{ names: way, value: held }];
        const all = (held ?? []) as readonly Value[];
        return all.map((each, index) => ({ names: [...way, String(index)], value: each }));
      })
      .filter(({ value }) => value !== null);
  }
  return ways.map(({ names }) => names);
}

/** What is shown one level down: the same navigation again, until `$levels` is used up. */
function nextLevel(expansion: Expansion): Shape['selection'] {
  const { selection } = expansion;
  const left = (expansion.levels === 'max' ? LEVELS_MAX : expansion.levels) - 1;
  if (left < 1) return selection;
  return { ...selection, expand: [...selection.expand, { ...expansion, levels: left }] };
}

function placeOf(member: FoundMember, source: Source, path: string): Place {
  const { set, owner, key, version, text } = member;
  if (source.kind === 'contained') {
    const address: Address = { set: source.set, owner: source.owner, path: source.path, key };
    const ownerId = /^[^(]*\('((?:[^']|'')*)'\)/.exec(path)?.[1]?.replaceAll("''", "'") ?? '';
    const last = splitKeys(key).at(-1);
    return { address, ownerId, inside: [], shown: path, key: last, found: undefined };
  }
  const address: Address = { set, owner, path: '', key: '' };
  const found = { owner, id: key, version, text };
  return { address, ownerId: key, inside: [], shown: path, key: undefined, found };
}
