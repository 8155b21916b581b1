import { foldText } from '#plan/compare.ts';
import type { Document } from '#plan/document.ts';
import type { Reader } from '#plan/store.ts';
import type { Member } from './viewer-relation.ts';

/** A skill with the ids of those who vouch for it. */
export interface Endorsement {
  readonly skillName: string;
  readonly endorsers: readonly string[];
}

/** As many as `endorsedSkills` shows, by its description. */
const ENDORSED_MAX = 3;

/**
 * The endorsed skills of a member as the document keeps them, as far as the viewer sees that the
 * member has them; the one with the most endorsements first.
 */
export function readEndorsements(profile: Document, skills: readonly string[]): Endorsement[] {
  const known = new Set(skills.map(foldText));
  const kept = (profile.endorsements ?? []) as Document[];
  const endorsed = kept.flatMap(({ skillName, endorsers }): Endorsement[] => {
    const name = String(skillName);
    const ids = Array.isArray(endorsers) ? [...new Set(endorsers.map(String))] : [];
    return ids.length > 0 && known.has(foldText(name)) ? [{ skillName: name, endorsers: ids }] : [];
  });
  return endorsed.sort((one, other) => other.endorsers.length - one.endorsers.length);
}

/** The most endorsed ones as `SkillEndorsement`s, each with the ids of its endorsers beside. */
export function showEndorsements(endorsements: readonly Endorsement[]): Document[] {
  return endorsements.slice(0, ENDORSED_MAX).map(({ skillName, endorsers }) => ({
    // What a skill is called may hold what no path takes well.
    id: Buffer.from(foldText(skillName)).toString('base64url'),
    endorsementCount: endorsers.length,
    skillName,
    endorsers: [...endorsers],
  }));
}

/** The people who vouch for a skill, as far as they are still there. */
export async function findEndorsers(reader: Reader, skill: Document): Promise<Member[]> {
  const ids = (skill.endorsers ?? []) as string[];
  const found = await Promise.all(ids.map((id) => reader.find('users', 'id', id, 'nothing')));
  return found.flatMap((each) => (each ? [{ owner: each.owner, id: each.id }] : []));
}
