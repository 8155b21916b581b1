import { entityType, one, type TypeDeclaration } from '../schema.ts';

/** What everything with an id has in common. */
export const entity: readonly TypeDeclaration[] = [
  entityType('entity', {
    abstract: true,
    key: ['id'],
    properties: {
      id: one('Edm.String', { nullable: false }),
    },
  }),
];
