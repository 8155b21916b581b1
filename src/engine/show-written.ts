import type { EntityType, Model } from '#model/model.ts';
import type { Answer, Expanded, ShownEntity } from '#plan/answer.ts';
import type { Expansion, Selection } from '#plan/query.ts';
import type { Held } from './draft.ts';
import { expand, type Viewer } from './expand.ts';
import { oneMember } from './find-by-key.ts';
import { contextOf, declaredType, shownContent } from './show.ts';

/** What an entity that has been written is shown by. */
export interface Showing {
  readonly model: Model;
  /** The type that is declared where the request points. */
  readonly type: EntityType;
  readonly selection: Selection;
  readonly viewer: Viewer;
}

/**
 * An entity as it has been written, with what came nested in the body (OData Protocol 4.01, section
 * 11.4.2.2) and what the request wants expanded.
 */
export async function showWritten(held: Held, showing: Showing): Promise<Answer> {
  const { type, viewer } = showing;
  const selection = withNested(held, showing.selection);
  const { address, ownerId, shown, key, path, version } = held;
  const isRoot = address.path === '';
  const found = isRoot ? { owner: address.owner, id: key, version, text: '' } : undefined;
  const place = { address, ownerId, shown: isRoot ? path : shown, key, found };
  const expanded = await showNested(held, type, viewer);
  const others = showing.selection.expand.filter(
    ({ navigation }) => !held.nested.has(navigation.name),
  );
  if (others.length > 0) {
    const shape = { ...showing, selection: { ...showing.selection, expand: others } };
    const entity = { place, path, actualType: held.type, members: held.members };
    expanded.push(...(await expand(shape, entity, viewer)));
  }
  const content = await contentOf(held, showing.selection, viewer);
  const declared = declaredType(showing.model, place, type);
  const context = contextOf(place, selection, { type: declared, actualType: held.type });
  return { type, actualType: held.type, version, path, ...content, context, expanded };
}

function contentOf({ type, members, address }: Held, selection: Selection, viewer: Viewer) {
  return shownContent({ type, selection }, members, { reader: viewer.reader, address });
}

async function showHeld(held: Held, type: EntityType, viewer: Viewer): Promise<ShownEntity> {
  const { version, path } = held;
  const [content, expanded] = await Promise.all([
    contentOf(held, everything, viewer),
    showNested(held, held.type, viewer),
  ]);
  return { type, actualType: held.type, version, path, ...content, expanded };
}

async function showNested(
  held: Held,
  { navigation }: EntityType,
  viewer: Viewer,
): Promise<Expanded[]> {
  const all: Expanded[] = [];
  for (const [name, members] of held.nested) {
    const followed = navigation.get(name);
    if (!followed) continue;
    const { target, collection } = followed;
    const shown = await Promise.all(members.map((each) => showHeld(each, target, viewer)));
    const value = collection ? shown : shown[0];
    all.push({ kind: 'entities', navigation: followed, count: undefined, value });
  }
  return all;
}

const everything: Selection = { properties: undefined, expand: [], compute: [] };

/** The selection with what came nested, for the context URL. */
function withNested(held: Held, selection: Selection): Selection {
  const nested = [...held.nested].flatMap(([name, members]): Expansion[] => {
    const navigation = held.type.navigation.get(name);
    if (!navigation) return [];
    const inside = members[0] ? withNested(members[0], everything) : everything;
    const rest = { kind: 'entities', query: oneMember, levels: 1 } as const;
    return [{ navigation, type: navigation.target, selection: inside, ...rest }];
  });
  const others = selection.expand.filter(({ navigation }) => !held.nested.has(navigation.name));
  return { ...selection, expand: [...nested, ...others] };
}
