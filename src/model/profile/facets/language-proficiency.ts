import { beta } from '../../beta.ts';
import { entityType, enumType, one, type TypeDeclaration } from '../../schema.ts';

/** A language, and how well it is spoken, written and read. */
export const languageProficiency: readonly TypeDeclaration[] = [
  entityType('languageProficiency', {
    ...beta,
    base: 'itemFacet',
    properties: {
      displayName: one('Edm.String'),
      tag: one('Edm.String'),
      proficiency: one('languageProficiencyLevel'),
      spoken: one('languageProficiencyLevel'),
      written: one('languageProficiencyLevel'),
      reading: one('languageProficiencyLevel'),
      thumbnailUrl: one('Edm.String'),
    },
  }),
  enumType(
    'languageProficiencyLevel',
    [
      'elementary',
      'conversational',
      'limitedWorking',
      'professionalWorking',
      'fullProfessional',
      'nativeOrBilingual',
      'unknownFutureValue',
    ],
    beta,
  ),
];
