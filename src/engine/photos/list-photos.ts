import type { ListAnswer, ShownEntity } from '#plan/answer.ts';
import type { Caller } from '#plan/caller.ts';
import { formatContext } from '#plan/context-url.ts';
import type { Document } from '#plan/document.ts';
import type { ListPlan } from '#plan/request.ts';
import type { NavigationStep, Target } from '#plan/target.ts';
import { checkAccess } from '../access/check-access.ts';
import { showKey } from '../place.ts';
import { chooseMembers } from '../reading/choose-members.ts';
import { locate } from '../reading/locate.ts';
import type { ReadParts } from '../reading/read.ts';
import { ownStream } from '../reading/show.ts';
import { missingPhoto, stateOf } from './missing-photo.ts';
import { parseSize, sizesOf } from './photo-sizes.ts';

/** More than the sizes that a photo may have: they are few, and read together. */
const ALL = 1000;

/** Whether a target is the sizes of a photo: members that are derived from it, and not stored. */
export function isPhotoSizes({ steps }: Target): boolean {
  const last = steps.findLast(({ kind }) => kind !== 'cast' && kind !== 'filter');
  if (last?.kind !== 'navigation') return false;
  const { contains, collection, storedAs, name, target } = last.navigation;
  const isPhoto = target.name === 'microsoft.graph.profilePhoto';
  return isPhoto && contains && collection && storedAs !== name;
}

/**
 * The sizes in which a photo is, as a collection that may be filtered and ordered; empty where
 * there is no photo.
 */
export async function listPhotos(
  { model, target, query, selection }: ListPlan,
  caller: Caller,
  { store }: ReadParts,
): Promise<ListAnswer> {
  const access = checkAccess(caller, 'GET', target, model);
  const reader = store.reader(caller.tenant);
  const steps = target.steps.map((step) => step);
  const at = steps.findLastIndex(({ kind }) => kind === 'navigation');
  const { navigation } = steps[at] as NavigationStep;
  const { type } = target;
  // One photo and its sizes are kept in one place: the collection is found as the photo is.
  const one = { ...navigation, collection: false };
  const photo: Target = {
    ...target,
    steps: [...steps.slice(0, at), { kind: 'navigation', navigation: one }],
  };
  const place = await locate({ target: photo, caller, access, reader, wanted: 'nothing' });
  const record = await reader.read(place.address);
  const sizes = record ? membersOf(JSON.parse(record.text) as Document) : [];
  const filters = steps.flatMap((step) => (step.kind === 'filter' ? [step.predicate] : []));
  const operands = [...filters, ...(query.filter ? [query.filter] : [])];
  const filter = operands.length > 1 ? ({ kind: 'and', operands } as const) : operands[0];
  const whole = { ...query, filter, after: undefined, pageSize: ALL };
  const page = await reader.evaluate({ type, values: sizes, query: whole, compute: [] });
  const first = query.after?.shown ?? 0;
  const end = first + query.pageSize;
  const members = await Promise.all(
    page.members.slice(first, end).map(async ({ place: index }): Promise<ShownEntity> => {
      const size = sizes[index]!;
      const content = await chooseMembers(type, selection, size, { reader });
      const media = ownStream(type, size);
      return {
        type,
        actualType: type,
        version: record!.version,
        path: `${place.shown}${showKey(type, String(size.id))}`,
        content,
        expanded: [],
        links: selection.properties && selection.links,
        ...(media ? { media } : {}),
      };
    }),
  );
  const context = formatContext({ kind: 'collection', path: place.shown, selection });
  const mark = { keys: [], last: end, shown: end };
  const next = end < page.members.length && query.pageSize > 0 ? mark : undefined;
  return { context, members, count: page.count, next };
}

function membersOf(photo: Document): Document[] {
  const state = stateOf(photo);
  if (state === 'gif1x1') return [];
  if (state) throw missingPhoto(state);
  return sizesOf(photo).map((id) => ({ ...photo, ...parseSize(id)!, id }));
}
