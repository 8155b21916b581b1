import { contentOf, facetOfValue } from '#engine/decorated-profile/facet-values.ts';
import { profileHomes } from '#model/decorated/profile-homes.ts';
import type { Value } from '#plan/document.ts';
import { makeId } from './make-id.ts';
import type { SeedLine } from './read-seed.ts';

const PARENT = /^(users\('[^']+'\))\/decoratedProfile$/;

/**
 * The line of a decorated profile, and lines of the facets that tell what it says. Any other line
 * stays as it is.
 */
export function unfoldProfile(line: SeedLine): readonly SeedLine[] {
  const { '@parent': parent, ...members } = (line.value ?? {}) as Record<string, unknown>;
  const [, person] = (typeof parent === 'string' && PARENT.exec(parent)) || [];
  if (person === undefined) return [line];
  const facets = profileHomes.flatMap((home) => {
    const values = [members[home.member] ?? []].flat() as Value[];
    return values.flatMap((value) => {
      const content = contentOf(home, value);
      if (content === undefined) return [];
      const id = makeId(`${person} ${home.member} ${content}`);
      const facet = { ...facetOfValue(home, value), id, allowedAudiences: 'organization' };
      return { ...line, value: { '@parent': `${person}/profile/${home.facet}`, ...facet } };
    });
  });
  return [line, ...facets];
}
