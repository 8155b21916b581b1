import type { Model, Navigation, Resource } from '#model/model.ts';
import type { Caller } from '#plan/caller.ts';
import type { Document } from '#plan/document.ts';
import type { SearchExpression } from '#plan/expression.ts';
import type { FoundEntity, Reader } from '#plan/store.ts';
import { notFound, notServed } from '../place.ts';
import type { Derivation, Owner } from './derivation.ts';
import { deriveJoinedTeams } from './joined-teams.ts';
import { deriveLicenseDetails, deriveSubscribedSkus } from './licences.ts';
import { deriveOrganization } from './organization.ts';
import { derivePeople } from './people.ts';

const derivations: ReadonlyMap<string, Derivation> = new Map([
  ['organization', deriveOrganization],
  ['subscribedSkus', deriveSubscribedSkus],
  ['users/people', derivePeople],
  ['users/joinedTeams', deriveJoinedTeams],
  // There are no devices here.
  ['users/ownedDevices', async () => []],
  ['users/registeredDevices', async () => []],
  ['users/licenseDetails', deriveLicenseDetails],
]);

/** Which collection is worked out, and for whom. */
export interface Derived {
  readonly model: Pick<Model, 'resources'>;
  readonly caller: Caller;
  readonly reader: Reader;
  /** The set, or the set of the owner with the navigation. */
  readonly of:
    | { readonly resource: Resource }
    | { readonly navigation: Navigation; readonly set: string; readonly owner: Owner };
  readonly search?: SearchExpression | undefined;
}

/** The entities of a collection that the server works out; refuses with 501 what it cannot. */
export async function derive(asked: Derived): Promise<readonly Document[]> {
  const { model, caller, reader, of, search } = asked;
  const isSet = 'resource' in of;
  const name = isSet ? of.resource.name : `${of.set}/${of.navigation.name}`;
  const derivation = derivations.get(name);
  if (!derivation) throw notServed();
  const type = isSet ? of.resource.type : of.navigation.target;
  const owner = isSet ? undefined : of.owner;
  const found = await derivation({ model, caller, reader, type, owner, search });
  return found.map((each) => ({ '@odata.type': `#${type.name}`, ...each }));
}

/** One of these entities by its id; refuses with 404 where it is not among them. */
export async function deriveOne(asked: Derived, id: string): Promise<FoundEntity> {
  const found = (await derive(asked)).find((each) => each.id === id);
  if (!found) throw notFound(id);
  return { owner: 0, id, version: 1, text: JSON.stringify(found) };
}
