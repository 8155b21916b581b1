import { beta } from '../../beta.ts';
import { entityType, one, type TypeDeclaration } from '../../schema.ts';

/** A book, an article or another publication. */
export const itemPublication: readonly TypeDeclaration[] = [
  entityType('itemPublication', {
    ...beta,
    base: 'itemFacet',
    properties: {
      description: one('Edm.String'),
      displayName: one('Edm.String'),
      publishedDate: one('Edm.Date'),
      publisher: one('Edm.String'),
      thumbnailUrl: one('Edm.String'),
      webUrl: one('Edm.String'),
    },
  }),
];
