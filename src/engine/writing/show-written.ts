import type { EntityType, Model } from '#model/model.ts';
import type { Answer, Expanded, ShownEntity } from '#plan/answer.ts';
import type { Caller } from '#plan/caller.ts';
import type { Expansion, Selection } from '#plan/query.ts';
import { checkVisible } from '../access/check-visible.ts';
import { standAt } from '../access/standpoint.ts';
import { isCallers, maskMembers, viewOf } from '../access/view.ts';
import { expand, type Viewer } from '../reading/expand.ts';
import { oneMember } from '../reading/find-by-key.ts';
import { contextOf, declaredType, shownContent } from '../reading/show.ts';
import type { Held } from './draft.ts';

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
  const expanded = await showNested(held, type, showing);
  const others = showing.selection.expand.filter(
    ({ navigation }) => !held.nested.has(navigation.name),
  );
  if (others.length > 0) {
    const shape = { ...showing, selection: { ...showing.selection, expand: others } };
    const entity = { place, path, actualType: held.type, members: held.members };
    expanded.push(...(await expand(shape, entity, viewer)));
  }
  const content = await contentOf(held, showing.selection, showing);
  const declared = declaredType(showing.model, place, type);
  const context = contextOf(place, selection, { type: declared, actualType: held.type });
  return { type, actualType: held.type, version, path, ...content, context, expanded };
}

/**
 * Refuses to show of what is about to be written what the caller may not read, as long as nothing
 * is written.
 */
export function checkShown(held: Held, showing: Omit<Showing, 'viewer'>, caller: Caller): void {
  const { model, type, selection } = showing;
  checkVisible({ model, caller }, { selection }, standAt(model, caller, held, type));
}

function contentOf(
  { type, members, address, ownerId }: Held,
  selection: Selection,
  { model, viewer }: Pick<Showing, 'model' | 'viewer'>,
) {
  const { caller, reader } = viewer;
  const view = viewOf(model, caller, type, isCallers(caller, address.set, ownerId));
  const shape = { model, type, selection };
  return shownContent(shape, maskMembers(view, members), { reader, address });
}

async function showHeld(held: Held, type: EntityType, showing: Showing): Promise<ShownEntity> {
  const { version, path } = held;
  const [content, expanded] = await Promise.all([
    contentOf(held, everything, showing),
    showNested(held, held.type, showing),
  ]);
  return { type, actualType: held.type, version, path, ...content, expanded };
}

async function showNested(
  held: Held,
  { navigation }: EntityType,
  showing: Showing,
): Promise<Expanded[]> {
  const all: Expanded[] = [];
  for (const [name, members] of held.nested) {
    const followed = navigation.get(name);
    if (!followed) continue;
    const { target, collection } = followed;
    const shown = await Promise.all(members.map((each) => showHeld(each, target, showing)));
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
