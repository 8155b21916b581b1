import { entityType, enumType, one, type TypeDeclaration } from '../../schema.ts';
import { fastPi } from '../dialect.ts';

/** A language, and how well it is spoken, written and read. */
export const languageProficiency: readonly TypeDeclaration[] = [
  entityType('languageProficiency', {
    ...fastPi,
    base: 'itemFacet',
    properties: {
      displayName: one('Edm.String', { nullable: false }),
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
    fastPi,
  ),
];
