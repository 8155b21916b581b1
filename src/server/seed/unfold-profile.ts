import { contentOf, facetOfValue } from '#engine/decorated-profile/facet-values.ts';
import { profileHomes } from '#model/decorated/profile-homes.ts';
import type { Value } from '#plan/document.ts';
import { makeId } from './make-id.ts';
import type { SeedLine } from './read-seed.ts';

const PARENT = /^(users\('([^']+)'\))\/decoratedProfile$/;

/**
 * The line of a decorated profile, and lines of the facets that tell what it says. Any other line
 * stays as it is.
 */
export function unfoldProfile(line: SeedLine): readonly SeedLine[] {
  const { '@parent': written } = (line.value ?? {}) as Record<string, unknown>;
  const [, person, id] = (typeof written === 'string' && PARENT.exec(written)) || [];
  if (person === undefined || id === undefined) return [line];
  const { '@parent': _parent, ...members } = line.value as Record<string, unknown>;
  const facets = profileHomes.flatMap((home) => {
    const values = [members[home.member] ?? []].flat() as Value[];
    return values.flatMap((value) => {
      const content = contentOf(home, value);
      if (content === undefined) return [];
      const facetId = makeId(`${person} ${home.member} ${content}`);
      const facet = { ...facetOfValue(home, value), id: facetId };
      const parent = `${person}/profile/${home.facet}`;
      return { ...line, value: { '@parent': parent, ...facet, allowedAudiences: 'organization' } };
    });
  });
  const displayName = [members.firstName, members.lastName].filter(Boolean).join(' ');
  return [line, { ...line, value: { '@set': 'memberNames', id, displayName } }, ...facets];
}
