import { entityType, one, type TypeDeclaration, toOne } from '../schema.ts';

/** One accepted connection of the caller, with the other member's profile. */
export const decoratedProfileConnection: readonly TypeDeclaration[] = [
  entityType('DecoratedProfileConnection', {
    base: 'entity',
    derived: true,
    properties: {
      relevanceScore: one('Edm.Double', {
        nullable: false,
        computed: true,
        description: 'How strong it is: 0 to 1.',
      }),
    },
    navigation: {
      profile: toOne('DecoratedProfile', { contains: true, nullable: false, derived: true }),
    },
  }),
];
