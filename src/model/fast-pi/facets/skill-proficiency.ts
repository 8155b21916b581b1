import { entityType, enumType, many, one, type TypeDeclaration } from '../../schema.ts';
import { fastPi } from '../dialect.ts';

/** A skill, and how well it is mastered. */
export const skillProficiency: readonly TypeDeclaration[] = [
  entityType('skillProficiency', {
    ...fastPi,
    base: 'itemFacet',
    properties: {
      categories: many('Edm.String'),
      displayName: one('Edm.String', { nullable: false }),
      proficiency: one('skillProficiencyLevel'),
      webUrl: one('Edm.String'),
      collaborationTags: many('Edm.String'),
      thumbnailUrl: one('Edm.String'),
    },
  }),
  enumType(
    'skillProficiencyLevel',
    [
      'elementary',
      'limitedWorking',
      'generalProfessional',
      'advancedProfessional',
      'expert',
      'unknownFutureValue',
    ],
    fastPi,
  ),
];
