import type { Expanded, ShownEntity } from '#plan/answer.ts';
import type { Document } from '#plan/document.ts';
import type { Expansion, FoundMember, Source } from '#plan/query.ts';
import type { Address } from '#plan/store.ts';
import { notServed, type Place, quoteKey } from './place.ts';
import { rulesOf } from './rules.ts';
import { actualType, membersContent, type Shape, shownMembers, textContent } from './show.ts';
import { sourceOf } from './sources.ts';
import type { RuleContext } from './type-rules.ts';

/** For whom something is shown, and when. */
export type Viewer = Omit<RuleContext, 'place'>;

/** A member of a collection as the store has found it. */
export interface Found {
  readonly member: FoundMember;
  readonly source: Source;
  /** Whether its text is the whole answer. */
  readonly isWhole: boolean;
}

/** How deep `$levels=max` follows one navigation: a chain of managers is shorter. */
const LEVELS_MAX = 100;

/** A member of a collection as the caller sees it, with what is expanded. */
export function showMember(
  shape: Shape,
  found: Found,
  viewer: Viewer,
): ShownEntity | Promise<ShownEntity> {
  const { member, isWhole } = found;
  const { type } = shape;
  if (!isWhole) return showDocument(shape, found, viewer);
  const content = textContent(member.text);
  return { type, actualType: type, version: member.version, content, expanded: [] };
}

/** The navigations of a selection, for the entity at an address. */
export async function expand(
  shape: Shape,
  address: Address,
  viewer: Viewer,
): Promise<readonly Expanded[]> {
  return Promise.all(
    shape.selection.expand.map((each) => expandOne(shape, each, { address, viewer })),
  );
}

async function showDocument(
  shape: Shape,
  { member, source }: Pick<Found, 'member' | 'source'>,
  viewer: Viewer,
): Promise<ShownEntity> {
  const document = JSON.parse(member.text) as Document;
  const actual = actualType(shape.model, shape.type, document);
  const place = placeOf(member, source);
  const members = rulesOf(actual.name).decorate
    ? await shownMembers(actual, member.text, { ...viewer, place })
    : document;
  return {
    type: shape.type,
    actualType: actual,
    version: member.version,
    content: membersContent({ type: actual, selection: shape.selection }, members),
    expanded: await expand(shape, place.address, viewer),
  };
}

async function expandOne(
  shape: Shape,
  expansion: Expansion,
  { address, viewer }: { address: Address; viewer: Viewer },
): Promise<Expanded> {
  const { navigation, type, kind, query } = expansion;
  if (kind !== 'entities') throw notServed();
  if (!navigation.collection && navigation.contains) throw notServed();
  const { reader } = viewer;
  const source = sourceOf(navigation, address, type);
  const inside: Shape = { model: shape.model, type, selection: nextLevel(expansion) };
  const page = await reader.query(source, query, 'doc');
  const members = await Promise.all(
    page.members.map((member) => showDocument(inside, { member, source }, viewer)),
  );
  const value = navigation.collection ? members : members[0];
  return { navigation, value, count: page.count };
}

/** What is shown one level down: the same navigation again, until `$levels` is used up. */
function nextLevel(expansion: Expansion): Shape['selection'] {
  const { selection } = expansion;
  const left = (expansion.levels === 'max' ? LEVELS_MAX : expansion.levels) - 1;
  if (left < 1) return selection;
  return { ...selection, expand: [...selection.expand, { ...expansion, levels: left }] };
}

function placeOf({ set, owner, key, version, text }: FoundMember, source: Source): Place {
  if (source.kind === 'contained') {
    const address: Address = { set: source.set, owner: source.owner, path: source.path, key };
    return { address, ownerId: '', shown: '', key: undefined, found: undefined };
  }
  const address: Address = { set, owner, path: '', key: '' };
  const found = { owner, id: key, version, text };
  return { address, ownerId: key, shown: `${set}(${quoteKey(key)})`, key: undefined, found };
}
