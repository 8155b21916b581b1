import { type EntityType, findType, type Model } from '#model/model.ts';
import type { AnswerMembers, AnswerText, ShownEntity } from '#plan/answer.ts';
import type { StreamNote } from '#plan/blobs.ts';
import { formatContext } from '#plan/context-url.ts';
import { type Document, TYPE } from '#plan/document.ts';
import { type MaybePromise, proceed } from '#plan/maybe-promise.ts';
import type { Selection } from '#plan/query.ts';
import type { Address, Reader, Wanted } from '#plan/store.ts';
import type { View } from '../access/view.ts';
import { NothingThere, notFound, type Place, showKey } from '../place.ts';
import { rulesOf } from '../rules.ts';
import type { ShowContext } from '../type-rules.ts';
import { chooseMembers } from './choose-members.ts';

/** What the shape of an answer depends on. */
export interface Shape {
  readonly model: Model;
  readonly type: EntityType;
  readonly selection: Selection;
}

/**
 * Which stored text is the whole answer, if any is: nothing chosen, computed or left out, and all
 * of it seen by the caller. At
 * `/localtest` that is the document, which names its types; at `/v1.0` the default view.
 */
export function wholeText({ model, type, selection }: Shape, view: View): Wanted | undefined {
  const { properties, expand, compute } = selection;
  const isChosen = properties !== undefined || expand.length > 0 || compute.length > 0;
  if (isChosen || rulesOf(type.name).decorate || !isStoredAsShown.has(type.name)) return undefined;
  if (model.scope === 'localtest') return view.isWhole ? 'doc' : undefined;
  return model.scope === 'v1.0' && type.defaultSet && view.hasDefaults ? 'view' : undefined;
}

/** Types whose stored document has no members but those that `/localtest` shows. */
const isStoredAsShown: ReadonlySet<string> = new Set(['microsoft.graph.user']);

/** The members of one entity for this caller, from its stored text or from what it is unwritten. */
export function shownMembers(
  type: EntityType,
  text: string | undefined,
  context: ShowContext,
): MaybePromise<Document> {
  const rules = rulesOf(type.name);
  const { place } = context;
  if (text === undefined && rules.missing) throw rules.missing();
  const known = text === undefined ? rules.initial?.(context) : (JSON.parse(text) as Document);
  return proceed(known, (stored) => {
    if (!stored && place.key === undefined && !place.found) throw new NothingThere(place.shown);
    if (!stored) throw notFound(place.key ?? place.ownerId);
    const members = rules.resolve?.(stored, context) ?? stored;
    return rules.decorate?.(members, context) ?? members;
  });
}

/** The type that a stored document names, as the root knows it; else the declared one. */
export function actualType(model: Model, declared: EntityType, members: Document): EntityType {
  const named = findType(model, String(members[TYPE]));
  return named?.kind === 'entity' ? named : declared;
}

/** What of an entity is shown beside what it leads to. */
export type ShownContent = Pick<ShownEntity, 'links'> & {
  readonly content: AnswerMembers;
  readonly media?: ReadonlyMap<string, StreamNote>;
};

/** The chosen members of an entity, and what is said of its links and media. */
export function shownContent(
  { model, type, selection }: Shape,
  members: Document,
  { reader, address }: { readonly reader: Reader; readonly address: Address },
): MaybePromise<ShownContent> {
  const links = selection.properties && selection.links;
  // What an entity of Kith's own leads to is shown as each caller sees it, not as it is kept.
  const kept = model.isForeign && address.set !== '' ? address : undefined;
  return proceed(chooseMembers(type, selection, members, { reader, kept }), (content) => {
    if (!hasMedia(type)) return { content, links };
    const own = ownStream(type, members);
    if (own) return { content, links, media: own };
    return readMedia(type, address, reader).then((media) => ({ content, links, media }));
  });
}

/** What is said of the stream of an entity whose type has a rule for it; undefined without one. */
export function ownStream(
  type: EntityType,
  members: Document,
): ReadonlyMap<string, StreamNote> | undefined {
  const { streams } = rulesOf(type.name);
  const own = streams?.(members);
  return streams && new Map(own ? [['', own]] : []);
}

/** The content of an answer that is stored as it is sent. */
export function textContent(text: string): AnswerText {
  return { kind: 'text', text };
}

/** Where an entity stands: what is named last of a contained collection has a key of its own. */
export function pathOf({ shown, address, key }: Place, type: EntityType): string {
  const path = withoutCast(shown);
  return key === undefined || address.path === '' || path.endsWith(')')
    ? path
    : `${path}${showKey(type, key)}`;
}

/** A cast at the end of a path: a qualified name, behind no key. */
const CAST = /\/[\p{L}_][\p{L}\p{Nd}_.]*\.[\p{L}\p{Nd}_]+$/u;

function withoutCast(shown: string): string {
  return shown.includes('/') ? shown.replace(CAST, '') : shown;
}

const QUOTED = /'(?:[^']|'')*'/g;
/** One entity of a set, or a singleton: `decoratedProfiles('x')`. */
const SET_AND_KEY = /^\w+(?:\('(?:[^']|'')*'\))?$/;

/**
 * The fragment of the context URL (OData JSON 4.01, section 10): the set for a root entity, the
 * whole way for what it contains, and what is selected; behind a set the type of an entity that is
 * of a derived one.
 */
export function contextOf(place: Place, selection: Selection, shown?: ShownTypes): string {
  const { found, address } = place;
  const path = withoutCast(place.shown);
  const cast = shown && shown.actualType !== shown.type ? shown.actualType : undefined;
  const isRoot = (found && address.path === '') || SET_AND_KEY.test(path);
  if (!isRoot || path.replaceAll(QUOTED, '').includes('/')) {
    return formatContext({ kind: 'entity', path, cast, selection });
  }
  const key = path.indexOf('(');
  if (key < 0) return formatContext({ kind: 'singleton', path, cast, selection });
  return formatContext({ kind: 'entity', path: path.slice(0, key), cast, selection });
}

/** The type that is declared where an entity stands, and the one that it is. */
export interface ShownTypes {
  readonly type: EntityType;
  readonly actualType: EntityType;
}

/** The type of the entities in the set where a root entity is kept; else the target's own. */
export function declaredType(
  { resources }: Model,
  { shown, found }: Place,
  type: EntityType,
): EntityType {
  const name = withoutCast(shown).split('(', 1)[0]!;
  return (found && resources.get(name)?.type) ?? type;
}

const withMedia = new WeakMap<EntityType, boolean>();

function hasMedia(type: EntityType): boolean {
  const known = withMedia.get(type);
  if (known !== undefined) return known;
  const has = type.hasStream || streamNames(type).length > 0;
  withMedia.set(type, has);
  return has;
}

function streamNames({ properties }: EntityType): string[] {
  return [...properties.values()]
    .filter(({ type }) => type.name === 'Edm.Stream')
    .map(({ name }) => name);
}

async function readMedia(
  type: EntityType,
  address: Address,
  reader: Reader,
): Promise<ReadonlyMap<string, StreamNote>> {
  const names = type.hasStream ? ['', ...streamNames(type)] : streamNames(type);
  const found = new Map<string, StreamNote>();
  for (const name of names) {
    const media = await reader.media(address, name);
    if (media) found.set(name, media);
  }
  return found;
}
