import { entityType, one, type TypeDeclaration } from '../../schema.ts';
import { fastPi } from '../dialect.ts';

/** A book, an article or another publication. */
export const itemPublication: readonly TypeDeclaration[] = [
  entityType('itemPublication', {
    ...fastPi,
    base: 'itemFacet',
    properties: {
      description: one('Edm.String'),
      displayName: one('Edm.String', { nullable: false }),
      publishedDate: one('Edm.Date'),
      publisher: one('Edm.String'),
      thumbnailUrl: one('Edm.String'),
      webUrl: one('Edm.String'),
    },
  }),
];
