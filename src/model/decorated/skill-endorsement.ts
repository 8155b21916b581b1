import { complexType, entityType, many, one, type TypeDeclaration, toMany } from '../schema.ts';

/** A skill and the members who vouch for it, and how the store keeps them. */
export const skillEndorsement: readonly TypeDeclaration[] = [
  entityType('SkillEndorsement', {
    base: 'entity',
    derived: true,
    properties: {
      endorsementCount: one('Edm.Int32', { computed: true }),
      skillName: one('Edm.String', { nullable: false }),
    },
    navigation: {
      endorsers: toMany('DecoratedProfile', { contains: true, derived: true }),
    },
  }),
  complexType('endorsement', {
    namespace: 'kith',
    roots: [],
    properties: {
      skillName: one('Edm.String', { nullable: false }),
      endorsers: many('Edm.String', { description: 'The ids of the people, the first one first.' }),
    },
  }),
];
