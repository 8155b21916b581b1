import { formatMoment } from './calendar.ts';
import { makeGuid } from './guid.ts';
import type { Person } from './person.ts';
import type { Purpose } from './random.ts';

/** Whom a facet reaches, as `allowedAudiences` is written. */
export type Audience =
  | 'me'
  | 'family'
  | 'contacts'
  | 'family,contacts'
  | 'groupMembers'
  | 'organization'
  | 'federatedOrganizations'
  | 'everyone';

/** Where a facet stands, and what its id is made of. */
export interface FacetPlace {
  readonly collection: string;
  readonly purpose: Purpose;
  /** Which of its kind it is, from 1. */
  readonly number?: number;
  readonly audience?: Audience;
}

/** What every facet has; it comes into being together with the account. */
export function describeFacet(seed: number, person: Person, place: FacetPlace): object {
  const { collection, purpose, number = 1, audience = 'organization' } = place;
  const created = formatMoment(person.accountDay, 9 * 3_600);
  return {
    '@parent': `users('${person.id}')/profile/${collection}`,
    id: makeGuid(seed, purpose, person.index, number),
    allowedAudiences: audience,
    createdDateTime: created,
    lastModifiedDateTime: created,
    isSearchable: true,
    source: { type: ['User'] },
  };
}
