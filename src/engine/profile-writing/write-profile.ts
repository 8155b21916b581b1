import type { EntityType } from '#model/model.ts';
import { facetNames } from '#model/profile/facet-members.ts';
import type { RemovePlan, UpdatePlan } from '#plan/request.ts';
import type { Writer } from '#plan/store.ts';
import { checkOwned } from '../access/check-access.ts';
import { profileVersion } from '../profile/profile-version.ts';
import { readEntity } from '../reading/read.ts';
import { checkConditions } from '../writing/check-conditions.ts';
import type { Written } from '../writing/create.ts';
import { checkProfileId } from './check-profile-id.ts';
import type { FacetDrafts } from './facet-drafts.ts';
import { editsOf, type FacetEdit } from './facet-edits.ts';
import { type OpenPerson, openPerson, type ProfileRequest } from './open-person.ts';
import { type FacetWriting, openFacets, writeFacets } from './write-facets.ts';

/**
 * Changes the facets that the body of a profile names, all or none of them, and gives the profile
 * as it is read.
 */
export async function updateProfile(plan: UpdatePlan, request: ProfileRequest): Promise<Written> {
  const { parts, caller } = request;
  const edits = editsOf(plan.change);
  await parts.store.transact(caller.tenant, async (tx) => {
    const person = await openPerson(tx, request);
    checkConditions(plan, await profileVersion(tx, person.user), true);
    const id = plan.change.members.get('id');
    if (id?.kind === 'value') checkProfileId(id.value, person.user.id);
    if (edits.length === 0) return;
    for (const edit of edits) checkEdit(person, edit);
    const names = [...new Set(edits.map(({ navigation }) => navigation.name))];
    const { drafts } = await openFacets(tx, person, names);
    for (const edit of edits) drafts.edit(edit);
    await writeFacets(tx, person, drafts);
  });
  return { answer: await readEntity(plan, caller, parts), isNew: false };
}

/** Takes away what a person has written of their profile; what comes from the directory stays. */
export async function removeProfile(
  plan: RemovePlan,
  type: EntityType,
  request: ProfileRequest,
): Promise<void> {
  const { parts, caller } = request;
  await parts.store.transact(caller.tenant, async (tx) => {
    const person = await openPerson(tx, request);
    checkConditions(plan, await profileVersion(tx, person.user), true);
    const { drafts } = await openFacets(tx, person, facetNames);
    drafts.clear(type.navigation.values());
    await writeFacets(tx, person, drafts);
    await removeWaiting(tx, person, drafts);
  });
}

/** Takes away what was added to facets of the user that are not there, or not seen, now. */
async function removeWaiting(tx: Writer, { user }: OpenPerson, drafts: FacetDrafts): Promise<void> {
  const { owner } = user;
  const touched = drafts
    .touched()
    .map(({ navigation, key }) => `profile/${navigation.name}/${key}`);
  const gone = new Set(touched);
  const paths = new Set(facetNames.map((name) => `profile/${name}`));
  for (const { path, key, version } of await tx.listBelow('users', owner, 'profile')) {
    if (!paths.has(path) || gone.has(`${path}/${key}`)) continue;
    tx.remove({ set: 'users', owner, path, key }, { version });
  }
}

const methods = { create: 'POST', merge: 'PATCH', remove: 'DELETE' } as const;

/** Refuses what the caller may not do with a facet where it stands alone. */
function checkEdit({ model, caller, user }: FacetWriting, { kind, navigation }: FacetEdit): void {
  const path = `/users/{id}/profile/${navigation.name}${kind === 'create' ? '' : '/{id}'}`;
  checkOwned({ model, caller }, `${methods[kind]} ${path}`, user.id);
}
