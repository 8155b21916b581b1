import { entityType, one, type TypeDeclaration, toMany } from '../schema.ts';

/** A skill and the members who vouch for it. */
export const skillEndorsement: readonly TypeDeclaration[] = [
  entityType('SkillEndorsement', {
    base: 'entity',
    properties: {
      endorsementCount: one('Edm.Int32'),
      skillName: one('Edm.String', { nullable: false }),
    },
    navigation: {
      endorsers: toMany('DecoratedProfile', { contains: true }),
    },
  }),
];
