import type { Document } from '#plan/document.ts';
import { type FacetsAsked, readFacets } from '../profile/person-facets.ts';
import { readEndorsements, showEndorsements } from './endorsements.ts';
import { readMapped } from './mapped-members.ts';

/** The most endorsed skills of a person, as the viewer sees them. */
export async function listEndorsedSkills(asked: FacetsAsked): Promise<Document[]> {
  const address = { set: 'users', owner: asked.owner, path: 'decoratedProfile', key: '' };
  const record = await asked.reader.read(address);
  if (!record) return [];
  const profile = JSON.parse(record.text) as Document;
  const { skills } = readMapped(profile, await readFacets({ ...asked, facets: ['skills'] }));
  return showEndorsements(readEndorsements(profile, skills as string[]));
}
