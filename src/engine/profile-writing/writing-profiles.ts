import type { Model } from '#model/model.ts';
import type { Caller } from '#plan/caller.ts';
import type { CreatePlan, RemovePlan, UpdatePlan } from '#plan/request.ts';
import type { Target } from '#plan/target.ts';
import { checkAccess } from '../access/check-access.ts';
import { notFound, notServed } from '../place.ts';
import { readerFor } from '../profile/facet-reader.ts';
import { EXTENSIONS } from '../profile/profile-extensions.ts';
import { PROFILE } from '../reading/inline-facets.ts';
import { locate } from '../reading/locate.ts';
import { updateEntity } from '../update.ts';
import { createEntity, type WriteParts, type Written } from '../writing/create.ts';
import { removeEntity } from '../writing/remove.ts';
import type { ProfileRequest } from './open-person.ts';
import { type ProfilePlace, profilePlace } from './profile-place.ts';
import { createFacet, removeFacet, updateFacet } from './write-one.ts';
import { removeProfile, updateProfile } from './write-profile.ts';

/** As `createEntity`; a facet is made by the rules for profiles. */
export function createWithProfiles(
  plan: CreatePlan,
  caller: Caller,
  parts: WriteParts,
): Promise<Written> {
  const place = profilePlace(plan.target);
  if (!place) return createEntity(plan, caller, parts);
  if (!place.facet || place.key !== undefined) throw notServed();
  return createFacet(plan, place.facet, requestOf('POST', plan, place, { caller, parts }));
}

/** As `updateEntity`; a profile and its facets are changed by rules of their own. */
export async function updateWithProfiles(
  plan: UpdatePlan,
  caller: Caller,
  parts: WriteParts,
): Promise<Written> {
  const place = profilePlace(plan.target);
  if (!place) {
    await checkReached('PATCH', plan, caller, parts);
    return updateEntity(plan, caller, parts);
  }
  if (plan.isWhole) throw notServed();
  const request = requestOf('PATCH', plan, place, { caller, parts });
  const { facet: navigation, key } = place;
  if (!navigation) return updateProfile(plan, request);
  if (key === undefined) throw notServed();
  return updateFacet(plan, { navigation, key }, request);
}

/** As `removeEntity`; of a profile goes what the person has written. */
export async function removeWithProfiles(
  plan: RemovePlan,
  caller: Caller,
  parts: WriteParts,
): Promise<void> {
  const place = profilePlace(plan.target);
  if (!place) {
    await checkReached('DELETE', plan, caller, parts);
    return removeEntity(plan, caller, parts);
  }
  const request = requestOf('DELETE', plan, place, { caller, parts });
  const { facet: navigation, key } = place;
  if (!navigation) return removeProfile(plan, plan.target.type, request);
  if (key === undefined) throw notServed();
  return removeFacet(plan, { navigation, key }, request);
}

/** Refuses with 404 to change what applications keep in a profile where it does not reach the caller. */
async function checkReached(
  method: string,
  { model, target }: { readonly model: Model; readonly target: Target },
  caller: Caller,
  { store }: WriteParts,
): Promise<void> {
  const at = target.steps.findIndex(({ kind, ...step }) => {
    return kind === 'navigation' && 'navigation' in step && step.navigation.name === EXTENSIONS;
  });
  const owner = at > 0 ? target.steps[at - 1] : undefined;
  if (owner?.kind !== 'navigation' || owner.navigation.target.name !== PROFILE) return;
  const access = checkAccess(caller, method, target, model);
  const reader = readerFor(store, model, caller);
  const place = await locate({ target, caller, access, reader, wanted: 'nothing' });
  if (!(await reader.read(place.address))) throw notFound(place.address.key);
}

function requestOf(
  method: string,
  { model, target }: { readonly model: Model; readonly target: Target },
  { person }: ProfilePlace,
  { caller, parts }: Pick<ProfileRequest, 'caller' | 'parts'>,
): ProfileRequest {
  return { model, caller, parts, person, access: checkAccess(caller, method, target, model) };
}
