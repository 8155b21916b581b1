import { beta } from '../../beta.ts';
import { entityType, enumType, many, one, type TypeDeclaration } from '../../schema.ts';

/** A skill, and how well it is mastered. */
export const skillProficiency: readonly TypeDeclaration[] = [
  entityType('skillProficiency', {
    ...beta,
    base: 'itemFacet',
    properties: {
      categories: many('Edm.String'),
      displayName: one('Edm.String'),
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
    beta,
  ),
];
