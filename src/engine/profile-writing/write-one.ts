import { Refusal } from '#errors.ts';
import type { Navigation } from '#model/model.ts';
import { FACETS_MAX } from '#model/profile/facet-limits.ts';
import type { Document } from '#plan/document.ts';
import { isDerivedId } from '#plan/facet-id.ts';
import { joinKeys } from '#plan/key-text.ts';
import { nothingAsked } from '#plan/query.ts';
import type { Conditions, CreatePlan, RemovePlan, UpdatePlan } from '#plan/request.ts';
import type { Writer } from '#plan/store.ts';
import { showKey } from '../place.ts';
import type { Facet } from '../profile/combine-facets.ts';
import { type FacetsAsked, readAllFacets } from '../profile/person-facets.ts';
import { contextOf, shownContent } from '../reading/show.ts';
import { checkConditions } from '../writing/check-conditions.ts';
import type { Written } from '../writing/create.ts';
import { checkProfileId } from './check-profile-id.ts';
import type { FacetDraft } from './facet-drafts.ts';
import type { FacetEdit } from './facet-edits.ts';
import { type OpenPerson, openPerson, type ProfileRequest } from './open-person.ts';
import { openFacets, writeFacets } from './write-facets.ts';

/** A facet that is addressed by its key. */
export interface OneFacet {
  readonly navigation: Navigation;
  readonly key: string;
}

/** Makes a facet of a person, and gives it. */
export async function createFacet(
  plan: CreatePlan,
  navigation: Navigation,
  request: ProfileRequest,
): Promise<Written> {
  const edit = { kind: 'create', navigation, change: plan.change, before: '' } as const;
  const { answer } = await editOne(plan, edit, request);
  return { answer, isNew: true };
}

/** Merges what a body says into a facet, and gives it. */
export async function updateFacet(
  plan: UpdatePlan,
  { navigation, key }: OneFacet,
  request: ProfileRequest,
): Promise<Written> {
  const { change } = plan;
  const id = change.members.get('id');
  if (id?.kind === 'value') checkProfileId(id.value, key);
  const edit = { kind: 'merge', navigation, key: joinKeys([key]), change, before: '' } as const;
  const { answer } = await editOne(plan, edit, request);
  return { answer, isNew: false };
}

/** Takes a facet away. */
export async function removeFacet(
  plan: RemovePlan,
  { navigation, key }: OneFacet,
  request: ProfileRequest,
): Promise<void> {
  const edit = { kind: 'remove', navigation, key: joinKeys([key]), before: '' } as const;
  await editInTransaction(plan, edit, request);
}

type Showing = Pick<CreatePlan, 'selection' | 'languages'> & Partial<Conditions>;

async function editOne(plan: Showing, edit: FacetEdit, request: ProfileRequest) {
  const edited = await editInTransaction(plan, edit, request);
  return { answer: await showFacet(plan, edited, request) };
}

interface Edited {
  readonly draft: FacetDraft;
  readonly navigation: Navigation;
  readonly person: OpenPerson;
}

function editInTransaction(
  conditions: Partial<Conditions>,
  edit: FacetEdit,
  request: ProfileRequest,
): Promise<Edited> {
  const { parts, caller } = request;
  return parts.store.transact(caller.tenant, async (tx) => {
    const person = await openPerson(tx, request);
    const { name } = edit.navigation;
    const isNew = edit.kind === 'create';
    if (isNew) await checkRoom(tx, person, edit.navigation);
    const { drafts } = await openFacets(tx, person, [name], isNew);
    const draft = drafts.edit(edit);
    const { ifMatch, ifNoneMatch } = conditions;
    checkConditions({ ifMatch, ifNoneMatch }, draft.before?.version, false);
    await writeFacets(tx, person, drafts);
    return { draft, navigation: edit.navigation, person };
  });
}

/** A facet as it has been written, whomever it reaches: its writer knows it. */
async function showFacet(
  { selection }: Showing,
  { draft, navigation, person }: Edited,
  { model, caller, parts }: ProfileRequest,
): Promise<Written['answer']> {
  const { key } = draft;
  const { name, target: type } = navigation;
  const { owner, id: ownerId } = person.user;
  const reader = parts.store.reader(caller.tenant);
  const { before, after } = draft;
  // What has a part in the user is as the two are together.
  const isWhole = after !== undefined && !before?.derived && !isDerivedId(key);
  const found = isWhole
    ? { members: after, version: (before?.version ?? 0) + 1 }
    : await findFacet({ reader, model, caller, owner, facets: [name] }, key);
  const members: Document = found?.members ?? after ?? {};
  const address = { set: 'users', owner, path: `profile/${name}`, key };
  const shown = `${person.shown}/profile/${name}`;
  const context = contextOf({ address, ownerId, shown, key, found: undefined }, selection);
  const path = `${shown}${showKey(type, String(members.id ?? key))}`;
  const content = await shownContent({ model, type, selection }, members, { reader, address });
  const version = found?.version ?? 0;
  return { type, actualType: type, version, path, context, expanded: [], ...content };
}

async function findFacet(asked: FacetsAsked, key: string): Promise<Facet | undefined> {
  const { facets } = await readAllFacets(asked);
  return [...facets.values()].flat().find((each) => each.key === key);
}

/** Refuses one facet more than a person may have of a kind. */
async function checkRoom(
  tx: Writer,
  { user: { owner } }: OpenPerson,
  { name, target }: FacetEdit['navigation'],
): Promise<void> {
  const place = {
    kind: 'contained',
    set: 'users',
    owner,
    path: `profile/${name}`,
    keys: [],
  } as const;
  const query = { ...nothingAsked, count: true, pageSize: 0 };
  const { count = 0 } = await tx.query({ ...place, type: target }, query, 'nothing');
  if (count < FACETS_MAX) return;
  const message = `A person has at most ${FACETS_MAX} of '${name}'.`;
  throw new Refusal('badRequest', message, { target: name });
}
