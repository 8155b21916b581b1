import { decoratedProfileRules } from './decorated-profile/rules.ts';
import { photoRules } from './photo-rules.ts';
import { profileRules } from './profile-rules.ts';
import type { TypeRules } from './type-rules.ts';

/** Types that are what their documents say. */
export const plainRules: TypeRules = {};

const rules: ReadonlyMap<string, TypeRules> = new Map([
  ['microsoft.graph.profilePhoto', photoRules],
  ['microsoft.graph.profile', profileRules],
  ['Microsoft.Fast.PI.ViewGenerator.V2.Profile.Models.profile', profileRules],
  ['microsoft.graph.DecoratedProfile', decoratedProfileRules],
]);

/** The rules of a type, by its qualified name; a type without any is what its document says. */
export function rulesOf(typeName: string): TypeRules {
  return rules.get(typeName) ?? plainRules;
}
