import { entityType, one, type TypeDeclaration } from '../schema.ts';

/** What users and groups have in common. */
export const directoryObject: readonly TypeDeclaration[] = [
  entityType('directoryObject', {
    base: 'entity',
    isUntyped: true,
    properties: {
      deletedDateTime: one('Edm.DateTimeOffset'),
    },
  }),
];
