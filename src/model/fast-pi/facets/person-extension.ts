import { entityType, one, type TypeDeclaration } from '../../schema.ts';
import { fastPi } from '../dialect.ts';

/** Data of applications, in members of their own choice. */
export const personExtension: readonly TypeDeclaration[] = [
  entityType('personExtension', { ...fastPi, base: 'extension', open: true }),
  entityType('extension', {
    ...fastPi,
    key: ['id'],
    properties: {
      id: one('Edm.String', { nullable: false }),
    },
  }),
];
