import type { Model } from '#model/model.ts';
import { facetHomes } from '#model/profile/facet-homes.ts';
import type { Caller } from '#plan/caller.ts';
import type { Document } from '#plan/document.ts';
import type { FacetViewer } from '#plan/query.ts';
import type { Reader } from '#plan/store.ts';
import { viewOf } from '../access/view.ts';
import { isPublic, reachOf } from './audiences.ts';
import { type PeopleSettings, readPeopleSettings } from './people-settings.ts';

/** The caller as somebody who searches for people by their facets. */
export async function facetViewer(
  model: Pick<Model, 'isForeign' | 'types' | 'resources'>,
  caller: Caller,
  reader: Reader,
): Promise<FacetViewer> {
  const { type } = model.resources.get('users')!;
  const homes = facetHomes.flatMap(({ members }) => members.map(({ property }) => property));
  const properties = [...new Set(homes.map((each) => each.split('/', 1)[0]!))];
  const hiddenTo = (isOwn: boolean) => {
    const view = viewOf(model, caller, type, isOwn);
    return properties.filter((name) => !view.shows(name));
  };
  const isUnrestricted = caller.isUnrestricted || caller.isServer === true;
  const found =
    caller.user === undefined || isUnrestricted
      ? undefined
      : await reader.find('users', 'id', caller.user, 'doc');
  return {
    owner: found?.owner,
    addresses: found ? addressesOf(JSON.parse(found.text) as Document) : [],
    isUnrestricted,
    hidden: hiddenTo(false),
    hiddenOwn: hiddenTo(true),
    confined: confinedBy(await readPeopleSettings(reader)),
    family: 'family',
    members: 'members',
  };
}

/** The facets that administrators keep from everybody else in the organization. */
function confinedBy({ facets }: PeopleSettings): FacetViewer['confined'] {
  const started = [...facets].flatMap(([name, { audience }]) => {
    return audience !== undefined && !isPublic(reachOf(audience)) ? [name] : [];
  });
  return { started, kept: started.filter((name) => !facets.get(name)?.isOverridable) };
}

function addressesOf({ mail, userPrincipalName, otherMails }: Document): readonly string[] {
  const all = [mail, userPrincipalName, ...(Array.isArray(otherMails) ? otherMails : [])];
  return all.filter((each): each is string => typeof each === 'string' && each !== '');
}
