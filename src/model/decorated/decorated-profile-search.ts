import { complexType, entityType, one, type TypeDeclaration, toMany } from '../schema.ts';

/** A search for members and the profiles that answer it. */
export const decoratedProfileSearch: readonly TypeDeclaration[] = [
  entityType('DecoratedProfileSearchResult', {
    base: 'entity',
    derived: true,
    properties: {
      query: one('DecoratedProfileSearchQuery', { nullable: false, computed: true }),
      exactMatch: one('Edm.Boolean', {
        nullable: false,
        computed: true,
        description: 'True where exactly one profile answers the query without doubt.',
      }),
    },
    navigation: {
      profiles: toMany('DecoratedProfile', { contains: true, derived: true }),
    },
  }),
  complexType('DecoratedProfileSearchQuery', {
    properties: {
      email: one('Edm.String'),
      firstName: one('Edm.String'),
      lastName: one('Edm.String'),
      keywords: one('Edm.String', { description: 'A full name that the caller cannot split.' }),
    },
  }),
];
